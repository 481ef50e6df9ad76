"""Which country a position lies in, as far as Natural Earth's middle level knows. Pure."""

from __future__ import annotations

from functools import cache

import numpy as np

from places.countries import AT_SEA
from places.geo import LatLng
from storymap.maps.clipping import Points
from storymap.maps.projection import world_x, world_y
from storymap.maps.topology import Polygon, shapes

LEVEL = "50m"
NEAR = 0.0005  # of the world's width, some 20 km: territorial waters, and harbours beyond a thinned coast


def country_at(at: LatLng) -> str:
    """ISO 3166-1 alpha-2, or AT_SEA; empty on land that has no code."""
    x, y = world_x(at.lng), world_y(at.lat)
    near = _near(x, y)
    for polygon in near:
        if any(_holds(polygon, x + turn, y) for turn in (-1, 0, 1)):
            return polygon.id
    distances = [(_distance(polygon, x, y), polygon.id) for polygon in near]
    closest = min(distances, default=(1.0, ""))
    return closest[1] if closest[0] <= NEAR else AT_SEA


def _near(x: float, y: float) -> list[Polygon]:
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
    return west - NEAR, north - NEAR, east + NEAR, south + NEAR


def _holds(polygon: Polygon, x: float, y: float) -> bool:
    """By the even-odd rule over all rings, so that holes count."""
    crossed = 0
    for ring in _closed(polygon):
        ax, ay, bx, by = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
        spans = (ay > y) != (by > y)
        at = ax[spans] + (y - ay[spans]) / (by[spans] - ay[spans]) * (bx[spans] - ax[spans])
        crossed += int((at > x).sum())
    return crossed % 2 == 1


@cache
def _closed(polygon: Polygon) -> tuple[Points, ...]:
    return tuple(np.vstack((ring.points, ring.points[:1])) for ring in polygon.rings)


def _distance(polygon: Polygon, x: float, y: float) -> float:
    points = polygon.rings[0].points
    across = np.abs(points[:, 0] - x)
    return float(np.hypot(np.minimum(across, np.abs(across - 1)), points[:, 1] - y).min())
