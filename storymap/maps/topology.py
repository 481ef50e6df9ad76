"""Natural Earth's countries, as npm's world-atlas packs them (TopoJSON), in world coordinates.

Its lines are stitched across the antimeridian, so rings are unwrapped here, and closed round the poles.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from places.geo import MAX_MERCATOR_LATITUDE
from storymap.maps.clipping import Box, Points

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


def source_of(level: str) -> Path:
    if level not in LEVELS:
        raise ValueError(f"the atlas has the levels {', '.join(LEVELS)}, not {level!r}")
    return PACKAGES / "world-atlas" / f"countries-{level}.json"


def codes_source() -> Path:
    return PACKAGES / "i18n-iso-countries" / "codes.json"


@cache
def shapes(level: str) -> Shapes:
    """All of a level, once per process; 10m takes a second or two and some 20 MB."""
    return read(level, lambda arc: arc)


def read(level: str, thinned: Thinning) -> Shapes:
    """All of a level; neighbours share their arcs, so what thins an arc thins both sides alike."""
    topology = json.loads(source_of(level).read_bytes())
    arcs = [thinned(arc) for arc in _arcs(topology)]
    codes = {numeric: alpha2 for alpha2, _, numeric, *_ in json.loads(codes_source().read_bytes())}
    uses = Counter[int]()
    polygons: list[Polygon] = []
    for country in topology["objects"]["countries"]["geometries"]:
        packed = country.get("arcs") or []
        for rings in [packed] if country["type"] == "Polygon" else packed:
            uses.update(max(index, ~index) for index in chain.from_iterable(rings))
            lines = tuple(Line(_ring(arcs, ring)) for ring in rings)
            code = codes.get(country.get("id", ""), "")
            polygons.append(Polygon(code, country["properties"]["name"], lines))
    coast = tuple(Line(arc) for index, arc in enumerate(arcs) if uses[index] == 1)
    border = tuple(Line(arc) for index, arc in enumerate(arcs) if uses[index] > 1)
    return Shapes(tuple(polygons), coast, border)


def _arcs(topology: dict[str, Any]) -> list[Points]:
    scale, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [_world(np.cumsum(np.asarray(arc, float), axis=0) * scale + origin) for arc in topology["arcs"]]


def _world(positions: Points) -> Points:
    lat = np.clip(positions[:, 1], -MAX_MERCATOR_LATITUDE, MAX_MERCATOR_LATITUDE)
    sine = np.sin(np.radians(lat))
    x = (positions[:, 0] + 180) / 360
    x[1:] -= np.cumsum(np.rint(np.diff(x)))  # no step over more than half the globe
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
