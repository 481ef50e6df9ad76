"""Close views of the earth: without streets they show an empty plain."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from places.geo import Bounds, Camera, LatLng, bounds_of
from storymap.story.extract_head import BARE
from storymap.story.problem import Problem, warning
from storymap.story.storyfile import ChapterEntry, EventEntry, StoryFile, entries_in

WINDOW = 960, 640  # pixels, to estimate the zoom of a camera that gives an extent
TILE = 256
SMALLEST = 500 / 111_320  # degrees: places are never shown closer


def bare_views(chapter: ChapterEntry, told: list[EventEntry], story: StoryFile, where: str) -> Iterator[Problem]:
    """The chapter's camera, and those of its moments, that come close where no basemap extract lies."""
    if chapter.stage or settings.STORYMAP_TILES_URL or settings.STORYMAP_PMTILES_URL:
        return
    views = [chapter.camera or _fitted_camera(told, story), *(moment.camera for moment in chapter.moments)]
    if any(camera and _is_bare(camera, story) for camera in views):
        yield warning(
            f"{where}/streets",
            _(
                "The map comes closer than zoom %(zoom)d, where it shows no streets. Lay streets under it on the page "
                "“Streets” of the story, or choose a wider view."
            )
            % {"zoom": BARE},
        )


def _is_bare(camera: Camera, story: StoryFile) -> bool:
    zoom, at = _zoom(camera), camera.bounds.center if camera.bounds else camera.center
    if at is None or zoom <= BARE:
        return False
    heads = [entry.head for entry in entries_in(story, "extracts") if entry.head]
    return not any(
        head.min_zoom <= zoom
        and head.bounds.south <= at.lat <= head.bounds.north
        and any(head.bounds.west <= at.lng + turn <= head.bounds.east for turn in (-360, 0, 360))
        for head in heads
    )


def _zoom(camera: Camera) -> float:
    if camera.bounds is None:
        return camera.zoom or 0.0
    wide, high = camera.bounds.east - camera.bounds.west, camera.bounds.north - camera.bounds.south
    squeezed = math.cos(math.radians(camera.bounds.center.lat))
    fitting = (WINDOW[0] / max(wide, 1e-6), WINDOW[1] * squeezed / max(high, 1e-6))
    return math.log2(max(1.0, min(fitting) * 360 / TILE))


def _fitted_camera(told: Iterable[EventEntry], story: StoryFile) -> Camera | None:
    """About what readers see of a chapter without a camera: its places."""
    slugs = {slug for event in told for slug in event.places}
    corners = [place for place in story.places if place.slug in slugs]
    around = bounds_of([LatLng(place.lat, place.lng) for place in corners])
    if around is None:
        return None
    west, east = around.west - SMALLEST / 2, around.east + SMALLEST / 2
    return Camera(bounds=Bounds(west, around.south - SMALLEST / 2, east, around.north + SMALLEST / 2))
