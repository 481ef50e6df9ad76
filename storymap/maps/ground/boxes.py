"""Which parts of the world a story needs streets of: those that its closer cameras show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from places.geo import MAX_MERCATOR_LATITUDE, Bounds, Camera
from storymap.maps.atlas import LARGE_WINDOW, TYPICAL_WINDOW
from storymap.maps.ground.extract_file import MAX_ZOOM
from storymap.maps.projection import viewport_of, world_box
from storymap.maps.scene import camera_of
from storymap.story.document import StoryDocument
from storymap.story.extract_head import CLOSE

SMALL_WINDOW = 390, 500  # pixels: a phone shows an extent from further away
FARTHER, CLOSER = 2, 2  # zooms that a reader may go from the camera, and still see streets, and see them smooth
STEP = 0.001  # degrees: edges lie on this grid, so that small moves of a camera keep the box
ALIKE = 1.5  # zooms: cameras of one neighbourhood differ by no more
WASTE = 1.4  # a box round two may be so many times as large as both together
SHOWN_FROM = {  # the zoom of a camera at which it is worth its bytes
    **dict.fromkeys(("sea", "water", "park", "motorway", "main", "river", "city", "district"), CLOSE),
    "rail": 12.0,
    "block": 13.0,
    "local": 13.5,
    "square": 14.0,
    "path": 15.0,
    "building": 15.25,
}


@dataclass(frozen=True)
class Box:
    """`zoom` is the closest of its cameras; `min_zoom` the one from which streets are drawn there."""

    bounds: Bounds
    min_zoom: int
    zoom: float
    name: str = ""  # of the chapter that shows it first

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of the ground that can be seen at its zoom."""
        return frozenset(kind for kind, zoom in SHOWN_FROM.items() if zoom <= max(self.zoom, CLOSE))

    @property
    def max_zoom(self) -> int:
        """Up to which its lines are smooth."""
        return min(MAX_ZOOM, math.ceil(self.zoom) + CLOSER)


def boxes_of(document: StoryDocument) -> tuple[Box, ...]:
    """Those of all chapters and moments on the earth whose cameras are close; one where they overlap and are alike."""
    merged: list[Box] = []
    for name, camera in _cameras(document):
        if (box := box_of_camera(camera, name)) is not None:
            merged = _merged(merged, box)
    return tuple(merged)


def box_of_bounds(bounds: Bounds, name: str = "") -> Box:
    """For bounds that somebody has chosen: taken as they are. Raises ValueError when they have no area."""
    if bounds.west == bounds.east or bounds.south == bounds.north:
        raise ValueError("these bounds have no width or no height")
    zoom = viewport_of(Camera(bounds=bounds), *TYPICAL_WINDOW).zoom
    return Box(bounds, _min_zoom(zoom), zoom, name)


def _cameras(document: StoryDocument) -> Iterator[tuple[str, Camera]]:
    for chapter in document.chapters:
        if not chapter.stage:
            yield chapter.slug, camera_of(document, chapter)
            yield from ((chapter.slug, moment.camera) for moment in chapter.moments if moment.camera is not None)


def box_of_camera(camera: Camera, name: str = "") -> Box | None:
    """With a margin for large screens and for phones; None where the camera is not close."""
    views = [viewport_of(camera, *window) for window in (TYPICAL_WINDOW, LARGE_WINDOW, SMALL_WINDOW)]
    if views[0].zoom < CLOSE:
        return None
    bounds = _gridded(_bounds_of_all(view.bounds for view in views))
    return Box(bounds, _min_zoom(min(view.zoom for view in views)), views[0].zoom, name)


def _min_zoom(zoom: float) -> int:
    return max(0, math.floor(zoom) - FARTHER)


def _gridded(bounds: Bounds) -> Bounds:
    limit = MAX_MERCATOR_LATITUDE

    def outwards(value: float) -> float:
        return round(math.ceil(round(value / STEP, 6)) * STEP, 6)

    west, south = -outwards(-bounds.west), -outwards(-bounds.south)
    east, north = outwards(bounds.east), outwards(bounds.north)
    return Bounds(max(-360.0, west), max(-limit, south), min(360.0, east), min(limit, north))


def _merged(boxes: Sequence[Box], box: Box) -> list[Box]:
    """The boxes and one more, which takes in those that overlap it and are like it."""
    other = next((other for other in boxes if _may_join(other, box)), None)
    if other is None:
        return [*boxes, box]
    return _merged([one for one in boxes if one is not other], _union(other, box))


def _may_join(a: Box, b: Box) -> bool:
    if abs(a.zoom - b.zoom) > ALIKE:
        return False
    one, two = a.bounds, b.bounds
    if one.west > two.east or two.west > one.east or one.south > two.north or two.south > one.north:
        return False
    return _size(_bounds_of_all((one, two))) <= WASTE * (_size(one) + _size(two) - _size_of_overlap(one, two))


def _union(a: Box, b: Box) -> Box:
    """Named by the one that came first."""
    bounds = _bounds_of_all((a.bounds, b.bounds))
    return replace(a, bounds=bounds, min_zoom=min(a.min_zoom, b.min_zoom), zoom=max(a.zoom, b.zoom))


def _bounds_of_all(several: Iterable[Bounds]) -> Bounds:
    each = list(several)
    return Bounds(
        min(b.west for b in each), min(b.south for b in each), max(b.east for b in each), max(b.north for b in each)
    )


def _size(bounds: Bounds) -> float:
    """In the plane of the map."""
    west, north, east, south = world_box(bounds)
    return (east - west) * (south - north)


def _size_of_overlap(a: Bounds, b: Bounds) -> float:
    return _size(Bounds(max(a.west, b.west), max(a.south, b.south), min(a.east, b.east), min(a.north, b.north)))
