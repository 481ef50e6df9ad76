from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from places.geo import LatLng
from storymap.maps.geojson import places_geojson
from storymap.story.document import StoryDocument
from tests.factories_documents import NASTY, make_chapter, make_event, make_journey, make_place, make_story

TOKYO, LIMA, LONDON = LatLng(35.6895, 139.69171), LatLng(-12.04318, -77.02824), LatLng(51.50853, -0.12574)
SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
positions = st.builds(LatLng, st.floats(-85, 85), st.floats(-180, 180))


def features(story: StoryDocument, kind: str) -> list[dict[str, Any]]:
    return [f for f in places_geojson(story)["features"] if f["properties"]["kind"] == kind]


def overlay(kind: str, coordinates: list[Any], /, **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return {"type": "FeatureCollection", "features": [feature]}


def area(kind: str, coordinates: list[Any], /, **properties: Any) -> dict[str, Any]:
    story = make_story((make_chapter("one", overlay=overlay(kind, coordinates, **properties)),))
    return places_geojson(story)["features"][0]


def lines(feature: dict[str, Any]) -> list[list[list[float]]]:
    geometry = feature["geometry"]
    return [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def test_a_place_says_what_it_is_and_what_happened_there() -> None:
    by = make_event("by", "", also_there=("london",))
    events = (make_event("later", "london"), make_event("first", "london"), by)
    chapters = (make_chapter("one", ("first", "later")), make_chapter("two", ("by", "first")))
    story = make_story(chapters, events, (make_place("london", LONDON, precision="city", radius=10_000.0),))
    assert features(story, "place") == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-0.12574, 51.50853]},
            "properties": {
                "kind": "place",
                "slug": "london",
                "name": "London",
                "precision": "city",
                "radius": 10_000.0,
                "events": ["first", "later", "by"],
            },
        }
    ]


def test_coordinates_are_longitude_first_with_seven_decimals() -> None:
    place = features(make_story(places=(make_place(at=LatLng(1.123456789, 2.987654321)),)), "place")[0]
    assert place["geometry"]["coordinates"] == [2.9876543, 1.1234568]


def test_zero_is_a_coordinate_and_never_minus_zero() -> None:
    place = features(make_story(places=(make_place(at=LatLng(-0.0, -0.00000001)),)), "place")[0]
    assert json.dumps(place["geometry"]["coordinates"]) == "[0.0, 0.0]"


def test_a_longitude_beyond_the_antimeridian_is_brought_back() -> None:
    place = features(make_story(places=(make_place(at=LatLng(35, -220.5)),)), "place")[0]
    assert place["geometry"]["coordinates"] == [139.5, 35.0]


def test_a_journey_is_an_arc_with_its_length() -> None:
    leg = features(make_journey(LIMA, LONDON), "leg")[0]
    assert leg["geometry"]["type"] == "LineString"
    words = {"kind": "leg", "event": "journey", "chapter": "journeys", "flown": True, "long": True}
    assert leg["properties"] == {**words, "km": 10159.6}
    assert leg["geometry"]["coordinates"][0] == [-77.02824, -12.04318]
    assert leg["geometry"]["coordinates"][-1] == [-0.12574, 51.50853]


def test_every_leg_of_a_journey_is_drawn_of_its_own() -> None:
    assert [leg["properties"]["km"] for leg in features(make_journey(LIMA, LONDON, LIMA), "leg")] == [10159.6] * 2


def test_places_also_concerned_are_joined_by_no_line() -> None:
    event = make_event("meeting", "lima", also_there=("london", "tokyo"))
    places = (make_place("lima", LIMA), make_place("london", LONDON), make_place("tokyo", TOKYO))
    story = make_story((make_chapter("one", ("meeting",)),), (event,), places)
    assert {feature["properties"]["kind"] for feature in places_geojson(story)["features"]} == {"place"}


def test_a_journey_between_hardly_known_places_has_no_length() -> None:
    story = make_journey(LIMA, LatLng(-12.1, -77.03), TOKYO)
    vague = replace(story, places={slug: replace(place, radius=10_000.0) for slug, place in story.places.items()})
    told = [(leg["properties"]["km"], leg["properties"]["long"]) for leg in features(vague, "leg")]
    assert told == [(None, False), (15503.8, True)]


def test_a_journey_across_the_antimeridian_is_cut_there() -> None:
    path = features(make_journey(TOKYO, LIMA), "leg")[0]
    assert path["geometry"]["type"] == "MultiLineString"
    west, east = path["geometry"]["coordinates"]
    assert west[-1][0] == 180 and east[0][0] == -180
    assert west[-1][1] == east[0][1]


def test_a_journey_that_goes_nowhere_has_no_line() -> None:
    assert features(make_journey(LIMA, LIMA), "leg") == []


@given(st.lists(positions, min_size=2, max_size=5))
def test_no_line_ever_leaves_the_globe_or_leaps_over_it(stations: list[LatLng]) -> None:
    for feature in features(make_journey(*stations), "leg"):
        for line in lines(feature):
            assert len(line) >= 2
            assert all(-180 <= lng <= 180 and -90 <= lat <= 90 for lng, lat in line)
            assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(line))


def test_outer_rings_run_anticlockwise_and_holes_clockwise() -> None:
    clockwise = [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]
    anticlockwise = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    outer, hole = area("Polygon", [clockwise, anticlockwise])["geometry"]["coordinates"]
    assert signed_area(outer) > 0 > signed_area(hole)
    assert outer[0] == outer[-1] and hole[0] == hole[-1]


def test_an_area_across_the_antimeridian_is_cut_there() -> None:
    geometry = area("Polygon", [[[170, 0], [190, 0], [190, 10], [170, 10], [170, 0]]])["geometry"]
    assert geometry["type"] == "MultiPolygon"
    spans = [(min(p[0] for p in rings[0]), max(p[0] for p in rings[0])) for rings in geometry["coordinates"]]
    assert spans == [(170, 180), (-180, -170)]
    assert all(signed_area(rings[0]) > 0 for rings in geometry["coordinates"])


def test_a_hole_across_the_antimeridian_is_cut_with_its_area() -> None:
    shell = [[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]
    hole = [[-179, 4], [-179, 6], [179, 6], [179, 4], [-179, 4]]
    parts = area("Polygon", [shell, hole])["geometry"]["coordinates"]
    assert [len(rings) for rings in parts] == [2, 2]


SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def test_an_area_keeps_what_it_says_of_itself_and_nothing_else() -> None:
    words = {"name": "Cordon", "note": "closed", "source": "Survey of 1997", "credit": "Ana"}
    others = {"style": "x", "kind": "path", "chapter": "y", "schematic": True}
    kept = {"kind": "area", "chapter": "one", "schematic": False, **words}
    assert area("Polygon", SQUARE, **words, **others)["properties"] == kept


def test_an_area_or_line_without_a_source_is_schematic() -> None:
    assert [area("Polygon", SQUARE, source=source)["properties"]["schematic"] for source in ("", " ", None, 3)] == [
        True
    ] * 4
    assert area("LineString", SQUARE[0], credit="Ana")["properties"]["schematic"]


def test_heights_are_dropped_and_other_geometries_kept() -> None:
    assert area("Point", [0, 51, 12])["geometry"] == {"type": "Point", "coordinates": [0.0, 51.0]}
    assert area("LineString", [[0, 51, 1], [1, 52, 1]])["geometry"]["coordinates"] == [
        [0.0, 51.0],
        [1.0, 52.0],
    ]


@pytest.mark.parametrize(
    ("type_", "coordinates", "kind"),
    [
        ("Point", [0, 51], "point"),
        ("MultiPoint", [[0, 51], [1, 51]], "point"),
        ("LineString", [[0, 51], [1, 52]], "line"),
        ("MultiLineString", [[[0, 51], [1, 52]]], "line"),
        ("Polygon", SQUARE, "area"),
        ("MultiPolygon", [SQUARE], "area"),
    ],
)
def test_points_lines_and_areas_are_told_as_what_they_are(type_: str, coordinates: list[Any], kind: str) -> None:
    assert area(type_, coordinates, name="x")["properties"]["kind"] == kind


def test_the_parts_of_a_collection_are_drawn_one_by_one_and_bear_its_name() -> None:
    members = [{"type": "Point", "coordinates": [0, 51]}, {"type": "Polygon", "coordinates": SQUARE}]
    whole = overlay("GeometryCollection", [], name="Cordon")
    whole["features"][0]["geometry"] = {"type": "GeometryCollection", "geometries": members}
    drawn = places_geojson(make_story((make_chapter("one", overlay=whole),)))["features"]
    assert [(one["properties"]["kind"], one["properties"]["name"]) for one in drawn] == [
        ("point", "Cordon"),
        ("area", "Cordon"),
    ]


def test_hostile_names_are_only_data() -> None:
    for name in NASTY:
        story = make_story(places=(make_place(name=name),))
        assert json.loads(json.dumps(places_geojson(story)))["features"][0]["properties"]["name"] == name
