from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from places.geo import Bounds, LatLng
from storymap.maps.ground.extract_file import SCALES, Extract, decode, encode
from storymap.maps.ground.features import Area, Ground, Line, Name
from storymap.story.extract_head import Credit, head_of

BOUNDS = Bounds(-77.06, -12.10, -77.04, -12.08)
CREDIT = Credit("© Surveyors <b>", "CC-BY-4.0", "https://example.org/", "2013~", simplified=True)
STEP = 360 / SCALES[-1]  # degrees of longitude


def line(*points: tuple[float, float], kind: str = "local", name: str = "") -> Line:
    return Line(kind, np.array(points), name)


def area(*points: tuple[float, float], kind: str = "park", name: str = "") -> Area:
    return Area(kind, (np.array(points),), name)


PARK = area((-77.055, -12.095), (-77.052, -12.095), (-77.052, -12.092), (-77.055, -12.092), name="Bosque")
STREET = line((-77.07, -12.09), (-77.03, -12.09), name="Javier Prado", kind="main")
GROUND = Ground((PARK,), (STREET,), (Name("San Isidro", "district", LatLng(-12.09, -77.05), 3),))


def packed(ground: Ground = GROUND) -> bytes:
    return encode(ground, BOUNDS, 12, CREDIT)


def unpacked(*lines: Line) -> Extract:
    return decode(packed(Ground(lines=lines)))


def test_a_file_comes_back_as_the_ground_that_it_was_made_of() -> None:
    extract = decode(packed())
    (park,), (street,), (name,) = extract.ground.areas, extract.ground.lines, extract.ground.names
    assert (extract.bounds, extract.min_zoom, extract.credit) == (BOUNDS, 12, CREDIT)
    assert (park.kind, park.name, street.kind, street.name) == ("park", "Bosque", "main", "Javier Prado")
    corners = {tuple(point) for point in np.round(park.rings[0], 3).tolist()}
    assert corners == {(-77.055, -12.095), (-77.052, -12.095), (-77.052, -12.092), (-77.055, -12.092)}
    assert (name.text, name.kind, name.rank) == ("San Isidro", "district", 3)
    assert name.at.lng == pytest.approx(-77.05, abs=STEP) and name.at.lat == pytest.approx(-12.09, abs=STEP)


def test_the_head_tells_where_and_whose_it_is() -> None:
    told = head_of(packed())
    assert (told.bounds, told.min_zoom, told.credit) == (BOUNDS, 12, CREDIT)


def test_equal_ground_has_equal_bytes_in_whatever_order_it_comes() -> None:
    streets = [line((-77.05, -12.09), (-77.05, y), name=f"Street {y}") for y in (-12.085, -12.088, -12.095)]
    one, other = (Ground((PARK,), tuple(order)) for order in (streets, streets[::-1]))
    assert packed(one) == packed(other)


def test_a_file_is_cut_at_its_bounds() -> None:
    (street,) = unpacked(STREET).ground.lines
    assert street.points[:, 0].min() == pytest.approx(BOUNDS.west, abs=STEP)
    assert street.points[:, 0].max() == pytest.approx(BOUNDS.east, abs=STEP)


def test_what_is_said_of_places_beyond_the_bounds_is_left_out() -> None:
    beyond = Name("Callao", "city", LatLng(-12.05, -77.12))
    assert decode(packed(Ground((PARK,), (), (beyond,)))).ground.names == ()


def test_pieces_of_a_street_are_one_line_and_crossings_do_not_part_it() -> None:
    pieces = [line((x, -12.09), (x + 0.002, -12.09), name="Burgos") for x in (-77.054, -77.050, -77.052)]
    side = line((-77.052, -12.09), (-77.052, -12.085), name="Burgos")
    long, short = sorted(unpacked(*pieces, side).ground.lines, key=lambda one: -np.ptp(one.points[:, 0]))
    assert np.ptp(long.points[:, 0]) == pytest.approx(0.006, abs=2 * STEP)
    assert np.ptp(short.points[:, 1]) == pytest.approx(0.005, abs=2 * STEP)


def test_streets_of_different_names_or_weights_stay_apart() -> None:
    a = line((-77.054, -12.09), (-77.052, -12.09), name="Cádiz")
    b = line((-77.052, -12.09), (-77.050, -12.09), name="Roma")
    c = line((-77.050, -12.09), (-77.048, -12.09), name="Roma", kind="main")
    assert len(unpacked(a, b, c).ground.lines) == 3


def test_points_that_no_zoom_shows_are_left_out() -> None:
    wave = [(-77.055 + n * STEP, -12.09 + (n % 2) * STEP / 4) for n in range(500)]
    assert len(unpacked(line(*wave)).ground.lines[0].points) == 2


def test_an_area_too_small_to_be_seen_is_left_out() -> None:
    speck = area(*((-77.05 + x * STEP, -12.09 + y * STEP) for x, y in ((0, 0), (3, 0), (3, 3), (0, 3))))
    assert len(decode(packed(Ground((PARK, speck)))).ground.areas) == 1


def test_an_extract_lies_across_the_antimeridian() -> None:
    bounds = Bounds(179.99, -18.01, 180.01, -17.99)
    road = line((179.995, -18.0), (-179.995, -18.0))
    (drawn,) = decode(encode(Ground(lines=(road,)), bounds, 12, CREDIT)).ground.lines
    assert drawn.points[:, 0].tolist() == pytest.approx([179.995, 180.005], abs=STEP)


def test_a_file_for_a_whole_city_is_coarser() -> None:
    wave = Ground(lines=(line(*((-77.055 + n * STEP, -12.09 + (n % 2) * STEP * 4) for n in range(500))),))
    assert len(encode(wave, BOUNDS, 10, CREDIT, max_zoom=14)) < len(packed(wave)) / 4


def test_nothing_is_not_an_extract() -> None:
    with pytest.raises(ValueError, match="no street, water, park or building within the bounds"):
        packed(Ground(lines=(line((0, 0), (1, 1)),)))


def test_an_extract_is_not_as_wide_as_a_continent() -> None:
    with pytest.raises(ValueError, match="bounds: they are too wide"):
        encode(GROUND, Bounds(-90, -20, -60, 0), 12, CREDIT)


def changed(change: Callable[[Any], object]) -> bytes:
    file = json.loads(packed())
    change(file)
    return json.dumps(file).encode()


FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "another format": (lambda file: file.update(format="atlas/1"), r"\$\.format"),
    "no credit": (lambda file: file.pop("credit"), "credit"),
    "nobody's data": (lambda file: file["credit"].update(attribution=" "), "credit.attribution is empty"),
    "bounds upside down": (lambda file: file.update(bounds=[-77, -12, -76, -13]), "bounds: south"),
    "bounds without width": (lambda file: file.update(bounds=[-77, -12, -77, -11]), "bounds: they have no width"),
    "a zoom beyond": (lambda file: file.update(minZoom=30), "minZoom must be from 0 to 18, not 30"),
    "an odd scale": (lambda file: file.update(scale=1000), "scale must be a power of two"),
    "another corner": (lambda file: file.update(origin=[0, 0]), "origin must be"),
    "an unknown kind of line": (
        lambda file: file["lines"].update(tram=[[-1, [1, 1, 1, 1]]]),
        r"lines.tram\[0\]: a line",
    ),
    "an unknown kind of area": (lambda file: file["areas"].update(lava=[[-1, [1, 1, 9, 1, 1, 9]]]), r"areas.lava\[0\]"),
    "an area without a name's number": (lambda file: file["areas"].update(park=[[]]), r"areas.park\[0\]: it must be"),
    "an odd count": (lambda file: file["lines"].update(main=[[-1, [1, 1, 1]]]), r"lines.main\[0\]: x and y"),
    "a line of one point": (lambda file: file["lines"].update(main=[[-1, [1, 1]]]), r"lines.main\[0\]: .* at least 2"),
    "a name that is not there": (
        lambda file: file["lines"].update(main=[[9, [1, 1, 1, 1]]]),
        r"lines.main\[0\]: there is no name 9",
    ),
    "a point beyond": (
        lambda file: file["lines"].update(main=[[-1, [1, 1, 1, 4_000_000]]]),
        r"lines.main\[0\]: it leaves the bounds",
    ),
    "a step beyond numbers": (lambda file: file["lines"].update(main=[[-1, [1, 10**400]]]), r"lines|JSON"),
    "a place without a name": (
        lambda file: file.update(places=[[-1, "city", 1, 1, 0]]),
        r"places\[0\]: a name .* is empty",
    ),
    "a field nobody knows": (lambda file: file.update(colour="red"), "colour"),
}


@pytest.mark.parametrize(("change", "said"), FAULTS.values(), ids=FAULTS)
def test_a_damaged_file_is_refused_with_the_field_that_is_wrong(change: Callable[[Any], object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        decode(changed(change))


@given(st.binary(max_size=200))
def test_what_is_no_extract_is_refused(content: bytes) -> None:
    for read in (head_of, decode):
        with pytest.raises(ValueError, match="not a basemap extract"):
            read(content)


coordinates = st.tuples(st.floats(-77.065, -77.035), st.floats(-12.105, -12.075))


@given(st.lists(st.lists(coordinates, min_size=2, max_size=8), min_size=1, max_size=6))
def test_whatever_is_packed_can_be_read_and_lies_within_the_bounds(lines: list[list[tuple[float, float]]]) -> None:
    ground = Ground((PARK,), tuple(line(*points) for points in lines))
    for one in decode(packed(ground)).ground.lines:
        assert (one.points >= (BOUNDS.west - STEP, BOUNDS.south - STEP)).all()
        assert (one.points <= (BOUNDS.east + STEP, BOUNDS.north + STEP)).all()
