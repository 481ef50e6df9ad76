"""What is taken as GeoJSON from authors."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from places.features import MAX_POSITIONS, collected, probably_swapped, problems_in
from places.geo import LatLng

SQUARE = [[-77.05, -12.1], [-77.04, -12.1], [-77.04, -12.09], [-77.05, -12.1]]


def collection(*geometries: Any, **properties: Any) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": properties, "geometry": geometry} for geometry in geometries]
    return {"type": "FeatureCollection", "features": features}


def shape(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def test_every_simple_geometry_of_the_standard_is_taken() -> None:
    assert not problems_in(
        collection(
            shape("Point", [-77.05, -12.1]),
            shape("MultiPoint", SQUARE),
            shape("LineString", SQUARE),
            shape("MultiLineString", [SQUARE, SQUARE]),
            shape("Polygon", [SQUARE]),
            shape("MultiPolygon", [[SQUARE], [SQUARE]]),
            shape("Point", [-77.05, -12.1, 154.0]),
        )
    )


def test_a_collection_without_features_is_taken() -> None:
    assert problems_in(collection()) == []


@pytest.mark.parametrize(
    "value", [None, [], "FeatureCollection", {}, {"type": "Feature"}, {"type": ["FeatureCollection"]}]
)
def test_what_is_no_collection_is_named_so(value: Any) -> None:
    assert problems_in(value) == [
        'This is not a GeoJSON FeatureCollection: {"type": "FeatureCollection", "features": […]}.'
    ]


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        (None, "its geometry must be one of"),
        ({"type": []}, "its geometry must be one of"),
        (shape("Circle", [0, 0]), "its geometry must be one of"),
        (shape("GeometryCollection", []), "its geometry must be one of"),
        (shape("Point", None), "coordinates are"),
        (shape("Point", [1]), "coordinates are"),
        (shape("Point", ["1", "2"]), "coordinates are"),
        (shape("Point", [True, False]), "coordinates are"),
        (shape("Point", [float("nan"), 0]), "coordinates are"),
        (shape("Point", [0, 91]), "coordinates are"),
        (shape("Point", [181, 0]), "coordinates are"),
        (shape("LineString", [0, 0]), "coordinates are"),
        (shape("LineString", [[0, 0]]), "a line needs at least two positions"),
        (shape("MultiLineString", SQUARE), "coordinates are"),
        (shape("Polygon", SQUARE), "coordinates are"),
        (shape("Polygon", [SQUARE[:3]]), "a ring of a polygon needs at least four positions"),
        (shape("Polygon", [[*SQUARE[:3], [0, 0]]]), "a ring of a polygon needs"),
        (shape("MultiPolygon", [[[[0, 0]]]]), "a ring of a polygon needs"),
        (shape("Polygon", {"0": SQUARE}), "coordinates are"),
    ],
)
def test_a_shape_that_is_none_is_named_with_its_feature(geometry: Any, says: str) -> None:
    found = problems_in(collection(shape("Point", [0, 0]), geometry))
    assert found and all(problem.startswith("Feature 2: ") and says in problem for problem in found)


def test_all_problems_are_told_at_once() -> None:
    found = problems_in(collection(shape("Point", None), shape("Point", [0, 0]), shape("Circle", None)))
    assert [problem.partition(":")[0] for problem in found] == ["Feature 1", "Feature 3"]


def test_properties_are_an_object_or_nothing() -> None:
    value = collection(shape("Point", [0, 0]))
    value["features"][0]["properties"] = ["name"]
    assert problems_in(value) == ["Feature 1: its properties must be an object or null."]


def test_a_shape_of_very_many_positions_is_refused() -> None:
    assert problems_in(collection(shape("LineString", [[0.0, 0.0]] * (MAX_POSITIONS + 1)))) == [
        f"Feature 1: has more than {MAX_POSITIONS} positions."
    ]


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.sampled_from(["Feature", "Point", "Polygon"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "geometry", "coordinates", "properties", "features"]), inner, max_size=5
        )
    ),
    max_leaves=25,
)


@given(st.lists(values, max_size=4))
def test_nothing_that_json_can_hold_brings_the_check_down(features: list[Any]) -> None:
    assert all(isinstance(problem, str) for problem in problems_in({"type": "FeatureCollection", "features": features}))


def test_a_feature_with_a_name_is_called_by_it() -> None:
    found = problems_in(collection(shape("Circle", [0, 0]), name="Cordon"))
    assert found[0].startswith("Feature 1 (“Cordon”): its geometry")


def test_a_position_out_of_range_is_shown_and_a_swap_is_guessed() -> None:
    (problem,) = problems_in(collection(shape("LineString", [[139.7, 35.7], [35.6895, 139.6917]])))
    assert "Found: [35.6895, 139.6917]." in problem and "look swapped" in problem
    (problem,) = problems_in(collection(shape("Point", [500, 500])))
    assert "swapped" not in problem


def test_an_open_ring_is_told_how_to_close() -> None:
    (problem,) = problems_in(collection(shape("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 1]]])))
    assert "add its first position, [0, 0], at the end" in problem


def test_very_many_positions_are_refused_also_in_small_shapes() -> None:
    half = shape("LineString", [[0.0, 0.0]] * (MAX_POSITIONS // 2 + 1))
    (problem,) = problems_in(collection(half, half))
    assert f"{MAX_POSITIONS + 2} positions" in problem


@pytest.mark.parametrize(
    "value", [shape("Point", [0, 1]), {"type": "Feature", "properties": {}, "geometry": shape("Point", [0, 1])}]
)
def test_a_single_shape_becomes_a_collection(value: Any) -> None:
    assert collected(value) == collection(shape("Point", [0, 1]))


@pytest.mark.parametrize("value", [None, [], 3, {}, {"type": ["Point"]}, {"type": "Circle"}])
def test_what_is_no_shape_is_left_for_the_check(value: Any) -> None:
    assert collected(value) is value


LIMA = LatLng(-12.09, -77.05)


@pytest.mark.parametrize(
    ("positions", "near", "asked"),
    [
        ([[-12.09, -77.05], [-12.1, -77.04]], [LIMA], True),
        ([[-77.05, -12.09], [-77.04, -12.1]], [LIMA], False),
        ([[-12.09, -77.05], [-12.1, -77.04]], [], False),
        ([[-12.09, -77.05], [-12.1, -77.04]], [LIMA, LatLng(-75, -12)], False),  # there is a place down there
        ([[139.7, 35.7], [139.8, 35.6]], [LIMA], False),
    ],
)
def test_shapes_far_from_every_place_that_would_fit_the_other_way_round_are_asked_about(
    positions: list, near: list[LatLng], asked: bool
) -> None:
    assert probably_swapped(collection(shape("LineString", positions)), near) is asked
