"""Distances, arcs, extents and cameras."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from places.geo import Bounds, Camera, LatLng, arc, bounds_of, distance, is_length_known, unwrapped

LIMA, TOKYO, TORONTO = LatLng(-12.0464, -77.0428), LatLng(35.6762, 139.6503), LatLng(43.6532, -79.3832)
KNOWN = json.loads((Path(__file__).parents[1] / "files" / "known_lengths.json").read_text("utf-8"))
positions = st.builds(
    LatLng, st.floats(-90, 90, allow_nan=False), st.floats(-180, 180, allow_nan=False).map(lambda x: round(x, 6))
)


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        # Flinders Peak to Buninyong: the example of Geoscience Australia's GDA manual
        (LatLng(-37.95103341666667, 144.42486788888888), LatLng(-37.65282113888889, 143.92649552777777), 54_972.271),
        (LatLng(0, 0), LatLng(0, 1), 111_319.491),  # one degree of the equator: 2 pi a / 360
        (LatLng(0, 0), LatLng(90, 0), 10_001_965.729),  # the meridian's quadrant
        (LatLng(0, 179.5), LatLng(0, -179.5), 111_319.491),  # over the antimeridian
        (LIMA, LIMA, 0),
    ],
)
def test_distances_are_those_of_known_geodesics(a: LatLng, b: LatLng, metres: float) -> None:
    assert distance(a, b) == pytest.approx(metres, abs=0.01)


def test_distance_is_measured_on_the_ellipsoid_and_not_on_a_sphere() -> None:
    assert distance(LatLng(0, 0), LatLng(1, 0)) == pytest.approx(110_574.39, abs=0.01)


@given(positions, positions)
def test_distance_is_the_same_both_ways_and_at_most_half_round_the_world(a: LatLng, b: LatLng) -> None:
    assert distance(a, b) == pytest.approx(distance(b, a), abs=1e-3)
    assert 0 <= distance(a, b) < 20_003_932


def test_an_arc_over_the_pacific_crosses_the_antimeridian_without_a_jump() -> None:
    line = arc(TOKYO, LIMA)
    assert max(abs(a.lng - b.lng) for a, b in zip(line, line[1:], strict=False)) < 20
    assert line[-1].lng == pytest.approx(LIMA.lng + 360)


@given(positions, positions)
def test_an_arc_joins_its_ends_and_never_jumps_more_than_half_round(a: LatLng, b: LatLng) -> None:
    line = arc(a, b)
    assert distance(line[0], a) < 0.01
    assert distance(line[-1], b) < 0.01
    assert all(abs(p.lng - q.lng) <= 180 + 1e-9 for p, q in zip(line, line[1:], strict=False))


def test_an_arc_is_the_great_circle_and_not_a_straight_line_on_the_map() -> None:
    line = arc(LatLng(45, 0), LatLng(45, 90))
    middle = line[len(line) // 2]
    assert middle.lng == pytest.approx(45)
    assert middle.lat == pytest.approx(math.degrees(math.atan(math.sqrt(2))))


def test_an_arc_has_as_many_pieces_as_asked_for() -> None:
    assert len(arc(LIMA, TORONTO, points=7)) == 8


@given(st.floats(-180, 180), st.floats(-360, 360))
def test_an_unwrapped_longitude_names_the_same_meridian_within_half_a_turn(lng: float, near: float) -> None:
    found = unwrapped(lng, near)
    assert abs(found - near) <= 180 + 1e-9
    assert math.cos(math.radians(found - lng)) == pytest.approx(1)


def test_bounds_go_the_short_way_round_the_antimeridian() -> None:
    bounds = bounds_of([LatLng(-18, 178), LatLng(-14, -171)])  # Fiji and Samoa
    assert bounds is not None
    assert (bounds.west, bounds.east) == (-182, -171)
    assert bounds.center == LatLng(-16, -176.5)


def test_bounds_of_one_point_have_no_extent_and_of_none_do_not_exist() -> None:
    assert bounds_of([LIMA]) == Bounds(LIMA.lng, LIMA.lat, LIMA.lng, LIMA.lat)
    assert bounds_of([]) is None


@given(st.lists(positions, min_size=1, max_size=12))
def test_bounds_hold_every_point_and_leave_out_the_widest_gap(points: list[LatLng]) -> None:
    bounds = bounds_of(points)
    assert bounds is not None
    assert all(bounds.south <= p.lat <= bounds.north for p in points)
    for point in points:
        nearest = unwrapped(point.lng, bounds.center.lng)
        assert bounds.west - 1e-9 <= nearest <= bounds.east + 1e-9
    assert bounds.east - bounds.west <= 360 * (1 - 1 / len({p.lng for p in points})) + 1e-9


@pytest.mark.parametrize(
    ("lat", "lng"), [(90.1, 0), (-91, 0), (0, 361), (0, -400), (math.nan, 0), (0, math.inf), (-math.inf, 0)]
)
def test_a_position_outside_the_world_is_refused(lat: float, lng: float) -> None:
    with pytest.raises(ValueError, match="must be a number from"):
        LatLng(lat, lng)


@pytest.mark.parametrize(
    ("edges", "says"),
    [
        ((-80, 10, -70, 0), "south .* must not be above north"),
        ((-70, 0, -80, 10), "west .* must not be right of east"),
        ((-70, -91, -60, 0), "south must be a number"),
        ((math.nan, 0, 0, 1), "west must be a number"),
    ],
)
def test_bounds_that_are_none_are_refused(edges: tuple[float, float, float, float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Bounds(*edges)


EXTENT = Bounds(-82, -19, -68, 0)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"center": LIMA},
        {"zoom": 3},
        {"center": LIMA, "zoom": 3, "bounds": EXTENT},
        {"center": LIMA, "bounds": EXTENT},
        {"zoom": 3, "bounds": EXTENT},
    ],
)
def test_a_camera_is_a_centre_with_a_zoom_or_an_extent_and_nothing_between(parts: dict) -> None:
    with pytest.raises(ValueError, match="either a center and a zoom, or bounds"):
        Camera(**parts)


@pytest.mark.parametrize("zoom", [-0.1, 22.5, math.nan, math.inf])
def test_a_zoom_no_map_has_is_refused(zoom: float) -> None:
    with pytest.raises(ValueError, match="zoom must be from 0 to 22"):
        Camera(center=LIMA, zoom=zoom)


def test_cameras_of_both_kinds_are_made() -> None:
    assert Camera(center=LIMA, zoom=0).zoom == 0
    assert Camera(bounds=EXTENT).bounds == EXTENT


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case["what"])
def test_a_length_is_known_as_the_browser_knows_it(case: dict) -> None:
    """The browser's own test reads the same cases."""
    assert is_length_known(case["metres"], *case["radii"]) is case["known"]
