"""The basemap's own files, "atlas/1": the whole world at one level, or a neighbourhood in detail.

JSON: {"format": "atlas/1", "scale": N, "bounds": [west, south, east, north] (of an extract),
"polygons": [{"id": "PE", "rings": [[x0, y0, dx, dy, ...], ...]}], "coast": [[...]], "border": [[...]],
"labels": [{"id": "PE", "name": "Peru", "x": x, "y": y, "area": a}]}
Numbers are whole: world coordinates times N, areas times N squared. Rings are open and fill by the even-odd
rule; their x may leave 0..N, and a reader draws them a world to the left and to the right as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import numpy as np

from places.geo import Bounds
from storymap.maps.clipping import Box, Points, area, clip_ring, cut_line, deltas, gridded, simplified
from storymap.maps.projection import world_x, world_y
from storymap.maps.topology import Line, Polygon, Shapes, read, shapes

FORMAT = "atlas/1"
WORLD_SCALES = {"110m": 4096, "50m": 32_768}  # a pixel at the largest zoom of each, 4 and 7
EXTRACT_SCALES = {"50m": 131_072, "10m": 1_048_576}  # finer than the data
TURNS = range(-2, 3)  # worlds to the left and right in which an extent may lie
LABEL_LINES = 15  # heights at which a country is measured for its label


def world(level: str) -> bytes:
    """The file of level "110m" or "50m", thinned to what its scale can show. KeyError for another."""
    scale = WORLD_SCALES[level]
    drawn = read(level, lambda arc: simplified(arc, 0.5 / scale))
    return _file(scale, drawn.polygons, drawn.coast, drawn.border, _labels(drawn.polygons, scale))


def extract(level: str, bounds: Bounds) -> bytes:
    """The file of a neighbourhood in "50m" or "10m", cut at its bounds. Raises KeyError for another level."""
    scale, whole = EXTRACT_SCALES[level], shapes(level)
    box = box_of(bounds)
    cut = Shapes(
        tuple(polygons_in(whole.polygons, box)),
        tuple(lines_in(whole.coast, box)),
        tuple(lines_in(whole.border, box)),
    )
    labels = [label for label in _labels(whole.polygons, scale) if _inside(label, box, scale)]
    edges = [bounds.west, bounds.south, bounds.east, bounds.north]
    return _file(scale, cut.polygons, cut.coast, cut.border, labels, edges)


def box_of(bounds: Bounds) -> Box:
    return world_x(bounds.west), world_y(bounds.north), world_x(bounds.east), world_y(bounds.south)


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
) -> bytes:
    content: dict[str, Any] = {"format": FORMAT, "scale": scale}
    if bounds is not None:
        content["bounds"] = bounds
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
        xs = _crossings(ring, y)
        for left, right in zip(xs[::2], xs[1::2], strict=False):
            worth = (right - left) * (1 - abs(share - 0.5))
            if worth > best:
                best, spot = worth, ((left + right) / 2, y)
    return spot


def _crossings(ring: Points, y: float) -> list[float]:
    after = np.roll(ring, -1, axis=0)
    crosses = (ring[:, 1] < y) != (after[:, 1] < y)
    a, b = ring[crosses], after[crosses]
    xs = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return sorted(float(x) for x in xs)


def _inside(label: dict[str, Any], box: Box, scale: int) -> bool:
    x, y = label["x"] / scale, label["y"] / scale
    return box[1] <= y <= box[3] and any(box[0] <= x + turn <= box[2] for turn in TURNS)
