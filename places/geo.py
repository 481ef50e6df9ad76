"""Where things are: positions, extents and the lines between them, in WGS84 degrees and metres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geopy.distance import geodesic

TIMES_UNCERTAINTY = 10.0  # also in measures.js; a test holds both to the same cases
MAX_MERCATOR_LATITUDE = 85.0511287798  # beyond it Web Mercator (EPSG:3857) has no square world


def _finite(name: str, value: float, low: float, high: float) -> None:
    if not math.isfinite(value) or not low <= value <= high:
        raise ValueError(f"{name} must be a number from {low:g} to {high:g} degrees, not {value}")


@dataclass(frozen=True, order=True)
class LatLng:
    """A position in degrees WGS84. Longitudes may run to ±360 so that a view can cross the antimeridian."""

    lat: float
    lng: float

    def __post_init__(self) -> None:
        _finite("lat", self.lat, -90, 90)
        _finite("lng", self.lng, -360, 360)


@dataclass(frozen=True)
class Bounds:
    """An extent in degrees; `west` may lie below -180, or `east` above 180, when it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        _finite("west", self.west, -360, 360)
        _finite("east", self.east, -360, 360)
        _finite("south", self.south, -90, 90)
        _finite("north", self.north, -90, 90)
        if self.south > self.north:
            raise ValueError(f"south ({self.south}) must not be above north ({self.north})")
        if self.west > self.east:
            raise ValueError(f"west ({self.west}) must not be right of east ({self.east})")

    @property
    def center(self) -> LatLng:
        return LatLng((self.south + self.north) / 2, (self.west + self.east) / 2)

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """West, south, east, north, as GeoJSON orders a bounding box (RFC 7946, section 5)."""
        return self.west, self.south, self.east, self.north

    def holds(self, at: LatLng) -> bool:
        return self.south <= at.lat <= self.north and self.west <= at.lng <= self.east


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Whether two boxes do, each with its least x and y and its greatest; neighbours that share an edge do not."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@dataclass(frozen=True)
class Camera:
    """What a reader's map shows: a centre with a zoom (256 px tiles), or an extent that must fit."""

    center: LatLng | None = None
    zoom: float | None = None
    bounds: Bounds | None = None

    def __post_init__(self) -> None:
        given = (self.center is not None, self.zoom is not None, self.bounds is not None)
        if given not in ((True, True, False), (False, False, True)):
            raise ValueError("a camera has either a center and a zoom, or bounds")
        if self.zoom is not None and not 0 <= self.zoom <= 22:
            raise ValueError(f"zoom must be from 0 to 22, not {self.zoom}")


def distance(a: LatLng, b: LatLng) -> float:
    """Length in metres of the shortest line over the ellipsoid (Karney 2013, by geographiclib)."""
    return float(geodesic((a.lat, a.lng), (b.lat, b.lng)).meters)


def is_length_known(metres: float, *radii: float) -> bool:
    """Whether a distance or a ring may be shown: it is ten times as long as each of its ends is uncertain (metres)."""
    return all(metres >= TIMES_UNCERTAINTY * radius for radius in radii)


def _vector(p: LatLng) -> tuple[float, float, float]:
    lat, lng = math.radians(p.lat), math.radians(p.lng)
    return math.cos(lat) * math.cos(lng), math.cos(lat) * math.sin(lng), math.sin(lat)


def arc(a: LatLng, b: LatLng, points: int = 48) -> list[LatLng]:
    """The great circle from a to b, unwrapped: neighbours never differ by more than 180 degrees of longitude."""
    u, v = _vector(a), _vector(b)
    angle = math.acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(u, v, strict=True)))))
    if angle < 1e-9 or math.pi - angle < 1e-9:
        return [a, LatLng(b.lat, unwrapped(b.lng, a.lng))]
    line: list[LatLng] = []
    for i in range(points + 1):
        s = math.sin((1 - i / points) * angle) / math.sin(angle)
        t = math.sin(i / points * angle) / math.sin(angle)
        x, y, z = (s * p + t * q for p, q in zip(u, v, strict=True))
        lng = math.degrees(math.atan2(y, x))
        line.append(
            LatLng(math.degrees(math.atan2(z, math.hypot(x, y))), unwrapped(lng, line[-1].lng if line else a.lng))
        )
    return line


def unwrapped(lng: float, near: float) -> float:
    """The longitude that names the same meridian and lies within 180 degrees of `near`."""
    return lng - 360 * round((lng - near) / 360)


def bounds_of(points: list[LatLng]) -> Bounds | None:
    """The smallest extent around all points, going the short way round the antimeridian; None without points.

    Its centre lies within ±180 degrees.
    """
    if not points:
        return None
    lngs = sorted({unwrapped(p.lng, 0) for p in points})
    gaps = [(b - a, i) for i, (a, b) in enumerate(zip(lngs, lngs[1:], strict=False))]
    gaps.append((lngs[0] + 360 - lngs[-1], len(lngs) - 1))
    _, widest = max(gaps)
    west, east = lngs[(widest + 1) % len(lngs)], lngs[widest]
    if west > east and west + east > 0:
        west -= 360
    elif west > east:
        east += 360
    lats = [p.lat for p in points]
    return Bounds(west, min(lats), east, max(lats))
