"""Geometries hold to RFC 7946 whatever an author draws and wherever a journey leads."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from storymap.maps.geometries import bbox, boxes, lines, point, polygons, shape

lngs = st.floats(-180, 180) | st.sampled_from([-180.0, 180.0, 179.99999999, 0.0])
lats = st.floats(-85, 85)
positions = st.tuples(lngs, lats)
lists = st.lists(positions, min_size=2, max_size=6)
rectangles = st.tuples(lngs, st.floats(-80, 70), st.floats(0.001, 170), st.floats(0.001, 9))


def ring(rectangle: tuple[float, float, float, float]) -> list[list[float]]:
    """Clockwise, and perhaps beyond 180: an author who draws across the antimeridian."""
    west, south, width, height = rectangle
    east, north = west + width, south + height
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def flat(coordinates: Any) -> list[list[float]]:
    return [coordinates] if isinstance(coordinates[0], float) else [at for part in coordinates for at in flat(part)]


def signed_area(closed: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(closed))


def is_tidy(at: list[float]) -> bool:
    """Two numbers, longitude first, on the globe, of at most seven decimals."""
    return len(at) == 2 and abs(at[0]) <= 180 and abs(at[1]) <= 90 and all(round(n, 7) == n for n in at)


@given(st.lists(lists, min_size=1, max_size=3))
def test_lines_stay_on_the_globe_and_are_cut_at_the_antimeridian(drawn: list[Any]) -> None:
    made = lines(drawn)
    parts = [made["coordinates"]] if made["type"] == "LineString" else made["coordinates"]
    for part in parts:
        assert len(part) >= 2 and all(is_tidy(at) for at in part)
        assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(part))


@given(st.lists(rectangles, min_size=1, max_size=3))
def test_areas_are_closed_turned_and_cut(drawn: list[Any]) -> None:
    made = polygons([[ring(rectangle)] for rectangle in drawn])
    parts = [made["coordinates"]] if made["type"] == "Polygon" else made["coordinates"]
    for (outer,) in parts:
        assert outer[0] == outer[-1] and all(is_tidy(at) for at in outer)
        assert signed_area(outer) >= 0  # anticlockwise; rounding may leave nothing of a sliver
        assert max(at[0] for at in outer) - min(at[0] for at in outer) <= 180


@given(st.lists(lists.map(lambda drawn: lines([drawn])) | rectangles.map(lambda r: polygons([[ring(r)]])), max_size=4))
def test_a_bbox_holds_all_and_is_the_smallest(shapes: list[dict[str, Any]]) -> None:
    """RFC 7946, section 5: every position lies in it, and nothing wider than needed goes round the globe."""
    parts = [box for made in shapes for box in boxes(made)]
    extent = bbox(parts)
    if extent is None:
        assert parts == []
        return
    west, south, east, north = extent
    assert -180 <= west <= 180 and -180 <= east <= 180
    width = (east - west) % 360 if west != east or len({box[0] for box in parts}) == 1 else 360
    for made in shapes:
        for lng, lat in flat(made["coordinates"]) if made["coordinates"] else []:
            assert south <= lat <= north
            assert west <= east and west <= lng <= east or west > east and (lng >= west or lng <= east) or width == 360
    assert (east - west if west <= east else 360 + east - west) <= max(b[2] for b in parts) - min(b[0] for b in parts)


@pytest.mark.parametrize(
    ("made", "extent"),
    [
        (point((-77.04944, -12.09139)), [-77.04944, -12.09139, -77.04944, -12.09139]),
        (lines([[(170, 0), (190, 10)]]), [170.0, 0.0, -170.0, 10.0]),
        (lines([[(-170, 0), (-190, 10)]]), [170.0, 0.0, -170.0, 10.0]),
        (polygons([[ring((-100, 0, 150, 9))], [ring((40, 0, 60, 9))]]), [-100.0, 0.0, 100.0, 9.0]),  # not the short way
        (shape("MultiPoint", [[179, 1], [-179, 2]]), [179.0, 1.0, -179.0, 2.0]),
        (shape("MultiPoint", [[-77.123456789, -12, 154.2]]), [-77.1234568, -12.0, -77.1234568, -12.0]),
    ],
)
def test_extents(made: dict[str, Any], extent: list[float]) -> None:
    assert bbox(boxes(made)) == extent


def test_nothing_has_no_extent() -> None:
    assert bbox(boxes(None)) is None


@given(lists)
def test_a_line_is_held_step_by_step(drawn: list[Any]) -> None:
    """A journey is found where it passes, not everywhere between its ends."""
    made = lines([drawn])
    parts = [made["coordinates"]] if made["type"] == "LineString" else made["coordinates"]
    steps = [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for p in parts for a, b in pairwise(p)
    ]
    assert list(boxes(made)) == steps


def test_numbers_are_written_as_json_knows_them() -> None:
    assert json.dumps(point((-0.0, 1e-9))["coordinates"]) == "[0.0, 0.0]"
