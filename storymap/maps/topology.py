"""Natural Earth’s countries as npm’s world-atlas packs them (TopoJSON), cut to a box and thinned."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from places.geo import MAX_MERCATOR_LATITUDE

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]  # least x, least y, greatest x, greatest y


def clip_ring(ring: Points, box: Box) -> Points:
    """What of an open ring lies in the box, as one ring (Sutherland and Hodgman); empty when nothing does."""
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        ring = _clip_side(ring, axis, limit, sign)
        if len(ring) < 3:
            return ring[:0]
    return ring


def crossings(ring: Points, y: float) -> Points:
    """Where the sides of a ring, open or closed, pass a height: their x in no order. A point inside has an odd number
    of them on either hand."""
    after = np.roll(ring, -1, axis=0)
    passes = (ring[:, 1] <= y) != (after[:, 1] <= y)
    a, b = ring[passes], after[passes]
    return a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])


def _clip_side(ring: Points, axis: int, limit: float, sign: int) -> Points:
    depth = sign * (ring[:, axis] - limit)
    inside = depth >= 0
    if inside.all():
        return ring
    following, depth_after = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    crosses = inside != np.roll(inside, -1)
    share = np.divide(depth, depth - depth_after, out=np.zeros_like(depth), where=crosses)
    crossing = ring + share[:, None] * (following - ring)
    crossing[:, axis] = limit
    # every point may be followed by the point where its edge leaves or enters
    both = np.stack((ring, crossing), axis=1).reshape(-1, 2)
    return both[np.stack((inside, crosses), axis=1).ravel()]


def cut_line(line: Points, box: Box) -> list[Points]:
    """The parts of a line that lie in the box (Liang and Barsky, all steps at once)."""
    start, step = line[:-1], np.diff(line, axis=0)
    enter, leave = np.zeros(len(step)), np.ones(len(step))
    for axis in (0, 1):
        for limit, sign in ((box[axis], 1.0), (box[axis + 2], -1.0)):
            depth, change = sign * (start[:, axis] - limit), sign * step[:, axis]
            with np.errstate(divide="ignore", invalid="ignore"):
                at = -depth / change
            enter = np.where(change > 0, np.maximum(enter, at), enter)
            leave = np.where(change < 0, np.minimum(leave, at), leave)
            leave = np.where((change == 0) & (depth < 0), -1.0, leave)
    chosen = np.flatnonzero(enter < leave)
    a = start[chosen] + enter[chosen, None] * step[chosen]
    # a step that ends in the box ends on its point, to the last digit
    b = np.where(leave[chosen, None] == 1, line[chosen + 1], start[chosen] + leave[chosen, None] * step[chosen])
    joined = (np.diff(chosen) == 1) & (leave[chosen[:-1]] == 1) & (enter[chosen[1:]] == 0)
    ends = [0, *(np.flatnonzero(~joined) + 1), len(chosen)]
    return [np.vstack((a[i:j], b[j - 1 : j])) for i, j in pairwise(ends) if j > i]


def simplified(line: Points, tolerance: float) -> Points:
    """The line without the points that lie within `tolerance` of it (Douglas and Peucker); its ends stay."""
    chosen = np.zeros(len(line), bool)
    chosen[[0, -1]] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        i, j = waiting.pop()
        if j - i < 2:
            continue
        away = _distances(line[i + 1 : j], line[i], line[j])
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = i + 1 + farthest
            chosen[middle] = True
            waiting += [(i, middle), (middle, j)]
    return line[chosen]


def _distances(points: Points, a: Points, b: Points) -> Points:
    along = b - a
    length = float(np.hypot(*along))
    if length == 0:
        return np.hypot(*(points - a).T)
    return np.abs(along[0] * (points[:, 1] - a[1]) - along[1] * (points[:, 0] - a[0])) / length


def gridded(line: Points, scale: float) -> NDArray[np.int64]:
    """The line in whole numbers, without points that fall on the one before."""
    grid = np.rint(line * scale).astype(np.int64)
    moved = np.ones(len(grid), bool)
    moved[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    return grid[moved]


def deltas(grid: NDArray[np.int64]) -> list[int]:
    """x0, y0, dx, dy, dx, dy ..."""
    return np.vstack((grid[:1], np.diff(grid, axis=0))).ravel().tolist()


def area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


PACKAGES = Path(__file__).resolve().parents[2] / "node_modules"
LEVELS = ("110m", "50m", "10m")
Thinning = Callable[[Points], Points]


@dataclass(frozen=True, eq=False)
class Line:
    points: Points

    @cached_property
    def box(self) -> Box:
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


@dataclass(frozen=True, eq=False)
class Polygon:
    id: str  # ISO 3166-1 alpha-2, empty when it has none
    name: str  # English
    rings: tuple[Line, ...]  # open; the first is the outer one

    @property
    def box(self) -> Box:
        return self.rings[0].box


@dataclass(frozen=True, eq=False)
class Shapes:
    """World coordinates; x may leave 0..1 where land crosses the antimeridian."""

    polygons: tuple[Polygon, ...]
    coast: tuple[Line, ...]
    border: tuple[Line, ...]


def source_of(level: str, what: str = "countries") -> Path:
    if level not in LEVELS:
        raise ValueError(f"the atlas has the levels {', '.join(LEVELS)}, not {level!r}")
    return PACKAGES / "world-atlas" / f"{what}-{level}.json"


def codes_source() -> Path:
    return PACKAGES / "i18n-iso-countries" / "codes.json"


@cache
def shapes(level: str) -> Shapes:
    """All of a level, once per process; 10m takes a second or two and some 20 MB."""
    return read(level, lambda arc: arc)


def read(level: str, thinned: Thinning) -> Shapes:
    """All of a level; neighbours share their arcs, so what thins an arc thins both sides alike."""
    topology, arcs = _topology_and_arcs(source_of(level), thinned)
    codes = {numeric: alpha2 for alpha2, _, numeric, *_ in json.loads(codes_source().read_bytes())}
    uses = Counter[int]()
    polygons: list[Polygon] = []
    for country in topology["objects"]["countries"]["geometries"]:
        for rings in _polygons(country):
            uses.update(max(index, ~index) for index in chain.from_iterable(rings))
            lines = tuple(Line(_ring(arcs, ring)) for ring in rings)
            code = codes.get(country.get("id", ""), "")
            polygons.append(Polygon(code, country["properties"]["name"], lines))
    coast = tuple(Line(arc) for index, arc in enumerate(arcs) if uses[index] == 1)
    border = tuple(Line(arc) for index, arc in enumerate(arcs) if uses[index] > 1)
    return Shapes(tuple(polygons), coast, border)


def read_land(level: str, thinned: Thinning) -> Shapes:
    """The land of a level in one, without countries; thinned as `read` does."""
    topology, arcs = _topology_and_arcs(source_of(level, "land"), thinned)
    parts = chain.from_iterable(_polygons(part) for part in topology["objects"]["land"]["geometries"])
    polygons = (Polygon("", "", tuple(Line(_ring(arcs, ring)) for ring in rings)) for rings in parts)
    return Shapes(tuple(polygons), tuple(Line(arc) for arc in arcs), ())


def _topology_and_arcs(source: Path, thinned: Thinning) -> tuple[dict[str, Any], list[Points]]:
    topology = json.loads(source.read_bytes())
    return topology, [thinned(arc) for arc in _arcs(topology)]


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Each as its rings of arcs."""
    packed: list[Any] = geometry.get("arcs") or []
    return [packed] if geometry["type"] == "Polygon" else packed


def _arcs(topology: dict[str, Any]) -> list[Points]:
    scale, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [mercator(np.cumsum(np.asarray(arc, float), axis=0) * scale + origin) for arc in topology["arcs"]]


def mercator(positions: Points) -> Points:
    """Degrees, longitude first, in world coordinates; no step goes over more than half the globe."""
    lat = np.clip(positions[:, 1], -MAX_MERCATOR_LATITUDE, MAX_MERCATOR_LATITUDE)
    sine = np.sin(np.radians(lat))
    x = (positions[:, 0] + 180) / 360
    x[1:] -= np.cumsum(np.rint(np.diff(x)))
    return np.column_stack((x, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)))


def _arc(arcs: list[Points], index: int) -> Points:
    """An arc by its number; a number below zero means the arc backwards."""
    return arcs[index] if index >= 0 else arcs[~index][::-1]


def _ring(arcs: list[Points], indices: list[int]) -> Points:
    parts: list[Points] = []
    for index in indices:
        arc = _arc(arcs, index)
        if parts:
            arc = np.add(arc, (round(float(parts[-1][-1, 0] - arc[0, 0])), 0))
        parts.append(arc[1:] if parts else arc)
    points = np.concatenate(parts)
    turns = round(float(points[-1, 0] - points[0, 0]))
    if turns == 0:
        return points[:-1]
    pole = 0.0 if points[0, 1] < 0.5 else 1.0
    return np.vstack((points, [[points[-1, 0], pole], [points[0, 0], pole]]))
