"""What the map of a story shows, chapter by chapter: a Scene, free of an author's text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from places.geo import Bounds, Camera, LatLng, bounds_of
from storymap.maps.neighbourhoods import TYPICAL_WINDOW, NearExtract, nears_of
from storymap.maps.projection import circle_bounds, view_of
from storymap.story.document import ChapterDocument, EventDocument, PlaceDocument, StoryDocument

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WORLD = Camera(center=LatLng(20.0, 0.0), zoom=2.0)  # a story without any place
SMALLEST_RADIUS = 250.0  # metres round a place: a fitted camera never comes closer
ROOM = 0.15  # of an extent is added on each side of fitted places
CLOSEST, FARTHEST = 20, 9  # limits of a story's largest zoom


@dataclass(frozen=True)
class Pin:
    place: str
    number: int
    events: tuple[str, ...]
    aside: bool = False  # nothing that the chapter tells happened there: it is only also concerned


@dataclass(frozen=True)
class ChapterScene:
    slug: str
    camera: Camera
    pins: tuple[Pin, ...]  # in order of first appearance
    moment_cameras: dict[str, Camera]  # by event


@dataclass(frozen=True)
class Scene:
    story: str
    chapters: tuple[ChapterScene, ...]
    nears: tuple[NearExtract, ...]
    max_zoom: int


def scene_of(document: StoryDocument) -> Scene:
    """Raises ValueError when a slug is more than lower case ASCII words joined by hyphens."""
    _check_slugs(document)
    chapters = tuple(_chapter(document, chapter) for chapter in document.chapters)
    cameras = list(dict.fromkeys(_cameras(chapters)))
    return Scene(document.slug, chapters, nears_of(cameras), _max_zoom(cameras))


def pins_of(document: StoryDocument, chapter: ChapterDocument) -> tuple[Pin, ...]:
    """The chapter's places, numbered from 1 in order of first appearance, a journey's in order of travel."""
    by_place: dict[str, list[EventDocument]] = {}
    for moment in chapter.moments:
        event = document.events[moment.event]
        for place in event.places:
            by_place.setdefault(place, []).append(event)
    return tuple(_pin(place, number, events) for number, (place, events) in enumerate(by_place.items(), start=1))


def _pin(place: str, number: int, events: list[EventDocument]) -> Pin:
    aside = not any(place == event.place or (event.journey and place in event.journey.stops) for event in events)
    return Pin(place, number, tuple(event.slug for event in events), aside)


def camera_of(document: StoryDocument, chapter: ChapterDocument) -> Camera:
    """The chapter's own camera, or one that fits its places, or the story's places, or the world."""
    if chapter.camera is not None:
        return chapter.camera
    own = [document.places[pin.place] for pin in pins_of(document, chapter)]
    return fitted(own or document.places.values())


def fitted(places: Iterable[PlaceDocument]) -> Camera:
    """The closest camera that shows every place with all of the circle in which it may lie."""
    corners: list[LatLng] = []
    for place in places:
        around = circle_bounds(place.at, max(place.radius, SMALLEST_RADIUS))
        # with the place itself between them, a wide circle is not taken for the narrow rest of the globe
        corners += [place.at, LatLng(around.south, around.west), LatLng(around.north, around.east)]
    bounds = bounds_of(corners)
    if bounds is None:
        return WORLD
    high, wide = (bounds.north - bounds.south) * ROOM, (bounds.east - bounds.west) * ROOM
    return Camera(
        bounds=Bounds(
            max(-360.0, bounds.west - wide),
            max(-85.0, bounds.south - high),
            min(360.0, bounds.east + wide),
            min(85.0, bounds.north + high),
        )
    )


def _chapter(document: StoryDocument, chapter: ChapterDocument) -> ChapterScene:
    moments = {moment.event: moment.camera for moment in chapter.moments if moment.camera is not None}
    return ChapterScene(chapter.slug, camera_of(document, chapter), pins_of(document, chapter), moments)


def _cameras(chapters: Iterable[ChapterScene]) -> Iterator[Camera]:
    for chapter in chapters:
        yield chapter.camera
        yield from chapter.moment_cameras.values()


def _max_zoom(cameras: Iterable[Camera]) -> int:
    """One step beyond the closest camera, so that a reader can look a little closer everywhere."""
    closest = max((view_of(camera, *TYPICAL_WINDOW).zoom for camera in cameras), default=0.0)
    return max(FARTHEST, min(CLOSEST, math.ceil(closest) + 1))


def _check_slugs(document: StoryDocument) -> None:
    """Slugs are the only words of an author that reach the map's script."""
    chapters = (chapter.slug for chapter in document.chapters)
    for slug in (document.slug, *chapters, *document.events, *document.places):
        if not SLUG.fullmatch(slug):
            raise ValueError(f"{slug!r} is no slug: lower case letters, digits and single hyphens only")
