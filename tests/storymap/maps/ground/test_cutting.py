"""A file for each box, small enough for a reader, with its credit."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from places.geo import Bounds
from storymap.maps.ground.boxes import Box, box_of_bounds
from storymap.maps.ground.cutting import LARGEST, SaidCredit, cut
from storymap.maps.ground.extract_file import decode
from storymap.maps.ground.sources.material import Bytes, CannotReadStreets
from tests import town

MINE = SaidCredit("The town", "CC0-1.0", "1996")


def material(**members: Any) -> Bytes:
    return Bytes("town.geojson", json.dumps(town.geojson(**members)).encode())


def city(streets: int, buildings: int, kind: str = "building") -> Bytes:
    """As many as that, each somewhere in the town."""
    chance, b = random.Random(1), town.BOUNDS
    features = []
    for number in range(streets + buildings):
        x, y = chance.uniform(b.west, b.east), chance.uniform(b.south, b.north)
        line = [[x + chance.uniform(0, 5e-4), y + chance.uniform(0, 5e-4)] for _point in range(4)]
        shape = {"type": "LineString", "coordinates": line}
        if number >= streets:
            shape = {"type": "Polygon", "coordinates": [[*line, line[0]]]}
        properties = {"ground": "local" if number < streets else kind}
        features.append({"type": "Feature", "properties": properties, "geometry": shape})
    return Bytes("city", json.dumps({"type": "FeatureCollection", "features": features}).encode())


BOX = box_of_bounds(town.BOUNDS, "town")


def test_a_box_is_cut_with_what_the_source_says_of_itself() -> None:
    said: list[str] = []
    data = json.dumps(town.overpass(with_geometry=True)).encode()
    result = cut([BOX], Bytes("answer", data), SaidCredit(), said.append)
    [one] = result.cuts
    extract = decode(one.content)
    assert (extract.bounds, extract.min_zoom) == (BOX.bounds, BOX.min_zoom)
    assert (extract.credit.attribution, extract.credit.licence) == ("© OpenStreetMap contributors", "ODbL-1.0")
    assert (extract.credit.date, one.left_out, result.empty) == (town.DAY, (), ())
    assert one.packed < len(one.content) < 2_000 and said


def test_equal_data_give_equal_bytes() -> None:
    assert cut([BOX], material(), MINE).cuts[0].content == cut([BOX], material(), MINE).cuts[0].content


def test_what_whoever_cuts_says_of_the_data_counts() -> None:
    credit = cut([BOX], material(attribution="Somebody", license="CC-BY-4.0"), SaidCredit(date="1996~")).credit
    assert (credit.attribution, credit.licence, credit.date) == ("Somebody", "CC-BY-4.0", "1996~")
    credit = cut([BOX], material(attribution="Somebody"), MINE).credit
    assert (credit.attribution, credit.licence, credit.date) == ("The town", "CC0-1.0", "1996")


def test_nothing_is_cut_of_data_that_nobody_owns() -> None:
    with pytest.raises(CannotReadStreets, match="does not say whose data it holds"):
        cut([BOX], material(), SaidCredit())


def test_a_date_is_an_edtf_date() -> None:
    with pytest.raises(CannotReadStreets, match="“summer” is no EDTF date"):
        cut([BOX], material(), SaidCredit("The town", "", "summer"))


def test_boxes_without_streets_are_told_of() -> None:
    elsewhere = box_of_bounds(Bounds(10, 10, 10.02, 10.02))
    result = cut([BOX, elsewhere], material(), MINE)
    assert (len(result.cuts), result.empty) == (1, (elsewhere,))


def test_it_is_said_why_nothing_was_found() -> None:
    b = town.BOUNDS
    said = r"has no streets within these bounds\. What was found lies between -77\.\d+,-12\.\d+ and -77"
    with pytest.raises(CannotReadStreets, match=said):
        cut([box_of_bounds(Bounds(10, 10, 10.02, 10.02))], material(), MINE)
    with pytest.raises(CannotReadStreets, match="the wrong way round"):
        cut([box_of_bounds(Bounds(b.south, b.west, b.north, b.east))], material(), MINE)
    untagged = [{**feature, "properties": {}} for feature in town.geojson()["features"]]
    with pytest.raises(CannotReadStreets, match="Nothing there has a tag that is drawn"):
        cut([BOX], material(features=untagged), MINE)
    with pytest.raises(CannotReadStreets, match="within these bounds.$"):
        cut([BOX], material(features=[]), MINE)


def test_buildings_go_first_where_it_is_too_much() -> None:
    [one] = cut([BOX], city(2_000, 12_000), MINE).cuts
    assert one.left_out == ("building",) and not one.is_large and not one.coarser
    assert {line.kind for line in decode(one.content).ground.lines} == {"local"}


def test_what_is_too_much_all_the_same_is_said_to_be() -> None:
    [one] = cut([BOX], city(9_000, 0), MINE).cuts
    assert one.is_large and one.packed > LARGEST and one.coarser and one.left_out == ()


def test_a_far_box_holds_main_roads_only() -> None:
    [one] = cut([Box(Bounds(-77.6, -12.5, -76.6, -11.7), 9, 11.0)], material(), MINE).cuts
    assert {line.name for line in decode(one.content).ground.lines} == {"Avenida Grau", "Panamericana"}
