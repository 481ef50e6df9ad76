"""What the map of a story shows, chapter by chapter: a Scene with journeys and overlays, without author text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from places.geo import Bounds, Camera, LatLng, arc, bounds_of, distance, is_length_known, overlap
from places.statuses import ClaimStatus
from storymap.maps.atlas import TYPICAL_WINDOW, NearExtract, nears_of
from storymap.maps.geometries import Geometry, Position, shape, unwrapped_line
from storymap.maps.picture import bounds_of as picture_bounds, position
from storymap.maps.projection import Viewport, circle_bounds, viewport_of, world_box
from storymap.stage import WHOLE, At, Spot
from storymap.story.document import (
    ChapterDocument,
    EventDocument,
    ExtractDocument,
    MomentDocument,
    PictureFile,
    PlaceDocument,
    StageDocument,
    StoryDocument,
)

STEP = 100_000.0  # metres between the points of a line, which is finer than the eye on any screen


@dataclass(frozen=True)
class Leg:
    """From one stop to the next, which lies elsewhere."""

    start: PlaceDocument
    end: PlaceDocument

    @property
    def distance(self) -> float:
        """Metres over the ellipsoid between the two points by which the stops are drawn."""
        return distance(self.start.at, self.end.at)

    @property
    def metres(self) -> float | None:
        """The same for readers; None where the ends are not known well enough."""
        known = is_length_known(self.distance, self.start.radius, self.end.radius)
        return self.distance if known else None

    @property
    def line(self) -> list[Position]:
        """The shortest way over the globe as (longitude, latitude), running on across the antimeridian."""
        return arc_line([self.start.at, self.end.at])


def legs_of(document: StoryDocument, event: EventDocument) -> list[Leg]:
    """In order of travel; none where the event tells of no journey."""
    stops = [document.places[slug] for slug in (event.journey.stops if event.journey else ())]
    return [Leg(a, b) for a, b in pairwise(stops) if a.at != b.at]


def is_flown(event: EventDocument) -> bool:
    """Whether the shortest way over the globe is about the way that was taken."""
    return event.journey is not None and event.journey.mode == "air"


def length_of(legs: Sequence[Leg]) -> float | None:
    """Metres in straight lines from stop to stop; None where one has no length to tell, or there is none."""
    lengths = [leg.metres for leg in legs]
    return sum(known for known in lengths if known) if lengths and None not in lengths else None


def journey_line(legs: Sequence[Leg]) -> list[Position]:
    """The lines of all legs as one."""
    return arc_line([leg.start.at for leg in legs[:1]] + [leg.end.at for leg in legs])


def arc_line(stations: Sequence[LatLng]) -> list[Position]:
    """Arcs of great circles from each to the next as (longitude, latitude), running on across the antimeridian."""
    line: list[Position] = []
    for a, b in pairwise(stations):
        points = max(2, min(96, round(distance(a, b) / STEP)))
        line += [(point.lng, point.lat) for point in arc(a, b, points)][1 if line else 0 :]
    return unwrapped_line(line)


Kind = Literal["point", "line", "area"]
KINDS: dict[str, Kind] = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}
WORDS = ("name", "note", "source", "credit")  # what it may say of itself


@dataclass(frozen=True)
class Drawn:
    """One geometry of a feature. Coordinates are the author's, of the GeoJSON type `type` (RFC 7946)."""

    type: str
    coordinates: Any
    words: dict[str, str]

    @property
    def kind(self) -> Kind:
        return KINDS[self.type]

    @property
    def schematic(self) -> bool:
        """Whether it is drawn freely: its outline is a measured fact only when it names a source."""
        return not self.words.get("source", "").strip()

    @property
    def geometry(self) -> Geometry:
        """As the standard wants it: cut at the antimeridian, turned, without heights."""
        return shape(self.type, self.coordinates)

    @property
    def metres(self) -> float:
        """The length of a line over the ellipsoid, as it is drawn; 0 of anything else."""
        if self.kind != "line":
            return 0.0
        lines = [self.coordinates] if self.type == "LineString" else self.coordinates
        return sum(distance(_at(a), _at(b)) for line in lines for a, b in pairwise(line))


def drawn_on_map(chapter: ChapterDocument) -> Iterator[Drawn]:
    """What the map of the chapter shows of it: on a picture nothing."""
    return iter(()) if chapter.stage else drawn_in(chapter)


def drawn_in(chapter: ChapterDocument) -> Iterator[Drawn]:
    """Everything in the chapter's overlay; the parts of a collection one by one, with the words of the whole."""
    for feature in (chapter.overlay or {}).get("features") or ():
        words = feature.get("properties") or {}
        texts = {key: words[key] for key in WORDS if isinstance(words.get(key), str)}
        for part in _parts(feature.get("geometry") or {}):
            if part.get("type") in KINDS and part.get("coordinates"):
                yield Drawn(part["type"], part["coordinates"], texts)


def _parts(geometry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if geometry.get("type") == "GeometryCollection":
        for part in geometry.get("geometries") or ():
            yield from _parts(part)
    else:
        yield geometry


def _at(position: list[float]) -> LatLng:
    return LatLng(position[1], position[0])


SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WORLD = Camera(center=LatLng(20.0, 0.0), zoom=2.0)  # a story without any place
SMALLEST_RADIUS = 250.0  # metres round a place: a fitted camera never comes closer
ROOM = 0.15  # of an extent is added on each side of fitted places
CLOSEST, FARTHEST = 20, 9  # limits of a story's largest zoom


@dataclass(frozen=True)
class Pin:
    place: str  # its slug; on a picture that of the chapter and of the first event there: house/door-opens
    number: int
    events: tuple[str, ...]
    aside: bool = False  # nothing that the chapter tells happened there: it is only also concerned
    spot: LatLng | None = None  # where it stands on a picture


@dataclass(frozen=True)
class ChapterScene:
    slug: str
    camera: Camera
    pins: tuple[Pin, ...]  # in order of first appearance
    moment_cameras: dict[str, Camera]  # by event
    picture: PictureFile | None = None  # in place of the earth


@dataclass(frozen=True)
class Streets:
    """A basemap extract of the story, to be drawn from `min_zoom` on."""

    bounds: Bounds
    min_zoom: float
    file: str  # its stored name


@dataclass(frozen=True)
class Scene:
    story: str
    chapters: tuple[ChapterScene, ...]
    cover: Camera | None  # of all places; a story without any begins with the view of its first chapter
    nears: tuple[NearExtract, ...]
    max_zoom: int
    extracts: tuple[Streets, ...] = ()

    @property
    def pictures(self) -> tuple[PictureFile, ...]:
        """Those that take the place of the earth, each once."""
        return tuple(dict.fromkeys(chapter.picture for chapter in self.chapters if chapter.picture))


def scene_of(document: StoryDocument) -> Scene:
    """Raises ValueError when a slug is more than lower case ASCII words joined by hyphens."""
    _check_slugs(document)
    chapters = tuple(_chapter(document, chapter) for chapter in document.chapters)
    cover = story_camera(document) if document.places else None
    cameras = list(dict.fromkeys(_cameras(chapters)))
    extracts = tuple(Streets(one.bounds, one.min_zoom, one.file) for one in document.extracts or ())
    return Scene(document.slug, chapters, cover, nears_of(cameras), _max_zoom(cameras), extracts)


def pins_of(document: StoryDocument, chapter: ChapterDocument) -> tuple[Pin, ...]:
    """The chapter's places, numbered from 1 in order of first appearance, a journey's in order of travel; on a picture
    the spots of its moments in their order."""
    if chapter.stage:
        return _pins_on(chapter.stage, chapter)
    by_place: dict[str, list[EventDocument]] = {}
    for moment in chapter.moments:
        event = document.events[moment.event]
        for place in event.places:
            by_place.setdefault(place, []).append(event)
    return tuple(_pin(place, number, events) for number, (place, events) in enumerate(by_place.items(), start=1))


def _pin(place: str, number: int, events: list[EventDocument]) -> Pin:
    aside = not any(place == event.place or (event.journey and place in event.journey.stops) for event in events)
    return Pin(place, number, tuple(event.slug for event in events), aside)


def _pins_on(stage: StageDocument, chapter: ChapterDocument) -> tuple[Pin, ...]:
    there: dict[At, list[str]] = {}
    for moment, spot in spots_of(chapter):
        there.setdefault(spot.anchor(stage.size), []).append(moment.event)
    return tuple(
        Pin(f"{chapter.slug}/{events[0]}", number, tuple(events), spot=position(stage.size, at))
        for number, (at, events) in enumerate(there.items(), start=1)
    )


def spots_of(chapter: ChapterDocument) -> Iterator[tuple[MomentDocument, Spot]]:
    """The moments that have a place on the chapter's picture; none on the earth."""
    if chapter.stage:
        yield from ((moment, moment.spot) for moment in chapter.moments if moment.spot)


def outlines_of(chapter: ChapterDocument) -> list[tuple[Spot, list[str]]]:
    """The lines and areas on the chapter's picture, each once, with the moments that happened there."""
    there: dict[Spot, list[str]] = {}
    for moment, spot in spots_of(chapter):
        if spot.kind != "point":
            there.setdefault(spot, []).append(moment.event)
    return list(there.items())


def is_established(document: StoryDocument, events: Iterable[str]) -> bool:
    """Whether one of them is documented: what happened there is then drawn whole, and broken otherwise."""
    return any(document.events[event].status == ClaimStatus.DOCUMENTED for event in events)


def name_of(document: StoryDocument, pin: Pin) -> str:
    """Of its place; on a picture, of what happened there."""
    if pin.spot:
        return "; ".join(document.events[event].title for event in pin.events)
    return document.places[pin.place].name


def camera_of(document: StoryDocument, chapter: ChapterDocument) -> Camera:
    """The chapter's own camera, or one that fits its places, or the story's places, or the world; on a picture the part
    of it that is shown."""
    if chapter.stage:
        return Camera(bounds=picture_bounds(chapter.stage.size, chapter.frame or WHOLE))
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


def story_camera(document: StoryDocument) -> Camera:
    """The closest camera that shows every place of the story, wherever exactly it lies."""
    return fitted(replace(place, radius=0.0) for place in document.places.values())


def _chapter(document: StoryDocument, chapter: ChapterDocument) -> ChapterScene:
    picture = chapter.stage.file if chapter.stage else None
    return ChapterScene(
        chapter.slug, camera_of(document, chapter), pins_of(document, chapter), _moment_cameras(chapter), picture
    )


def _moment_cameras(chapter: ChapterDocument) -> dict[str, Camera]:
    if not chapter.stage:
        return {moment.event: moment.camera for moment in chapter.moments if moment.camera is not None}
    size = chapter.stage.size
    return {m.event: Camera(bounds=picture_bounds(size, m.frame)) for m in chapter.moments if m.frame}


def _cameras(chapters: Iterable[ChapterScene]) -> Iterator[Camera]:
    """On the earth."""
    for chapter in (chapter for chapter in chapters if not chapter.picture):
        yield chapter.camera
        yield from chapter.moment_cameras.values()


def _max_zoom(cameras: Iterable[Camera]) -> int:
    """One step beyond the closest camera, so that a reader can look a little closer everywhere."""
    closest = max((viewport_of(camera, *TYPICAL_WINDOW).zoom for camera in cameras), default=0.0)
    return max(FARTHEST, min(CLOSEST, math.ceil(closest) + 1))


def extracts_in(document: StoryDocument, view: Viewport) -> tuple[ExtractDocument, ...]:
    """The basemap extracts that are seen in a window, those for closer views last; they lie over the others."""
    met = [
        one
        for one in sorted(document.extracts or (), key=lambda one: one.min_zoom)
        if view.zoom >= one.min_zoom and overlap(world_box(one.bounds), view.box)
    ]
    hiding = [n for n, one in enumerate(met) if fills(one.bounds, view)]
    return tuple(met[hiding[-1] :] if hiding else met)


def fills(bounds: Bounds, view: Viewport) -> bool:
    """Whether nothing else is seen in a window than what lies within the bounds."""
    own, seen = world_box(bounds), view.box
    return own[0] <= seen[0] and own[1] <= seen[1] and own[2] >= seen[2] and own[3] >= seen[3]


def _check_slugs(document: StoryDocument) -> None:
    """Slugs are the only words of an author that reach the map's script."""
    chapters = (chapter.slug for chapter in document.chapters)
    for slug in (document.slug, *chapters, *document.events, *document.places):
        if not SLUG.fullmatch(slug):
            raise ValueError(f"{slug!r} is no slug: lower case letters, digits and single hyphens only")
