"""Streets are cut from files and servers of several kinds; one town comes out alike of each."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from places.geo import Bounds
from storymap.maps.ground.features import Ground
from storymap.maps.ground.sources import grounds_from, material_of
from storymap.maps.ground.sources.gathering import EVERYTHING, Reading, Wanted
from storymap.maps.ground.sources.material import Address, Bytes, CannotReadStreets
from tests import town
from tests.file_server import FileServer


def written(path: Path, content: bytes | dict[str, Any]) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def write_pbf(path: Path) -> Path:
    town.write_pbf(path)
    return path


MAKERS: dict[str, Callable[[Path], Path]] = {
    "town.geojson": lambda path: written(path, town.geojson()),
    "geom.json": lambda path: written(path, town.overpass(with_geometry=True)),
    "apart.json": lambda path: written(path, town.overpass(with_geometry=False)),
    "answer.json.gz": lambda path: written(path, town.packed(town.overpass(with_geometry=True))),
    "town.osm.pbf": write_pbf,
    "town.osm": write_pbf,  # XML, by its name
}


@pytest.mark.parametrize("name", MAKERS)
def test_one_town_comes_out_of_every_file(name: str, tmp_path: Path) -> None:
    [ground] = town.read(MAKERS[name](tmp_path / name)).grounds
    assert sorted((line.kind, line.name) for line in ground.lines) == town.LINES
    assert sorted((name.kind, name.text, name.rank) for name in ground.names) == town.NAMES
    assert sorted((a.kind, a.name, len(a.rings)) for a in ground.areas) == [
        ("building", "", 1),
        ("park", "El Olivar", 2),
        ("sea", "", 1),
        ("water", "Laguna", 1),
    ]
    assert town.has_its_sea(ground)


@pytest.mark.parametrize(("name", "day"), [("geom.json", town.DAY), ("town.osm.pbf", town.DAY)])
def test_data_of_openstreetmap_say_whose_they_are_and_of_when(name: str, day: str, tmp_path: Path) -> None:
    credit = town.read(MAKERS[name](tmp_path / name)).credit
    assert (credit.attribution, credit.licence, credit.date) == ("© OpenStreetMap contributors", "ODbL-1.0", day)


def test_a_geojson_says_itself_whose_data_it_holds(tmp_path: Path) -> None:
    assert town.read(written(tmp_path / "a.json", town.geojson())).credit.attribution == ""
    said = town.geojson(attribution="The town", license="CC0-1.0", date="1901")
    credit = town.read(written(tmp_path / "b.json", said)).credit
    assert (credit.attribution, credit.licence, credit.date) == ("The town", "CC0-1.0", "1901")


@pytest.mark.parametrize("name", MAKERS)
def test_only_what_is_wanted_is_read(name: str, tmp_path: Path) -> None:
    [ground] = town.read(MAKERS[name](tmp_path / name), kinds=frozenset({"main", "city"})).grounds
    assert [(line.kind, line.name) for line in ground.lines] == [("main", "Avenida Grau")]
    assert (ground.areas, [name.text for name in ground.names]) == ((), ["Puerto Nuevo"])


def test_several_bounds_are_read_at_once(tmp_path: Path) -> None:
    """Each with what is wanted of it."""
    inland = Bounds(-77.09, -12.11, -77.07, -12.09)
    wanted = [Wanted(town.BOUNDS), Wanted(inland, frozenset({"motorway", "main"})), Wanted(Bounds(10, 10, 11, 11))]
    reading = grounds_from(material_of(str(write_pbf(tmp_path / "town.osm.pbf"))), wanted)
    assert [len(ground.lines) for ground in reading.grounds] == [5, 2, 0]
    assert [a.kind for a in reading.grounds[1].areas] == []


# GeoJSON


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


STREET = [[-77.105, -12.1], [-77.095, -12.1]]
BLOCK = [[[-77.1, -12.1], [-77.09, -12.1], [-77.09, -12.09], [-77.1, -12.1]]]


def read_features(*features: Any) -> Ground:
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return grounds_from(Bytes("streets.geojson", data), [Wanted(town.BOUNDS)]).grounds[0]


def test_own_kinds_and_short_names_are_understood() -> None:
    ground = read_features(
        feature("MultiLineString", [STREET, STREET], ground="main", name="Calle Real"),
        feature("LineString", STREET, n="Calle Corta", c=4),
        feature("Polygon", BLOCK, ground="block"),
        feature("Point", [-77.1, -12.1, 80.0], ground="square", name="Plaza", rank=2),
        feature("LineString", STREET, tags={"highway": "trunk"}),
        feature("MultiPoint", [[-77.1, -12.1]]),
        {"type": "Feature", "properties": None, "geometry": None},
        {**feature("", None), "geometry": {"type": "GeometryCollection", "geometries": []}},
    )
    assert [(line.kind, line.name) for line in ground.lines] == [
        *[("main", "Calle Real")] * 2,
        ("local", "Calle Corta"),
        ("motorway", ""),
    ]
    assert [a.kind for a in ground.areas] == ["block"]
    assert [(name.text, name.kind, name.rank) for name in ground.names] == [("Plaza", "square", 2)]


RING = [*STREET, [-77.099, -12.097], STREET[0]]


@pytest.mark.parametrize("tags", [{"highway": "pedestrian"}, {"highway": "footway", "area": "yes"}])
@pytest.mark.parametrize(("shape", "at"), [("LineString", RING), ("Polygon", [RING])])
def test_a_square_has_a_surface(tags: dict[str, str], shape: str, at: Any) -> None:
    ground = read_features(feature(shape, at, tags={**tags, "name": "Plaza Mayor"}))
    assert [(area.kind, area.name) for area in ground.areas] == [("square", "Plaza Mayor")] and not ground.lines


def test_a_pedestrian_street_stays_a_line() -> None:
    ground = read_features(feature("LineString", STREET, tags={"highway": "pedestrian"}))
    assert [line.kind for line in ground.lines] == ["local"] and not ground.areas


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("text", "this is no feature"),
        (feature("LineString", STREET, ground="alley"), "“ground” is one of sea, water"),
        (feature("LineString", STREET, ground="park"), "“park” cannot be drawn as LineString"),
        (feature("LineString", [[-12.1, -97.1], [0, 0]]), "longitude comes first"),
        (feature("LineString", [["a", "b"]]), "a position is a longitude and a latitude"),
        (feature("LineString", [1, 2]), "a position is a longitude and a latitude"),
        (feature("LineString", "x"), "no list"),
        (feature("LineString", [[1e999, 0], [0, 0]]), "a position"),
        (feature("Polygon", [STREET]), "four positions"),
        (feature("Polygon", []), "four positions"),
        (feature("Circle", STREET), "“Circle” cannot be drawn"),
        ({"geometry": 5}, "cannot be drawn"),
        ({"properties": 5, "geometry": {"type": "Point", "coordinates": [0, 0]}}, "no object"),
    ],
)
def test_a_wrong_feature_is_named_by_its_number(wrong: Any, said: str) -> None:
    with pytest.raises(CannotReadStreets, match=f"streets.geojson, feature 2: .*{said}"):
        read_features(feature("LineString", STREET), wrong)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\n not json", "line 2: this is no JSON"),
        (b'{"type": "Feature"}', "is a FeatureCollection"),
        (b'{"features": "x"}', "is a FeatureCollection"),
        (b"{" + b'"a":{' * 100_000, "cannot be read|no JSON"),
        (b'{"a": "\xff"}', "not in UTF-8"),
        (b"%PDF", "none of these: .*GeoJSON"),
        (b"", "none of these"),
        (gzip.compress(b'{"a": 1' + b" " * 9000, mtime=0)[:-20], "damaged"),
    ],
)
def test_what_is_no_geojson_is_said(data: bytes, said: str) -> None:
    with pytest.raises(CannotReadStreets, match=said):
        grounds_from(Bytes("it", data), [Wanted(town.BOUNDS)])


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotReadStreets, match="There is no file"):
        material_of(str(tmp_path / "none"))


# Overpass


def ask(file_server: FileServer, path: str = "/api/interpreter", **wanted: Any) -> Reading:
    return town.read(file_server.url + path, **wanted)


def test_a_server_is_asked_for_what_is_wanted(file_server: FileServer) -> None:
    file_server.files["/api/interpreter"] = json.dumps(town.overpass(with_geometry=True)).encode()
    reading = ask(file_server, kinds=EVERYTHING - {"building"})
    assert sorted((line.kind, line.name) for line in reading.grounds[0].lines) == town.LINES
    assert reading.credit.date == town.DAY
    [query] = parse_qs(urlsplit(file_server.asked[0]).query)["data"]
    assert "(-12.110000,-77.110000,-12.090000,-77.090000)" in query and query.endswith("out geom;")
    assert '["natural"="coastline"]' in query and "building" not in query


def test_bounds_across_the_antimeridian_are_asked_for_as_two(file_server: FileServer) -> None:
    file_server.files["/api/interpreter"] = b'{"elements": []}'
    ask(file_server, bounds=Bounds(179.5, -17, 180.5, -16))
    assert "179.500000,-16.000000,180.000000" in file_server.asked[0].replace("%2C", ",")
    assert "-17.000000,-180.000000,-16.000000,-179.5" in file_server.asked[0].replace("%2C", ",")


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (429, {}, b"", "busy .*429"),
        (504, {}, b"", "busy .*504"),
        (400, {}, b"", "status 400"),
        (302, {"Location": "https://example.org/"}, b"", "sends on to https://example.org/"),
        (200, {}, b"\n<html>", "no JSON but a page"),
        (200, {}, b"sorry", "line 1: this is no JSON"),
        (200, {}, b"[]", "has “elements”"),
        (200, {}, b'{"elements": [], "remark": "runtime error: out of memory"}', "out of memory"),
        (200, {}, b'{"elements": [{"id": 1}]}', "element 1"),
        (200, {}, b'{"elements": [{"type": "way", "tags": {"highway": "path"}, "geometry": [{}]}]}', "element 1"),
        (200, {"Content-Encoding": "gzip"}, b"", "packed"),
    ],
)
def test_a_server_that_does_not_help_is_said(
    status: int, headers: dict[str, str], body: bytes, said: str, file_server: FileServer
) -> None:
    file_server.answers["/api/interpreter"] = (status, headers, body)
    with pytest.raises(CannotReadStreets, match=said):
        ask(file_server)


def test_an_address_of_another_machine_must_be_confidential() -> None:
    with pytest.raises(CannotReadStreets, match="begins with https"):
        material_of("http://example.org/api/interpreter")
    with pytest.raises(CannotReadStreets, match="begins with https"):
        material_of("file:///etc/passwd")


def test_a_server_that_is_not_there_is_said() -> None:
    stopped = FileServer()
    stopped.stop()
    with pytest.raises(CannotReadStreets, match="interpreter: the server cannot be reached"):
        ask(stopped)


def test_what_an_address_sends_has_a_limit_of_size_and_of_time(file_server: FileServer) -> None:
    file_server.files["/a"] = b"x" * 1000
    small = Address(file_server.url + "/a", largest=1500)
    assert len(small.part(0, 1000)) == 1000
    with pytest.raises(CannotReadStreets, match="too large"):
        small.whole()
    with pytest.raises(CannotReadStreets, match="no answer within 0 seconds"):
        Address(file_server.url + "/a", seconds=0).whole()


def test_each_question_to_a_server_has_the_limits_that_were_given(file_server: FileServer) -> None:
    file_server.files["/api/interpreter"] = answer = json.dumps(town.overpass(with_geometry=True)).encode()
    wanted = [Wanted(town.BOUNDS)] * 3
    assert len(grounds_from(Address(f"{file_server.url}/api/interpreter", largest=len(answer)), wanted).grounds) == 3
    with pytest.raises(CannotReadStreets, match="too large"):
        grounds_from(Address(f"{file_server.url}/api/interpreter", largest=len(answer) - 1), wanted)


def test_small_greens_are_not_asked_for_from_afar(file_server: FileServer) -> None:
    file_server.files["/api/interpreter"] = b'{"elements": []}'
    ask(file_server, zoom=12)
    ask(file_server, zoom=16)
    assert ["meadow" in question for question in file_server.asked] == [False, True]


def test_a_file_of_text_may_lie_on_a_server(file_server: FileServer) -> None:
    file_server.files["/town.geojson"] = json.dumps(town.geojson()).encode()
    assert len(ask(file_server, path="/town.geojson").grounds[0].lines) == 5


# OpenStreetMap PBF


def test_a_pbf_on_a_server_must_be_downloaded_first(file_server: FileServer, tmp_path: Path) -> None:
    file_server.files["/town.osm.pbf"] = write_pbf(tmp_path / "town.osm.pbf").read_bytes()
    with pytest.raises(CannotReadStreets, match="download this file first"):
        ask(file_server, path="/town.osm.pbf")


def test_a_damaged_pbf_is_said(tmp_path: Path) -> None:
    path = write_pbf(tmp_path / "town.osm.pbf")
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(CannotReadStreets, match=r"town.osm.pbf: this file cannot be read"):
        town.read(path)


def test_without_pyosmium_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "osmium", None)
    path = written(tmp_path / "town.osm.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader")
    with pytest.raises(CannotReadStreets, match="pip install -r requirements-streets.txt"):
        town.read(path)
