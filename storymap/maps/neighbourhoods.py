"""Where the atlas is needed in detail: the neighbourhoods of the close cameras."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from places.geo import MAX_MERCATOR_LATITUDE, Bounds, Camera
from storymap.maps.projection import View, view_of

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
    wanted = (_near(camera) for camera in cameras)
    merged: list[NearExtract] = []
    for near in dict.fromkeys(near for near in wanted if near is not None):
        grown = _grow(near, merged)
        if grown not in merged:
            merged.append(grown)
    return tuple(sorted(merged, key=lambda near: (near.detail, near.bounds.west, near.bounds.south)))


def _near(camera: Camera) -> NearExtract | None:
    zoom = view_of(camera, *TYPICAL_WINDOW).zoom
    if zoom <= FAR_ZOOM:
        return None
    detail = "50m" if zoom <= MIDDLE_ZOOM else "10m"
    # small screens show an extent from further away
    lowest = FAR_ZOOM if detail == "50m" else max(FAR_ZOOM, min(6.0, math.floor(zoom) - 2.0))
    views = (view_of(camera, *TYPICAL_WINDOW), view_of(camera, *LARGE_WINDOW))
    return NearExtract(_around(views, SMALLEST[detail]), lowest, detail)


def _around(views: tuple[View, ...], smallest: float) -> Bounds:
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
