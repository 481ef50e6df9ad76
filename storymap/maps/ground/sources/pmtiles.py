"""PMTiles, version 3, of vector tiles: a file, or an address of which only the tiles that are needed are fetched."""

from __future__ import annotations

import html
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from places.geo import Bounds
from storymap.maps.ground.features import AREAS, Credit
from storymap.maps.ground.sources.archive import MAGIC, Archive, Tile
from storymap.maps.ground.sources.gathering import OPENSTREETMAP, Gathering, Reading, Say, Wanted, reading_of
from storymap.maps.ground.sources.material import CannotReadStreets, Material
from storymap.maps.ground.sources.seams import NEAR, Part, part_of, united
from storymap.maps.ground.sources.tile_layers import LAYERS, ROAD_NAMES, kind_of
from storymap.maps.ground.sources.vector_tiles import GRID, LINE, POINT, POLYGON, Feature, features_of
from storymap.maps.projection import world_box
from storymap.maps.topology import Box, Points, cut_line

NAME = "PMTiles"
MOST_TILES = 600
STREETS_FROM = 13  # zoom of the tiles
ON_THE_ROAD = 6.0  # units from a named line: a road whose points all lie so close has its name


def knows(material: Material) -> bool:
    return material.part(0, len(MAGIC)) == MAGIC


def read(material: Material, wanted: Sequence[Wanted], say: Say) -> Reading:
    """Raises CannotReadStreets."""
    archive = Archive(material)
    gatherings = [Gathering(one) for one in wanted]
    for gathering in gatherings:
        _gather(archive, gathering, say)
    return reading_of(gatherings, credit_of(archive.metadata()), _notes(archive))


def _notes(archive: Archive) -> Iterator[str]:
    if (last := archive.zooms[1]) < STREETS_FROM:
        said = {"zoom": last, "least": STREETS_FROM}
        yield _("This archive ends at zoom %(zoom)d; streets need one that goes to %(least)d.") % said


def credit_of(metadata: dict[str, Any]) -> Credit:
    """As the archive says it, without its HTML; the day where a tool has written it."""
    said = html.unescape(re.sub(r"<[^>]*>", "", str(metadata.get("attribution", ""))))
    day = next((str(value)[:10] for key, value in metadata.items() if key.endswith("replicationtime")), "")
    if "openstreetmap" in said.casefold():
        whose = said if "©" in said else OPENSTREETMAP.attribution
        return Credit(" ".join(whose.split()), OPENSTREETMAP.licence, OPENSTREETMAP.source, day)
    return Credit(" ".join(said.split()), date=day)


def _gather(archive: Archive, gathering: Gathering, say: Say) -> None:
    tiles = tiles_in(gathering.wanted.bounds, _zoom(archive, gathering.wanted))
    sheet = _Sheet(gathering)
    for number, (tile, data) in enumerate(archive.tiles(tiles), start=1):
        say(f"tile {number} of {len(tiles)}")
        try:
            sheet.add(tile, list(features_of(data, LAYERS)))
        except ValueError as problem:
            where = {"name": archive.material.name, "tile": "/".join(map(str, tile)), "problem": str(problem)}
            raise CannotReadStreets(_("%(name)s: tile %(tile)s is damaged: %(problem)s.") % where) from None
    sheet.finish()


def _zoom(archive: Archive, wanted: Wanted) -> int:
    low, high = archive.zooms
    return max(low, min(high, wanted.zoom))


def tiles_in(bounds: Bounds, zoom: int) -> list[Tile]:
    """Those that the bounds touch, columns counted within the world. Raises CannotReadStreets: they are too many."""
    size = 1 << zoom
    box = world_box(bounds)
    west, north = (math.floor(edge * size) for edge in box[:2])
    east, south = (math.ceil(edge * size) for edge in box[2:])
    rows = range(max(0, north), min(size, south))
    if (count := len(rows) * (east - west)) > MOST_TILES:
        said = {"count": count, "most": MOST_TILES}
        raise CannotReadStreets(_("These bounds take %(count)d tiles, more than %(most)d. Choose smaller ones.") % said)
    return list(dict.fromkeys((zoom, column % size, row) for row in rows for column in range(west, east)))


class _Sheet:
    """Tiles laid side by side: lines meet at the edges, and areas become whole again."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.zoom = 0
        self.parts: defaultdict[tuple[str, str], list[Part]] = defaultdict(list)  # by kind and name
        self.ends: dict[tuple[float, float, str], tuple[float, float]] = {}  # of lines at edges, by where and name

    def add(self, tile: Tile, features: Sequence[Feature]) -> None:
        """One tile's features. Raises ValueError when they make no sense."""
        self.zoom, column, row = tile
        corner = np.array((column, row), float) * GRID
        box = (*corner.tolist(), *(corner + GRID).tolist())
        named = [feature for feature in features if feature.layer == ROAD_NAMES and feature.shape == LINE]
        for feature in features:
            kind, rank = kind_of(feature)
            if not kind or feature.layer == ROAD_NAMES:
                continue
            name = feature.tags.get("name", "")
            if feature.shape == LINE and feature.layer == "transportation":
                name = name or _name_along(feature, kind, named)
            parts = [part + corner for part in feature.parts]
            if feature.shape == POLYGON and kind in AREAS:
                self._add_areas(kind, name, parts, box)
            elif feature.shape == LINE:
                self._add_lines(kind, name, parts, box)
            elif feature.shape == POINT and name:
                self._add_names(kind, name, parts, box, rank)

    def finish(self) -> None:
        for (kind, name), parts in self.parts.items():
            for rings in united(parts):
                self.gathering.add_area(kind, [self._degrees(ring) for ring in rings], name)

    def _add_areas(self, kind: str, name: str, rings: Sequence[Points], box: Box) -> None:
        """A feature may be several polygons: an outer ring has an area above zero (specification, 4.3.4.4)."""
        polygon: list[Points] = []
        for ring in rings:
            if polygon and _signed_area(ring) > 0:
                self.parts[kind, name].append(part_of(polygon, box))
                polygon = []
            polygon.append(ring)
        if polygon:
            self.parts[kind, name].append(part_of(polygon, box))

    def _add_lines(self, kind: str, name: str, lines: Sequence[Points], box: Box) -> None:
        for line in lines:
            for part in cut_line(line, box) if len(line) > 1 else ():
                part[0], part[-1] = self._meeting(part[0], kind + name), self._meeting(part[-1], kind + name)
                self.gathering.add_line(kind, self._degrees(part), name)

    def _add_names(self, kind: str, name: str, points: Sequence[Points], box: Box, rank: int) -> None:
        for at in points[:1]:
            x, y = at[0]
            if box[0] <= x < box[2] and box[1] <= y < box[3]:
                self.gathering.add_name(kind, self._degrees(at[:1]), name, rank)

    def _meeting(self, point: Points, what: str) -> tuple[float, float]:
        """An end on an edge, moved by a unit or two to where the neighbouring tile has it."""
        x, y = float(point[0]), float(point[1])
        if x % GRID and y % GRID:
            return x, y
        x, y = round(x), round(y)
        steps = sorted(range(-round(NEAR), round(NEAR) + 1), key=abs)
        around = ((x, y + step) if x % GRID == 0 else (x + step, y) for step in steps)
        there = next((at for at in around if (*at, what) in self.ends), None)
        return self.ends.setdefault((x, y, what), there or (x, y))

    def _degrees(self, units: Points) -> Points:
        world = units / (GRID * 2**self.zoom)
        lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * world[:, 1]))))
        return np.column_stack((world[:, 0] * 360 - 180, lat))


def _signed_area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _name_along(road: Feature, kind: str, named: Sequence[Feature]) -> str:
    """Of the named line of the same kind on which the road lies."""
    points = np.vstack([np.vstack((part, (part[1:] + part[:-1]) / 2)) for part in road.parts])
    low, high = points.min(axis=0) - ON_THE_ROAD, points.max(axis=0) + ON_THE_ROAD
    for other in named:
        if not other.tags.get("name") or kind_of(other)[0] != kind:
            continue
        for line in other.parts:
            over = (line.min(axis=0) <= high).all() and (line.max(axis=0) >= low).all()
            if over and len(line) > 1 and _farthest(points, line) <= ON_THE_ROAD:
                return other.tags["name"]
    return ""


def _farthest(points: Points, line: Points) -> float:
    """How far the farthest of the points lies from the line."""
    start, step = line[:-1], np.diff(line, axis=0)
    lengths = np.maximum((step**2).sum(axis=1), 1e-9)
    away = points[:, None, :] - start[None, :, :]
    share = np.clip((away * step).sum(axis=2) / lengths, 0, 1)
    return float(np.hypot(*(away - share[:, :, None] * step).transpose(2, 0, 1)).min(axis=1).max())
