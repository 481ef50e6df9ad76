"""A story's places, journeys and areas as GeoJSON (RFC 7946). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from places.geo import LatLng, arc, distance, is_length_known
from storymap.document import ChapterDocument, EventDocument, PlaceDocument, StoryDocument
from storymap.maps.geometries import Geometry, lines, point, shape
from storymap.maps.rings import Position, unwrapped_line

AREA_WORDS = ("name", "note", "source", "credit")  # what an area or line may say of itself
LONG = 100_000.0  # metres: in a close view such a journey would be a mere line across it
STEP = 100_000.0  # metres between the points of a journey's line, which is finer than the eye on any screen


def places_geojson(document: StoryDocument) -> dict[str, Any]:
    """A FeatureCollection: every place, every journey that is told, every area of a chapter."""
    features = [
        *_places(document),
        *(path for chapter in document.chapters for path in _paths(document, chapter)),
        *(area for chapter in document.chapters for area in _areas(chapter)),
    ]
    return {"type": "FeatureCollection", "features": features}


def events_by_place(document: StoryDocument) -> dict[str, list[str]]:
    """Slugs of the events at each place, in the order in which they are told."""
    told: dict[str, list[str]] = {slug: [] for slug in document.places}
    for chapter in document.chapters:
        for moment in chapter.moments:
            event = document.events[moment.event]
            for slug in dict.fromkeys((event.place, *event.further_places)):
                if slug and event.slug not in told[slug]:
                    told[slug].append(event.slug)
    return told


def journey(document: StoryDocument, event: EventDocument) -> list[LatLng]:
    """The stations of an event in order of travel; a place that follows itself counts once."""
    stations: list[LatLng] = []
    for slug in (event.place, *event.further_places):
        if slug and (not stations or stations[-1] != document.places[slug].at):
            stations.append(document.places[slug].at)
    return stations


def journey_length(document: StoryDocument, event: EventDocument) -> float | None:
    """Metres over the ellipsoid; None when the event is no journey, or a leg of it is not known well enough."""
    places = [document.places[slug] for slug in (event.place, *event.further_places) if slug]
    legs = [(a, b, distance(a.at, b.at)) for a, b in pairwise(places) if a.at != b.at]
    if not legs or not all(is_length_known(metres, a.radius, b.radius) for a, b, metres in legs):
        return None
    return sum(metres for _a, _b, metres in legs)


def journey_line(stations: list[LatLng]) -> list[Position]:
    """The arcs from station to station as (longitude, latitude), running on across the antimeridian."""
    line: list[Position] = []
    for a, b in pairwise(stations):
        points = max(2, min(96, round(distance(a, b) / STEP)))
        line += [(point.lng, point.lat) for point in arc(a, b, points)][1 if line else 0 :]
    return unwrapped_line(line)


def area_features(chapter: ChapterDocument) -> Iterator[tuple[str, list[Any], dict[str, str]]]:
    """Geometry type, coordinates and known words of every area in the chapter's overlay."""
    for feature in (chapter.overlay or {}).get("features") or ():
        geometry = feature.get("geometry") or {}
        words = feature.get("properties") or {}
        kept = {key: words[key] for key in AREA_WORDS if isinstance(words.get(key), str)}
        members = geometry["geometries"] if geometry.get("type") == "GeometryCollection" else [geometry]
        for member in members:
            if member.get("coordinates"):
                yield member["type"], member["coordinates"], kept


def is_schematic(words: dict[str, str]) -> bool:
    """Whether an area or line is drawn freely: its outline is a measured fact only when it names a source."""
    return not words.get("source", "").strip()


def _places(document: StoryDocument) -> Iterator[dict[str, Any]]:
    told = events_by_place(document)
    for place in document.places.values():
        yield _feature(point((place.lng, place.lat)), _place_words(place, told[place.slug]))


def _place_words(place: PlaceDocument, events: list[str]) -> dict[str, Any]:
    return {
        "kind": "place",
        "slug": place.slug,
        "name": place.name,
        "precision": place.precision,
        "radius": place.radius,
        "events": events,
    }


def _paths(document: StoryDocument, chapter: ChapterDocument) -> Iterator[dict[str, Any]]:
    for moment in chapter.moments:
        event = document.events[moment.event]
        stations = journey(document, event)
        if len(stations) < 2:
            continue
        metres = journey_length(document, event)
        words = {
            "kind": "path",
            "event": event.slug,
            "chapter": chapter.slug,
            "km": None if metres is None else round(metres / 1000, 1),
            "long": sum(distance(a, b) for a, b in pairwise(stations)) > LONG,
        }
        yield _feature(lines([journey_line(stations)]), words)


def _areas(chapter: ChapterDocument) -> Iterator[dict[str, Any]]:
    for kind, coordinates, kept in area_features(chapter):
        words = {"kind": "area", "chapter": chapter.slug, "schematic": is_schematic(kept), **kept}
        yield _feature(shape(kind, coordinates), words)


def _feature(geometry: Geometry, words: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": words}
