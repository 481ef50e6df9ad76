"""PMTiles archives as others write them, and areas that their tiles have cut."""

from __future__ import annotations

import contextlib
import gzip
import math
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st
from mapbox_vector_tile import encode
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely import Polygon, box

from places.geo import Bounds
from storymap.maps.ground.sources.archive import Archive, tile_number
from storymap.maps.ground.sources.material import Bytes, CannotReadStreets, File
from storymap.maps.ground.sources.rings import box_of, is_inside
from storymap.maps.ground.sources.seams import part_of, united
from storymap.maps.ground.sources.vector_tiles import GRID, features_of
from storymap.maps.topology import Points, area
from tests import town
from tests.file_server import FileServer
from tests.pmtiles import land_everywhere


@given(st.integers(0, 26), st.data())
def test_tiles_are_numbered_as_others_number_them(zoom: int, data: st.DataObject) -> None:
    column, row = (data.draw(st.integers(0, 2**zoom - 1)) for _axis in range(2))
    assert tile_number(zoom, column, row) == zxy_to_tileid(zoom, column, row)


def test_tiles_are_found_through_directories_of_directories(tmp_path: Path) -> None:
    path, chance = tmp_path / "many.pmtiles", random.Random(1)
    with path.open("wb") as file:
        writer = Writer(file)
        for number in range(zxy_to_tileid(8, 0, 0), zxy_to_tileid(9, 0, 0)):
            if number % 7:  # some are not there
                writer.write_tile(number, gzip.compress(b"%d" % (number // 3), mtime=0))
        writer.finalize({"tile_compression": Compression.GZIP, "tile_type": TileType.MVT}, {"attribution": "Me"})
    archive = Archive(File(path))
    assert archive.metadata() == {"attribution": "Me"} and archive.zooms == (8, 8)
    wanted = [(8, chance.randrange(256), chance.randrange(256)) for _tile in range(300)]
    found = dict(archive.tiles(dict.fromkeys(wanted)))
    assert found == {tile: b"%d" % (zxy_to_tileid(*tile) // 3) for tile in wanted if zxy_to_tileid(*tile) % 7}


def test_an_archive_that_is_not_packed_is_read() -> None:
    archive = Archive(Bytes("land", land_everywhere()))
    [(tile, data)] = archive.tiles([(1, 1, 1)])
    [feature] = features_of(data, {"earth"})
    assert (tile, feature.tags, area(feature.parts[0])) == ((1, 1, 1), {"kind": "earth"}, GRID * GRID)


def test_values_of_every_type_and_other_extents_are_understood() -> None:
    values = {"text": "a", "whole": 3, "below": -3, "part": 0.5, "yes": True, "no": False}
    layer = {"name": "roads", "features": [{"geometry": "LINESTRING(0 0, 512 256)", "properties": values}]}
    tile = encode([layer], default_options={"extents": 512, "y_coord_down": True})
    [feature] = features_of(bytes(tile), {"roads"})
    assert feature.tags == {"text": "a", "whole": "3", "below": "-3", "part": "0.5", "yes": "yes", "no": "no"}
    assert feature.parts[0].tolist() == [[0, 0], [4096, 2048]]


@pytest.mark.parametrize("data", [b"\x1a", b"\x1a\xff\x01", b"\xff" * 20, b"\x07", bytes(range(256))])
def test_what_is_no_tile_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        list(features_of(data, {"roads"}))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_tile_or_refused(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        list(features_of(b"\x1a" + bytes([len(data) % 128]) + data[:127], {"roads", ""}))


@pytest.mark.parametrize("seed", range(15))
def test_an_area_with_a_hole_is_whole_again_wherever_tiles_cut_it(seed: int) -> None:
    chance = random.Random(seed)
    middle = np.array([chance.uniform(0.8, 2.2), chance.uniform(0.8, 2.2)]) * GRID
    outer, hole = (star(chance, middle, *radii) for radii in ((0.5, 1.3), (0.1, 0.4)))
    whole = Polygon(outer, [hole])
    rings = [ring for rings in united(list(parts(whole))) for ring in rings]
    covered = sum(area(ring) * (1 if number == 0 else -1) for number, ring in enumerate(rings))
    assert len(rings) == 2 and covered == pytest.approx(whole.area, rel=1e-3)
    on_edges = [
        ring for ring in rings for a, b in zip(ring, np.roll(ring, -1, axis=0), strict=True) if runs_along(a, b)
    ]
    assert on_edges == []
    for _point in range(100):
        point = np.array([chance.uniform(0, 3), chance.uniform(0, 3)]) * GRID
        inside = sum(is_inside(point, ring) for ring in rings) % 2 == 1
        distance = whole.boundary.distance(box(*point, *point).centroid)
        assert inside == whole.contains(box(*point, *point).centroid) or distance < 4


def test_areas_that_only_touch_an_edge_stay_apart() -> None:
    left, right = box(1000, 1000, GRID, 2000), box(GRID, 3000, GRID + 500, 3500)
    found = list(united([*parts(left), *parts(right)]))
    assert sorted(area(rings[0]) for rings in found) == [500 * 500, 3096 * 1000]


def star(chance: random.Random, middle: Points, least: float, most: float) -> Points:
    turns = [2 * math.pi * corner / 24 for corner in range(24)]
    radii = [chance.uniform(least, most) * GRID / 2 for _corner in turns]
    return np.array([middle + (r * math.cos(t), r * math.sin(t)) for r, t in zip(radii, turns, strict=True)])


def parts(shape: Polygon):  # type: ignore[no-untyped-def]
    """As tiles have it: cut with some room round their edges, in whole numbers."""
    for column in range(-1, 5):
        for row in range(-1, 5):
            x, y = column * GRID, row * GRID
            cut = shape.intersection(box(x - 64, y - 64, x + GRID + 64, y + GRID + 64))
            for piece in getattr(cut, "geoms", [cut]):
                if isinstance(piece, Polygon) and not piece.is_empty:
                    rings = [np.rint(np.array(ring.coords)[:-1]) for ring in (piece.exterior, *piece.interiors)]
                    turned = [ring if (n == 0) == (signed(ring) > 0) else ring[::-1] for n, ring in enumerate(rings)]
                    yield part_of(turned, (x, y, x + GRID, y + GRID))


def signed(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def runs_along(a: Points, b: Points) -> bool:
    """For more than what two tiles may differ by."""
    return any(a[n] == b[n] and a[n] % GRID == 0 and abs(a[1 - n] - b[1 - n]) > 4 for n in (0, 1))


SCHEMAS = {"protomaps": town.protomaps, "openmaptiles": town.openmaptiles}


@pytest.fixture(params=SCHEMAS)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "town.pmtiles"
    town.write_pmtiles(path, SCHEMAS[request.param](), 15)
    return path


def test_the_town_comes_out_of_tiles(archive: Path) -> None:
    reading = town.read(archive)
    [ground] = reading.grounds
    assert {(line.kind, line.name) for line in ground.lines} == set(town.LINES)
    pond = {a.name for a in ground.areas if a.kind == "water"} | {n.text for n in ground.names if n.kind == "water"}
    assert sorted((name.kind, name.text, name.rank) for name in ground.names if name.kind != "water") == town.NAMES
    assert {a.kind for a in ground.areas} == {"sea", "park", "water", "building"} and "Laguna" in pond
    assert town.has_its_sea(ground)
    credit = reading.credit
    assert (credit.attribution, credit.licence, credit.date) == ("© OpenStreetMap contributors", "ODbL-1.0", town.DAY)


def test_areas_are_whole_again_across_tiles(archive: Path) -> None:
    """And no line of a tile's edge remains in them."""
    [ground] = town.read(archive).grounds
    [park] = [a for a in ground.areas if a.kind == "park"]
    assert len(park.rings) == 2
    assert area(park.rings[0]) == pytest.approx(0.004 * 0.004, rel=0.01)
    assert box_of(park.rings[0]) == pytest.approx((-77.098, -12.098, -77.094, -12.094), abs=4e-5)
    assert len([a for a in ground.areas if a.kind == "sea"]) == 1


def test_streets_meet_at_the_edges_of_tiles(archive: Path) -> None:
    [ground] = town.read(archive).grounds
    pieces = [line.points for line in ground.lines if line.name == "Panamericana"]
    assert len(pieces) > 2
    ends = sorted(tuple(end) for piece in pieces for end in (piece[0], piece[-1]))
    assert len(ends) - len(set(ends)) == len(pieces) - 1


def test_only_the_tiles_that_are_needed_are_fetched(file_server: FileServer, tmp_path: Path) -> None:
    path = tmp_path / "town.pmtiles"
    tiles = town.write_pmtiles(path, town.protomaps(), 15)
    file_server.files["/town.pmtiles"] = path.read_bytes()
    reading = town.read(f"{file_server.url}/town.pmtiles")
    assert {(line.kind, line.name) for line in reading.grounds[0].lines} == set(town.LINES)
    needed = math.ceil(0.02 / 360 * 2**15 + 1) ** 2
    assert tiles > 3 * needed and len(file_server.asked) <= needed + 3
    assert file_server.sent < 20_000 + len(file_server.files["/town.pmtiles"]) * needed / tiles * 3


def test_a_server_that_sends_no_parts_sends_the_file_once(tmp_path: Path) -> None:
    plain = FileServer(sends_parts=False)
    town.write_pmtiles(tmp_path / "town.pmtiles", town.protomaps(), 14)
    plain.files["/town.pmtiles"] = (tmp_path / "town.pmtiles").read_bytes()
    assert len(town.read(f"{plain.url}/town.pmtiles").grounds[0].lines) > 4
    assert len(plain.asked) == 1
    plain.stop()


def test_an_archive_without_streets_is_told_of(tmp_path: Path) -> None:
    town.write_pmtiles(path := tmp_path / "world.pmtiles", town.protomaps(), 9)
    assert town.read(path).notes == ("This archive ends at zoom 9; streets need one that goes to 13.",)


def test_a_far_camera_takes_few_tiles(archive: Path) -> None:
    [ground] = town.read(archive, zoom=10).grounds  # the archive has one zoom: the nearest is taken
    assert ground.lines
    with pytest.raises(CannotReadStreets, match="tiles, more than"):
        town.read(archive, bounds=Bounds(-79, -13, -76, -10))


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (7, b"\x02", "version 2"),
        (97, b"\x04", "packed in a way"),
        (98, b"\x03", "packed in a way"),
        (99, b"\x02", "pictures"),
        (100, b"\xc8\xc8", "cannot be understood"),
        (8, b"\xff" * 8, "too large|too early"),
        (16, b"\x05" + b"\0" * 7, "damaged|cannot be understood|too early"),
        (56, b"\xff\xff\xff\xff\0\0\0\0", "too early"),
        (127, b"\0" * 40, "damaged"),
    ],
)
def test_a_damaged_archive_is_said(place: int, value: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "town.pmtiles"
    town.write_pmtiles(path, town.protomaps(), 15)
    data = bytearray(path.read_bytes())
    data[place : place + len(value)] = value
    path.write_bytes(data)
    with pytest.raises(CannotReadStreets, match=said):
        town.read(path)


def test_a_damaged_tile_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "town.pmtiles"
    monkeypatch.setattr(town, "tile", lambda *_where: b"\x1a\x05\x0a\x09water")
    town.write_pmtiles(path, {}, 15)
    with pytest.raises(CannotReadStreets, match=r"tile 15/\d+/\d+ is damaged"):
        town.read(path)
