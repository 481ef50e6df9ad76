"""The key to a chapter's map names what is drawn, and says how far it is a fact."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.maps.scene import pins_of
from storymap.pages.map_key import ShapeView, pin_views, shape_views
from tests.factories_documents import make_chapter, make_event, make_place, make_story


def feature(**properties: Any) -> dict[str, Any]:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    return {"type": "Feature", "geometry": square, "properties": properties}


def shapes(*features: dict[str, Any]) -> tuple[ShapeView, ...]:
    return shape_views(make_chapter(overlay={"type": "FeatureCollection", "features": list(features)}))


def test_places_are_named_by_number_with_how_much_happened_there() -> None:
    events = (make_event("a", "square"), make_event("b"), make_event("c", "square"))
    chapter = make_chapter("one", ("a", "b", "c"))
    story = make_story((chapter,), events, (make_place("square"), make_place()))
    views = pin_views(story, pins_of(story, chapter))
    assert [(view.number, view.name, view.events) for view in views] == [(1, "Square", 2), (2, "Residence", 1)]


def test_a_shape_is_schematic_unless_it_names_its_source() -> None:
    exact = feature(name="Cordon", source="Survey of 1997")
    assert [(view.name, view.schematic) for view in shapes(feature(name="Cordon"), exact)] == [
        ("Cordon", True),
        ("Cordon", False),
    ]


def test_a_shape_of_an_old_edition_is_schematic() -> None:
    assert shapes(feature()) == (ShapeView("area", "", "", "", "", schematic=True),)


@pytest.mark.parametrize(
    ("type_", "coordinates", "what"),
    [
        ("Point", [0, 51], "point"),
        ("MultiPoint", [[0, 51]], "point"),
        ("LineString", [[-77.04, -12.06], [-77.02, -12.06]], "line, about 2.2 km"),
        ("MultiLineString", [[[-77.04, -12.06], [-77.02, -12.06]]], "line, about 2.2 km"),
        ("MultiPolygon", [[[[0, 0], [1, 0], [1, 1], [0, 0]]]], "area"),
    ],
)
def test_points_lines_and_areas_are_called_what_they_are(type_: str, coordinates: list, what: str) -> None:
    shape = {"type": "Feature", "geometry": {"type": type_, "coordinates": coordinates}, "properties": {}}
    collected = {**shape, "geometry": {"type": "GeometryCollection", "geometries": [shape["geometry"]]}}
    assert [view.what for view in (*shapes(shape), *shapes(collected))] == [what, what]


def test_the_length_of_a_line_is_that_of_all_its_parts() -> None:
    line = {"type": "LineString", "coordinates": [[-77.04, -12.06], [-77.02, -12.06]]}
    parts = [{"type": "Feature", "geometry": line, "properties": {"name": "Fence"}}] * 2
    assert [view.what for view in shapes(*parts)] == ["line, about 4.4 km"]


def test_parts_that_say_the_same_are_named_once() -> None:
    assert len(shapes(feature(name="Cordon"), feature(name="Cordon"), feature(name="Ditch"))) == 2
