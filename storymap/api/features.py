"""Places and events of an edition as GeoJSON features, written once, with an index over where and when they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

import msgspec

from places.dates.days import day_number
from storymap.api import shapes
from storymap.api.parameters import Asked
from storymap.http_cache.single_flight import computed_once
from storymap.maps.geojson import event_geometry, events_by_place
from storymap.maps.geometries import Box, Geometry, bbox, boxes, point
from storymap.maps.scene import Drawn, drawn_in
from storymap.pages.openapi import answers
from storymap.pages.openapi.record import Event
from storymap.selectors.editions import document_of
from storymap.story.document import EventDocument, StoryDocument

Days = tuple[int | None, int | None]  # numbers of the first and the last; None where open


class Spans:
    """Closed spans of a line, each with a number."""

    def __init__(self, spans: Iterable[tuple[float, float, int]]) -> None:
        self.spans = sorted(spans)
        self.lows = [low for low, _high, _number in self.spans]
        self.reach = list(accumulate((high for _low, high, _number in self.spans), max))

    def meeting(self, low: float, high: float) -> set[int]:
        """The numbers of those that have a point in common with the span."""
        end = bisect_right(self.lows, high)
        start = bisect_left(self.reach, low, 0, end)
        return {number for _low, reached, number in self.spans[start:end] if reached >= low}


class Finder:
    """Of things numbered from 0: the boxes that hold each, and its days; None for what has no date."""

    def __init__(self, boxes: Sequence[Sequence[Box]], days: Sequence[Days | None]) -> None:
        self.boxes = [(number, box) for number, held in enumerate(boxes) for box in held]
        self.across = Spans((box[0], box[2], entry) for entry, (_number, box) in enumerate(self.boxes))
        ranges = ((*_reach(*span), number) for number, span in enumerate(days) if span)
        self.through_time = Spans(ranges)

    def within(self, asked: Iterable[Box]) -> set[int]:
        """What has a box that meets one of those asked for."""
        numbers: set[int] = set()
        for west, south, east, north in asked:
            for entry in self.across.meeting(west, east):
                number, box = self.boxes[entry]
                if box[1] <= north and box[3] >= south:
                    numbers.add(number)
        return numbers

    def during(self, since: int | None, until: int | None) -> set[int]:
        """What may have happened on one of the days, as far as its date says."""
        return self.through_time.meeting(*_reach(since, until))


def _reach(first: int | None, last: int | None) -> tuple[float, float]:
    return -inf if first is None else first, inf if last is None else last


@dataclass(frozen=True)
class Features:
    """Of one kind in one edition, each encoded once for all filters."""

    encoded: tuple[msgspec.Raw, ...]
    boxes: tuple[tuple[Box, ...], ...]
    statuses: tuple[str, ...]  # of events
    finder: Finder

    def collection(self, head: answers.AboutStory, asked: Asked) -> bytes:
        """A FeatureCollection of those that were asked for, in the order of the story. `head`: its foreign members."""
        numbers = self._matching(asked)
        extent = bbox(box for number in numbers for box in self.boxes[number])
        members = {
            "type": "FeatureCollection",
            **head,
            "matched": len(numbers),
            "total": len(self.encoded),
            **({"bbox": extent} if extent else {}),
            "features": [self.encoded[number] for number in numbers],
        }
        return msgspec.json.encode(members)

    def _matching(self, asked: Asked) -> Sequence[int]:
        numbers = set(range(len(self.encoded)))
        if asked.bbox:
            numbers &= self.finder.within(asked.bbox)
        if asked.since is not None or asked.until is not None:
            numbers &= self.finder.during(asked.since, asked.until)
        if asked.status:
            numbers = {number for number in numbers if self.statuses[number] in asked.status}
        return sorted(numbers)


@computed_once(16)
def features_of(kind: str, digest: str, slug: str) -> Features:
    """The "places" (with what chapters draw) or "events" of an edition."""
    document = document_of(digest, slug)
    features = list(_places(document) if kind == "places" else _events(document))
    extents = tuple(tuple(boxes(geometry)) for _name, geometry, _properties in features)
    days: list[Days | None] = [None] * len(features)
    statuses: tuple[str, ...] = ()
    if kind == "events":
        events = [document.events[name] for name, _geometry, _properties in features]
        days, statuses = [_days(event) for event in events], tuple(event.status for event in events)
    encoded = tuple(_encode_feature(*feature, extents[number]) for number, feature in enumerate(features))
    return Features(encoded, extents, statuses, Finder(extents, days))


Properties = answers.PlaceProperties | answers.DrawnProperties | Event
Feature = tuple[str, Geometry | None, Properties]  # id, geometry, properties


def _encode_feature(
    name: str, geometry: Geometry | None, properties: Properties, extents: tuple[Box, ...]
) -> msgspec.Raw:
    """A single point needs no bbox, an event without a place has none (RFC 7946, 3.2)."""
    extent = {} if geometry is None or geometry["type"] == "Point" else {"bbox": bbox(extents)}
    return msgspec.Raw(
        msgspec.json.encode({"type": "Feature", "id": name, **extent, "geometry": geometry, "properties": properties})
    )


def _places(document: StoryDocument) -> Iterator[Feature]:
    events = events_by_place(document)
    for place in document.places.values():
        properties: answers.PlaceProperties = {
            "feature": "place",
            **shapes.place(place),
            "events": events[place.slug],
        }
        yield place.slug, point((place.lng, place.lat)), properties
    for chapter in document.chapters:
        for number, one in enumerate(drawn_in(chapter), start=1):
            yield f"{chapter.slug}/{number}", one.geometry, _drawn_properties(one, chapter.slug)


def _drawn_properties(one: Drawn, chapter: str) -> answers.DrawnProperties:
    words = one.words
    return {
        "feature": one.kind,
        "chapter": chapter,
        "name": words.get("name"),
        "note": words.get("note"),
        "source": words.get("source"),
        "credit": words.get("credit"),
        "schematic": one.schematic,
    }


def chapters_of(document: StoryDocument) -> dict[str, list[str]]:
    """The events in the order in which they are narrated, each with the slugs of its chapters."""
    narrated: dict[str, list[str]] = {}
    for chapter in document.chapters:
        for moment in chapter.moments:
            chapters = narrated.setdefault(moment.event, [])
            if chapter.slug not in chapters:
                chapters.append(chapter.slug)
    return narrated


def _events(document: StoryDocument) -> Iterator[Feature]:
    for slug, chapters in chapters_of(document).items():
        event = document.events[slug]
        yield slug, event_geometry(document, event), shapes.event(event, chapters, document)


def _days(event: EventDocument) -> Days | None:
    if not event.date:
        return None
    first, last = (day_number(day) if day else None for day in (event.earliest, event.latest))
    return first, last
