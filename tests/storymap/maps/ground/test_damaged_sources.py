"""Whatever is wrong with a file that streets are cut from, it is said, and nothing else happens."""

from __future__ import annotations

import contextlib
import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from storymap.maps.ground.boxes import box_of_bounds
from storymap.maps.ground.cutting import SaidCredit, cut
from storymap.maps.ground.sources.material import Bytes, CannotReadStreets, File, Material
from tests import town

TREES = {
    "GeoJSON": town.geojson(),
    "Overpass": town.overpass(with_geometry=True),
    "Overpass with nodes apart": town.overpass(with_geometry=False),
}
ODD = st.sampled_from([None, True, 0, -1, 1e308, 10**400, "", "x", [], [[]], {}, [None], {"type": "way"}, "\ud800"])


def read(material: Material) -> None:
    with contextlib.suppress(CannotReadStreets):
        cut([box_of_bounds(town.BOUNDS)], material, SaidCredit("Somebody"))


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every value of a tree, as what holds it and its key there."""
    keys = range(len(tree)) if isinstance(tree, list) else list(tree) if isinstance(tree, dict) else []
    return [place for key in keys for place in ((tree, key), *places(tree[key]))]


@pytest.mark.parametrize("name", TREES)
@given(data=st.data())
def test_any_value_may_be_odd(name: str, data: st.DataObject) -> None:
    tree = copy.deepcopy(TREES[name])
    holder, key = data.draw(st.sampled_from(places(tree)))
    holder[key] = data.draw(ODD)
    read(Bytes(name, json.dumps(tree).replace("1e+308", "1e999").encode()))


@pytest.mark.parametrize("name", TREES)
@given(data=st.data())
def test_anything_may_be_missing(name: str, data: st.DataObject) -> None:
    tree = copy.deepcopy(TREES[name])
    holder, key = data.draw(st.sampled_from(places(tree)))
    del holder[key]
    read(Bytes(name, json.dumps(tree).encode()))


@cache
def archive(folder: Path) -> bytes:
    town.write_pmtiles(folder / "town.pmtiles", town.openmaptiles(), 14)
    return (folder / "town.pmtiles").read_bytes()


@cache
def extract(folder: Path) -> bytes:
    town.write_pbf(folder / "town.osm.pbf")
    return (folder / "town.osm.pbf").read_bytes()


@given(data=st.data())
def test_any_byte_of_an_archive_may_be_wrong(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    read(Bytes("town.pmtiles", damaged(archive(tmp_path_factory.getbasetemp()), data)))


@given(data=st.data())
@settings(max_examples=30)
def test_any_byte_of_a_pbf_may_be_wrong(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "damaged.osm.pbf").write_bytes(damaged(extract(folder), data))
    read(File(folder / "damaged.osm.pbf"))


def damaged(content: bytes, data: st.DataObject) -> bytes:
    """One byte is another, or the end is missing."""
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        return content[:place]
    return content[:place] + bytes([data.draw(st.integers(0, 255))]) + content[place + 1 :]
