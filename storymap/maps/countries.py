"""Which country a position lies in, as far as Natural Earth's finest level knows."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from places.countries import AT_SEA, is_disputed
from places.geo import LatLng
from storymap.maps.projection import world_x, world_y
from storymap.maps.topology import Points, Polygon, crossings, shapes

LEVEL = "10m"
EQUATOR = 40_075_017  # metres: the width of the world
DOUBT = 2_000  # metres: so far a border of this level may lie beside the true one
NEAR = 20_000  # metres from a coast: territorial waters, and harbours beyond a thinned coast
SEARCHED = 0.01  # of the world's width: NEAR and DOUBT, also at 85 degrees


def country_at(at: LatLng) -> str:
    """ISO 3166-1 alpha-2, or AT_SEA. Empty where a map must not decide: on land that has no code, so near to a
    border that the other side is as likely, and in a disputed area."""
    if is_disputed(at):
        return ""
    x, y = world_x(at.lng), world_y(at.lat)
    scale = EQUATOR * max(math.cos(math.radians(at.lat)), 0.01)
    away = [(_distance(polygon, x, y) * scale, polygon.id) for polygon in _polygons_near(x, y)]
    closest = min(away, default=(math.inf, ""))[0]
    if closest > NEAR:
        return AT_SEA
    possible = {code for metres, code in away if metres <= closest + DOUBT}
    return possible.pop() if len(possible) == 1 else ""


def country_of(at: LatLng, said: str) -> str:
    """The country that a search service says, but in a disputed area; where it says none, the map's."""
    return country_at(at) if not said or is_disputed(at) else said


def _polygons_near(x: float, y: float) -> list[Polygon]:
    west, north, east, south = _boxes()
    across = np.zeros(len(west), bool)
    for turn in (-1, 0, 1):
        across |= (west <= x + turn) & (x + turn <= east)
    polygons = shapes(LEVEL).polygons
    return [polygons[n] for n in np.flatnonzero(across & (north <= y) & (y <= south))]


@cache
def _boxes() -> tuple[Points, ...]:
    """The edges of all polygons, a little wider."""
    west, north, east, south = np.array([polygon.box for polygon in shapes(LEVEL).polygons]).T
    return west - SEARCHED, north - SEARCHED, east + SEARCHED, south + SEARCHED


def _holds(polygon: Polygon, x: float, y: float) -> bool:
    """By the even-odd rule over all rings, so that holes count."""
    crossed = sum(int((crossings(ring.points, y) > x).sum()) for ring in polygon.rings)
    return crossed % 2 == 1


@cache
def _closed(polygon: Polygon) -> tuple[Points, ...]:
    return tuple(np.vstack((ring.points, ring.points[:1])) for ring in polygon.rings)


def _distance(polygon: Polygon, x: float, y: float) -> float:
    """From the position to the polygon, in widths of the world; 0 inside."""
    return min(_distance_there(polygon, x + turn, y) for turn in (-1, 0, 1))


def _distance_there(polygon: Polygon, x: float, y: float) -> float:
    return 0.0 if _holds(polygon, x, y) else min(_to_ring(ring, x, y) for ring in _closed(polygon))


def _to_ring(ring: Points, x: float, y: float) -> float:
    """To the nearest point of its edges, not only of its corners."""
    start, edge = ring[:-1] - (x, y), np.diff(ring, axis=0)
    long = np.maximum((edge**2).sum(axis=1), 1e-30)
    along = np.clip(-(start * edge).sum(axis=1) / long, 0, 1)[:, None]
    return float(np.hypot(*(start + along * edge).T).min())
