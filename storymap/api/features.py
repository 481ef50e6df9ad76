"""Places and events of an edition as GeoJSON features, written once, with an index over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from places.dates.days import day_number
from storymap.api import shapes
from storymap.api.index import Days, Finder
from storymap.api.parameters import Asked
from storymap.http_cache.single_flight import made_once
from storymap.maps.geojson import events_by_place
from storymap.maps.geometries import Box, Geometry, bbox, boxes, lines, point
from storymap.maps.journeys import journey_line, legs_of
from storymap.maps.overlays import WORDS, drawn_in
from storymap.selectors.editions import document_of
from storymap.story.document import EventDocument, StoryDocument


@dataclass(frozen=True)
class Features:
    """Of one kind in one edition. `words` are encoded: many filters share them."""

    words: tuple[msgspec.Raw, ...]
    boxes: tuple[tuple[Box, ...], ...]
    statuses: tuple[str, ...]  # of events
    finder: Finder

    def collection(self, head: dict[str, Any], asked: Asked) -> bytes:
        """A FeatureCollection of those that were asked for, in the order of the story. `head`: its foreign members."""
        numbers = self._found(asked)
        extent = bbox(box for number in numbers for box in self.boxes[number])
        members = {
            "type": "FeatureCollection",
            **head,
            "matched": len(numbers),
            "total": len(self.words),
            **({"bbox": extent} if extent else {}),
            "features": [self.words[number] for number in numbers],
        }
        return msgspec.json.encode(members)

    def _found(self, asked: Asked) -> Sequence[int]:
        found = set(range(len(self.words)))
        if asked.bbox:
            found &= self.finder.within(asked.bbox)
        if asked.since is not None or asked.until is not None:
            found &= self.finder.during(asked.since, asked.until)
        if asked.status:
            found = {number for number in found if self.statuses[number] in asked.status}
        return sorted(found)


@made_once(16)
def features_of(kind: str, digest: str, slug: str) -> Features:
    """The "places" (with what chapters draw) or "events" of an edition."""
    document = document_of(digest, slug)
    made = list(_places(document) if kind == "places" else _events(document))
    held = tuple(tuple(boxes(geometry)) for _name, geometry, _words in made)
    days: list[Days | None] = [None] * len(made)
    statuses: tuple[str, ...] = ()
    if kind == "events":
        told = [document.events[name] for name, _geometry, _words in made]
        days, statuses = [_days(event) for event in told], tuple(event.status for event in told)
    encoded = tuple(_feature(*part, held[number]) for number, part in enumerate(made))
    return Features(encoded, held, statuses, Finder(held, days))


Made = tuple[str, Geometry | None, dict[str, Any]]  # id, geometry, properties


def _feature(name: str, geometry: Geometry | None, words: dict[str, Any], held: tuple[Box, ...]) -> msgspec.Raw:
    """A single point needs no bbox, an event without a place has none (RFC 7946, 3.2)."""
    extent = {} if geometry is None or geometry["type"] == "Point" else {"bbox": bbox(held)}
    return msgspec.Raw(
        msgspec.json.encode({"type": "Feature", "id": name, **extent, "geometry": geometry, "properties": words})
    )


def _places(document: StoryDocument) -> Iterator[Made]:
    events = events_by_place(document)
    for place in document.places.values():
        words = {"feature": "place", **shapes.place(place), "events": events[place.slug]}
        yield place.slug, point((place.lng, place.lat)), words
    for chapter in document.chapters:
        for number, one in enumerate(drawn_in(chapter), start=1):
            said = {word: one.words.get(word) for word in WORDS}
            words = {"feature": one.kind, "chapter": chapter.slug, **said, "schematic": one.schematic}
            yield f"{chapter.slug}/{number}", one.geometry, words


def chapters_of(document: StoryDocument) -> dict[str, list[str]]:
    """The events in the order in which they are told, each with the slugs of its chapters."""
    told: dict[str, list[str]] = {}
    for chapter in document.chapters:
        for moment in chapter.moments:
            chapters = told.setdefault(moment.event, [])
            if chapter.slug not in chapters:
                chapters.append(chapter.slug)
    return told


def _events(document: StoryDocument) -> Iterator[Made]:
    for slug, chapters in chapters_of(document).items():
        event = document.events[slug]
        yield slug, _where(document, event), shapes.event(event, chapters, document)


def _where(document: StoryDocument, event: EventDocument) -> Geometry | None:
    """A journey is a line that joins its stops; another event is the point of its own place; else no geometry."""
    if legs := legs_of(document, event):
        return lines([journey_line(legs)])
    place = document.places.get(event.place)
    return point((place.lng, place.lat)) if place else None


def _days(event: EventDocument) -> Days | None:
    if not event.date:
        return None
    first, last = (day_number(day) if day else None for day in (event.earliest, event.latest))
    return first, last
