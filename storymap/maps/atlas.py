"""The basemap’s own files, "atlas/1": the whole world at one level, or a neighbourhood in detail."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from places.geo import MAX_MERCATOR_LATITUDE, Bounds, Camera
from storymap.maps.cities import Seen, cities_in
from storymap.maps.projection import Viewport, viewport_of, world_box
from storymap.maps.topology import (
    Box,
    Line,
    Points,
    Polygon,
    Shapes,
    area,
    clip_ring,
    codes_source,
    crossings,
    cut_line,
    deltas,
    gridded,
    read,
    read_land,
    shapes,
    simplified,
    source_of,
)

GLOBE_ZOOM = 2.0  # up to here land alone is right
FAR_ZOOM = 4.0  # up to here the 110m level is right
MIDDLE_ZOOM = 7.0  # up to here the 50m level is right
TYPICAL_WINDOW = 960, 640  # pixels, to estimate the zoom of a camera that gives an extent
LARGE_WINDOW = 1920, 1200  # pixels
TILE_MARGIN = 724  # pixels: a map tile reaches so far over the edge of the window, and is drawn from one file
SMALLEST = {"50m": 12.0, "10m": 4.0}  # degrees: still enough when the reader zooms out a little
LARGEST = {"50m": 120.0, "10m": 16.0}  # degrees: neighbours are merged up to here
STEP = 0.25  # degrees: edges lie on this grid, so that small moves of a camera keep the extract's address


@dataclass(frozen=True)
class NearExtract:
    """A part of the atlas in detail, to be drawn from `min_zoom` on; its centre lies within -180 to 180."""

    bounds: Bounds
    min_zoom: float
    detail: str  # "50m" or "10m"


def nears_of(cameras: Iterable[Camera]) -> tuple[NearExtract, ...]:
    """The neighbourhoods of the cameras that the 110m level cannot serve, merged where they overlap."""
    wanted = (_near_extract(camera) for camera in cameras)
    merged: list[NearExtract] = []
    for near in dict.fromkeys(near for near in wanted if near is not None):
        grown = _grow(near, merged)
        if grown not in merged:
            merged.append(grown)
    return tuple(sorted(merged, key=lambda near: (near.detail, near.bounds.west, near.bounds.south)))


def _near_extract(camera: Camera) -> NearExtract | None:
    zoom = viewport_of(camera, *TYPICAL_WINDOW).zoom
    if zoom <= FAR_ZOOM:
        return None
    detail = "50m" if zoom <= MIDDLE_ZOOM else "10m"
    # small screens show an extent from further away
    lowest = FAR_ZOOM if detail == "50m" else max(FAR_ZOOM, min(6.0, math.floor(zoom) - 2.0))
    views = (viewport_of(camera, *TYPICAL_WINDOW), viewport_of(camera, *LARGE_WINDOW))
    return NearExtract(_extent_of_tiles(views, SMALLEST[detail]), lowest, detail)


def _extent_of_tiles(views: tuple[Viewport, ...], smallest: float) -> Bounds:
    """The extent of all tiles of the views, which share a centre."""
    seen = [replace(v, width=v.width + 2 * TILE_MARGIN, height=v.height + 2 * TILE_MARGIN).bounds for v in views]
    lng, lat = (views[0].center.lng + 180) % 360 - 180, views[0].center.lat
    wide = max(smallest / 2, *((bounds.east - bounds.west) / 2 for bounds in seen))
    south = min(lat - smallest / 2, *(bounds.south for bounds in seen))
    north = max(lat + smallest / 2, *(bounds.north for bounds in seen))
    limit = MAX_MERCATOR_LATITUDE
    return Bounds(
        max(-360.0, _floor(lng - wide)),
        max(-limit, _floor(south)),
        min(360.0, -_floor(-lng - wide)),
        min(limit, -_floor(-north)),
    )


def _floor(degrees: float) -> float:
    return math.floor(degrees / STEP) * STEP


def _grow(near: NearExtract, merged: list[NearExtract]) -> NearExtract:
    """The union with all that overlap it and leave it small enough; they are taken out of `merged`."""
    grown = near
    while (other := next((m for m in merged if _may_join(grown, m)), None)) is not None:
        merged.remove(other)
        grown = _union(grown, other)
    return grown


def _may_join(a: NearExtract, b: NearExtract) -> bool:
    if a.detail != b.detail:
        return False
    apart = a.bounds.west > b.bounds.east or b.bounds.west > a.bounds.east
    if apart or a.bounds.south > b.bounds.north or b.bounds.south > a.bounds.north:
        return False
    union = _union(a, b).bounds
    if union in (a.bounds, b.bounds):
        return True
    return max(union.east - union.west, union.north - union.south) <= LARGEST[a.detail]


def _union(a: NearExtract, b: NearExtract) -> NearExtract:
    bounds = Bounds(
        min(a.bounds.west, b.bounds.west),
        min(a.bounds.south, b.bounds.south),
        max(a.bounds.east, b.bounds.east),
        max(a.bounds.north, b.bounds.north),
    )
    return NearExtract(bounds, min(a.min_zoom, b.min_zoom), a.detail)


FORMAT = "atlas/1"
WORLD_SCALES = {"globe": 1024, "110m": 4096, "50m": 32_768}  # a pixel at the largest zoom of each: 2, 4, 7
GLOBE_LABELS = 40  # names of countries: more have no room at its zoom
EXTRACT_SCALES = {"50m": 131_072, "10m": 1_048_576}  # finer than the data
TURNS = range(-2, 3)  # worlds to the left and right in which an extent may lie
MOST_CITIES = 70  # in an extract: about a kilobyte
CITIES_APART = {"50m": 40 / (256 * 2**7), "10m": 40 / (256 * 2**9)}  # 40 pixels at a typical zoom of each, at least
CITIES_ACROSS = 60  # and not more of them from edge to edge: a wide extract has cities everywhere
LABEL_LINES = 15  # heights at which a country is measured for its label


def sources_of(level: str) -> tuple[Path, ...]:
    """The files of npm packages that a level is made from."""
    if level == "globe":
        return source_of("110m"), source_of("110m", "land"), codes_source()
    return source_of(level), codes_source()


def world(level: str) -> bytes:
    """The file of level "globe", "110m" or "50m", thinned to what its scale can show. KeyError for another.

    "globe" is what one sees first of a story that goes round the earth: land without countries, a third of the bytes.
    """
    scale = WORLD_SCALES[level]
    if level == "globe":
        land = read_land("110m", lambda arc: simplified(arc, 0.5 / scale))
        return _file(scale, land.polygons, land.coast, (), _labels(shapes("110m").polygons, scale)[:GLOBE_LABELS])
    drawn = read(level, lambda arc: simplified(arc, 0.5 / scale))
    return _file(scale, drawn.polygons, drawn.coast, drawn.border, _labels(drawn.polygons, scale))


def extract(level: str, bounds: Bounds, language: str) -> bytes:
    """The file of a neighbourhood in "50m" or "10m", cut at its bounds, with the names of its cities in the language.
    Raises KeyError for another level."""
    scale, whole = EXTRACT_SCALES[level], shapes(level)
    box = world_box(bounds)
    cut = Shapes(
        tuple(polygons_in(whole.polygons, box)),
        tuple(lines_in(whole.coast, box)),
        tuple(lines_in(whole.border, box)),
    )
    labels = [label for label in _labels(whole.polygons, scale) if _inside(label, box, scale)]
    apart = max(CITIES_APART[level], (box[2] - box[0]) / CITIES_ACROSS)
    found = cities_in(box, language, apart=apart, most=MOST_CITIES)
    cities = [[one.city.name, *_grid(one, scale), one.size, *([1] if one.city.is_capital else [])] for one in found]
    return _file(scale, cut.polygons, cut.coast, cut.border, labels, list(bounds.edges), cities)


def _grid(city: Seen, scale: int) -> tuple[int, int]:
    return round(city.x % 1 * scale), round(city.y * scale)


def polygons_in(polygons: Iterable[Polygon], box: Box) -> Iterator[Polygon]:
    """What of the polygons lies in a box, wherever round the globe the box lies."""
    for polygon in polygons:
        for turn in _turns(polygon.box, box):
            rings = [clip_ring(np.add(ring.points, (turn, 0)), box) for ring in polygon.rings]
            if len(rings[0]):
                yield Polygon(polygon.id, polygon.name, tuple(Line(ring) for ring in rings if len(ring)))


def lines_in(lines: Iterable[Line], box: Box) -> Iterator[Line]:
    for line in lines:
        west, north, east, south = line.box
        for turn in _turns(line.box, box):
            moved = np.add(line.points, (turn, 0))
            if box[0] <= west + turn and east + turn <= box[2] and box[1] <= north and south <= box[3]:
                yield Line(moved)
            else:
                yield from (Line(part) for part in cut_line(moved, box))


def _turns(own: Box, box: Box) -> list[int]:
    if own[3] < box[1] or own[1] > box[3]:
        return []
    return [turn for turn in TURNS if own[2] + turn >= box[0] and own[0] + turn <= box[2]]


def _file(
    scale: int,
    polygons: Iterable[Polygon],
    coast: Iterable[Line],
    border: Iterable[Line],
    labels: list[dict[str, Any]],
    bounds: list[float] | None = None,
    cities: list[list[Any]] | None = None,
) -> bytes:
    content: dict[str, Any] = {"format": FORMAT, "scale": scale}
    if bounds is not None:
        content |= {"bounds": bounds, "cities": cities}
    content["polygons"] = [
        {"id": polygon.id, "rings": rings} for polygon in polygons if (rings := _rings(polygon, scale))
    ]
    content["coast"] = _lines(coast, scale)
    content["border"] = _lines(border, scale)
    content["labels"] = labels
    return msgspec.json.encode(content)


def _rings(polygon: Polygon, scale: int) -> list[list[int]]:
    grids = [gridded(ring.points, scale) for ring in polygon.rings]
    if len(grids[0]) < 3:
        return []  # an island smaller than a pixel
    return [deltas(grid) for grid in grids if len(grid) > 2]


def _lines(lines: Iterable[Line], scale: int) -> list[list[int]]:
    grids = (gridded(line.points, scale) for line in lines)
    return [deltas(grid) for grid in grids if len(grid) > 1]


def _labels(polygons: Iterable[Polygon], scale: int) -> list[dict[str, Any]]:
    """One for each country, on its largest part; the largest country first."""
    largest: dict[str, tuple[float, Polygon]] = {}
    for polygon in polygons:
        size = area(polygon.rings[0].points)
        if size > largest.get(polygon.name, (0.0, polygon))[0]:
            largest[polygon.name] = size, polygon
    labels = []
    for size, polygon in sorted(largest.values(), key=lambda spot: -spot[0]):
        x, y = _label_point(polygon.rings[0].points)
        at = {"x": round(x % 1 * scale), "y": round(y * scale), "area": round(size * scale * scale)}
        labels.append({"id": polygon.id, "name": polygon.name, **at})
    return labels


def _label_point(ring: Points) -> tuple[float, float]:
    """Where a word fits best: in the middle of a long level line through the ring, rather not near its ends."""
    low, high = float(ring[:, 1].min()), float(ring[:, 1].max())
    best, spot = -1.0, (float(ring[:, 0].mean()), (low + high) / 2)
    for share in np.linspace(0, 1, LABEL_LINES + 2)[1:-1]:
        y = low + share * (high - low)
        xs = sorted(crossings(ring, y).tolist())
        for left, right in zip(xs[::2], xs[1::2], strict=False):
            worth = (right - left) * (1 - abs(share - 0.5))
            if worth > best:
                best, spot = worth, ((left + right) / 2, y)
    return spot


def _inside(label: dict[str, Any], box: Box, scale: int) -> bool:
    x, y = label["x"] / scale, label["y"] / scale
    return box[1] <= y <= box[3] and any(box[0] <= x + turn <= box[2] for turn in TURNS)
