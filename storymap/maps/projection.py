"""Spherical Web Mercator (EPSG:3857) as a unit square, the view that a camera asks for, and pins moved apart in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from places.geo import MAX_MERCATOR_LATITUDE, Bounds, Camera, LatLng
from storymap.maps.sheet import ACCENT, MUTED, PAPER, At, Sheet, fade

TILE = 256  # pixels across the world at zoom 0
EQUATOR = 40_075_016.686  # metres
EARTH_RADIUS = 6_371_008.8  # metres, mean
METRES_PER_DEGREE = 111_195.0  # of latitude


def world_x(lng: float) -> float:
    return (lng + 180) / 360


def world_y(lat: float) -> float:
    sine = math.sin(math.radians(max(-MAX_MERCATOR_LATITUDE, min(MAX_MERCATOR_LATITUDE, lat))))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def longitude(x: float) -> float:
    return x * 360 - 180


def world_box(bounds: Bounds) -> tuple[float, float, float, float]:
    """Least x, least y, greatest x, greatest y."""
    return world_x(bounds.west), world_y(bounds.north), world_x(bounds.east), world_y(bounds.south)


def metres_per_pixel(lat: float, zoom: float) -> float:
    return EQUATOR * math.cos(math.radians(lat)) / (TILE * 2**zoom)


@dataclass(frozen=True)
class Viewport:
    """A window of width x height pixels on the world at a zoom; pixels count from its upper left corner."""

    center: LatLng
    zoom: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels across the whole world."""
        return TILE * 2**self.zoom

    @property
    def left(self) -> float:
        return world_x(self.center.lng) * self.scale - self.width / 2

    @property
    def top(self) -> float:
        return world_y(self.center.lat) * self.scale - self.height / 2

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, north, east, south edges in world coordinates."""
        scale = self.scale
        return (
            self.left / scale,
            self.top / scale,
            (self.left + self.width) / scale,
            (self.top + self.height) / scale,
        )

    @property
    def bounds(self) -> Bounds:
        """The extent in degrees, cut at the edges of the map and at a turn and a half of longitude."""
        west, north, east, south = self.box
        return Bounds(
            max(-360.0, longitude(west)),
            latitude(min(1.0, south)),
            min(360.0, longitude(east)),
            latitude(max(0.0, north)),
        )

    def pixel(self, at: LatLng) -> tuple[float, float]:
        scale = self.scale
        return world_x(at.lng) * scale - self.left, world_y(at.lat) * scale - self.top


def viewport_of(camera: Camera, width: float, height: float, padding: float = 0, max_zoom: float = 19) -> Viewport:
    """What a camera shows in a window: its centre and zoom, or the closest zoom at which its extent fits."""
    if camera.center is not None and camera.zoom is not None:
        return Viewport(camera.center, camera.zoom, width, height)
    b = cast(Bounds, camera.bounds)  # Camera sees to it that there is one or the other
    left, top, right, bottom = world_box(b)
    across, down = max(right - left, 1e-9), max(bottom - top, 1e-9)
    room = max(width - 2 * padding, 1), max(height - 2 * padding, 1)
    zoom = math.log2(min(room[0] / across, room[1] / down) / TILE)
    middle = LatLng(latitude((bottom + top) / 2), (b.west + b.east) / 2)
    return Viewport(middle, max(0.0, min(max_zoom, zoom)), width, height)


def circle_bounds(center: LatLng, radius: float) -> Bounds:
    """The extent of a circle in metres, cut at the edges of the map; a circle round a pole takes in every longitude."""
    high = radius / METRES_PER_DEGREE
    limit = MAX_MERCATOR_LATITUDE
    south, north = max(-limit, center.lat - high), min(limit, center.lat + high)
    shrink = math.cos(math.radians(max(abs(south), abs(north))))
    wide = min(180.0, high / max(shrink, 1e-6))
    west, east = max(-360.0, center.lng - wide), min(360.0, center.lng + wide)
    return Bounds(west, min(south, north), east, max(south, north))


def circle(center: LatLng, radius: float, points: int = 72) -> list[LatLng]:
    """The points at `radius` metres from the centre, clockwise from the north, unwrapped round the centre."""
    lat, angle = math.radians(center.lat), radius / EARTH_RADIUS
    ring: list[LatLng] = []
    for i in range(points):
        bearing = 2 * math.pi * i / points
        sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
        east = math.atan2(math.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * sine)
        lng = max(-360.0, min(360.0, center.lng + math.degrees(east)))
        ring.append(LatLng(math.degrees(math.asin(max(-1.0, min(1.0, sine)))), lng))
    return ring


ROUNDS = 80  # of pushing apart
CROWD = 150  # pins: more have no room to be moved apart, and their pairs take a minute
EDGE = 44.0  # pixels from the edge of the picture to a pin there
PIN_ROOM, EDGE_ROOM = 18.0, 36.0  # pixels round a pin; one at the edge has its distance written below
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))  # pins on one point start in different directions
ARROW = ((28.0, 0.0), (18.0, 0.38), (18.0, -0.38))  # polar, round its pin


@dataclass(frozen=True)
class Marker:
    number: int
    pixel: At  # where the place is; outside the picture, a point on the way there
    rest: At  # where the pin would like to be: there, or at the edge of the picture
    outside: bool = False
    length: str = ""  # how far away it is, in words; empty when that is not known or not asked


def spread(markers: Sequence[Marker], frame: At) -> list[At]:
    """A position for each marker, near its place or at the edge towards it, where no two overlap if there is room."""
    room = [EDGE_ROOM if marker.outside else PIN_ROOM for marker in markers]
    at = [_start(marker, index) for index, marker in enumerate(markers)]
    if len(markers) > CROWD:
        return [_inside(pixel, frame, r + 8) for pixel, r in zip(at, room, strict=True)]
    for _ in range(ROUNDS):
        pushed = [_push(at, i, j, room[i] + room[j]) for i in range(len(at)) for j in range(i)]
        at = [_inside(pixel, frame, r + 8) for pixel, r in zip(at, room, strict=True)]
        if not any(pushed):
            break
    return at


def _start(marker: Marker, index: int) -> At:
    angle = index * GOLDEN_ANGLE
    return marker.rest[0] + 0.01 * math.cos(angle), marker.rest[1] + 0.01 * math.sin(angle)


def _push(at: list[At], i: int, j: int, apart: float) -> bool:
    away = math.dist(at[i], at[j])
    if away >= apart - 0.1:
        return False
    if away == 0:  # two were pressed into one corner
        away, at[i] = 0.01, (at[i][0] + 0.01, at[i][1])
    x, y = ((at[i][k] - at[j][k]) / away * (apart - away) / 2 for k in (0, 1))
    at[i], at[j] = (at[i][0] + x, at[i][1] + y), (at[j][0] - x, at[j][1] - y)
    return True


def _inside(pixel: At, frame: At, margin: float) -> At:
    return min(max(pixel[0], margin), frame[0] - margin), min(max(pixel[1], margin), frame[1] - margin)


def draw_leader(sheet: Sheet, marker: Marker, at: At) -> None:
    """From a pin that was moved aside to its place."""
    if math.dist(at, marker.pixel) > 3:
        sheet.line([marker.pixel, at], fade(PAPER, 0.9), 4.0)
        sheet.line([marker.pixel, at], ACCENT, 1.5)
        sheet.disc(marker.pixel, 5.0, PAPER)
        sheet.disc(marker.pixel, 3.2, ACCENT)


def draw_pointer(sheet: Sheet, marker: Marker, at: At) -> None:
    """From a pin at the edge on towards its place, and how far that is when it is known."""
    angle = math.atan2(marker.pixel[1] - at[1], marker.pixel[0] - at[0])
    sheet.shape([(at[0] + r * math.cos(angle + t), at[1] + r * math.sin(angle + t)) for r, t in ARROW], ACCENT)
    below = -26 if math.sin(angle) > 0.3 else 26
    if marker.length:
        sheet.words((at[0], at[1] + below), marker.length, 12, MUTED, halo=PAPER)
