"""A story's places, journeys, points, lines and areas as GeoJSON (RFC 7946), as the map draws them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storymap.maps.geometries import Geometry, lines, point, shape
from storymap.maps.picture import position
from storymap.maps.scene import (
    drawn_on_map,
    is_established,
    is_flown,
    journey_line,
    legs_of,
    name_of,
    outlines_of,
    pins_of,
)
from storymap.stage import Size, Spot
from storymap.story.document import ChapterDocument, EventDocument, PlaceDocument, StoryDocument

LONG = 100_000.0  # metres: in a close view such a leg would be a mere line across it


def places_geojson(document: StoryDocument) -> dict[str, Any]:
    """A FeatureCollection: every place, every leg of a narrated journey, all that is drawn in a chapter. For the map
    alone: what stands on pictures has positions that are none on the earth."""
    features = [
        *_places(document),
        *(spot for chapter in document.chapters for spot in _spots(document, chapter)),
        *(leg for chapter in document.chapters for leg in _legs(document, chapter)),
        *(shape for chapter in document.chapters for shape in _drawn_shapes(chapter)),
    ]
    return {"type": "FeatureCollection", "features": features}


def event_geometry(document: StoryDocument, event: EventDocument) -> Geometry | None:
    """The line of a journey, which joins its stops; else the point of the event's own place; else nothing."""
    if legs := legs_of(document, event):
        return lines([journey_line(legs)])
    place = document.places.get(event.place)
    return point((place.lng, place.lat)) if place else None


def events_by_place(document: StoryDocument) -> dict[str, list[str]]:
    """Slugs of the events at each place, in the order of narration."""
    by_place: dict[str, list[str]] = {slug: [] for slug in document.places}
    for chapter in document.chapters:
        for moment in chapter.moments:
            event = document.events[moment.event]
            for slug in event.places:
                if event.slug not in by_place[slug]:
                    by_place[slug].append(event.slug)
    return by_place


def _places(document: StoryDocument) -> Iterator[dict[str, Any]]:
    by_place = events_by_place(document)
    for place in document.places.values():
        yield _feature(point((place.lng, place.lat)), _place_words(place, by_place[place.slug]))


def _place_words(place: PlaceDocument, events: list[str]) -> dict[str, Any]:
    return {
        "kind": "place",
        "slug": place.slug,
        "name": place.name,
        "precision": place.precision,
        "radius": place.radius,
        "events": events,
    }


def _spots(document: StoryDocument, chapter: ChapterDocument) -> Iterator[dict[str, Any]]:
    """The pins of a picture, and the lines and areas among its spots: broken where the statement is not established."""
    pins = pins_of(document, chapter) if chapter.stage else ()
    for pin in pins:
        if pin.spot:
            told: dict[str, Any] = {
                "kind": "spot",
                "slug": pin.place,
                "name": name_of(document, pin),
                "events": pin.events,
            }
            yield _feature(point((pin.spot.lng, pin.spot.lat)), told)
    for spot, slugs in outlines_of(chapter):
        if chapter.stage:
            words: dict[str, Any] = {
                "kind": spot.kind,
                "chapter": chapter.slug,
                "spot": next(pin.place for pin in pins if slugs[0] in pin.events),
                "schematic": not is_established(document, slugs),
            }
            yield _feature(_outline(spot, chapter.stage.size), words)


def _outline(spot: Spot, size: Size) -> Geometry:
    line = [(at.lng, at.lat) for at in (position(size, point) for point in spot.points)]
    return lines([line]) if spot.kind == "line" else shape("Polygon", [[*line, line[0]]])


def _legs(document: StoryDocument, chapter: ChapterDocument) -> Iterator[dict[str, Any]]:
    for moment in () if chapter.stage else chapter.moments:
        event = document.events[moment.event]
        for leg in legs_of(document, event):
            words: dict[str, Any] = {"kind": "leg", "event": event.slug, "chapter": chapter.slug}
            words["km"] = None if leg.metres is None else round(leg.metres / 1000, 1)
            words |= {"flown": is_flown(event), "long": leg.distance > LONG}
            yield _feature(lines([leg.line]), words)


def _drawn_shapes(chapter: ChapterDocument) -> Iterator[dict[str, Any]]:
    for one in drawn_on_map(chapter):
        words = {"kind": one.kind, "chapter": chapter.slug, "schematic": one.schematic, **one.words}
        yield _feature(one.geometry, words)


def _feature(geometry: Geometry, words: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": words}
