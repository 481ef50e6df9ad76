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

from storymap.maps.ground.sources.archive import Archive, tile_number
from storymap.maps.ground.sources.material import Bytes, File
from storymap.maps.ground.sources.rings import is_inside
from storymap.maps.ground.sources.seams import part_of, united
from storymap.maps.ground.sources.vector_tiles import GRID, features_of
from storymap.maps.topology import Points, area
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
