"""A story as GeoJSON (RFC 7946): places, events, journeys and what is drawn, for geographic information systems."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from storymap.formats.exports.tables import NarratedEvent, narrated_events
from storymap.maps.geojson import event_geometry
from storymap.maps.geometries import Geometry, point
from storymap.maps.scene import drawn_in
from storymap.story.document import CitationDocument, StoryDocument, support_of


def write(document: StoryDocument, about: dict[str, Any]) -> bytes:
    """A FeatureCollection; `about` are its foreign members (RFC 7946, 6.1)."""
    document = document.with_record()
    features = [*_places(document), *_events(document), *_drawn_features(document)]
    whole = {"type": "FeatureCollection", **about, "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _places(document: StoryDocument) -> Iterator[dict[str, Any]]:
    for place in document.places.values():
        words = {
            "kind": "place",
            "name": place.name,
            "category": place.kind,
            "toponyms": [{"name": t.name, "language": t.language, "period": t.period} for t in place.toponyms],
            "country": place.country,
            "address": place.address,
            "precision": place.precision,
            "radius_m": place.radius,
            "coordinate_source": place.coordinate_source,
        }
        yield _feature(f"place/{place.slug}", point((place.lng, place.lat)), words)


def _events(document: StoryDocument) -> Iterator[dict[str, Any]]:
    for narrated in narrated_events(document):
        yield _feature(
            f"event/{narrated.event.slug}", event_geometry(document, narrated.event), _words(document, narrated)
        )


def _words(document: StoryDocument, narrated: NarratedEvent) -> dict[str, Any]:
    event = narrated.event
    return {
        "kind": "event",
        "title": event.title,
        "summary": event.summary,
        "date": event.date,
        "earliest": event.earliest,
        "latest": event.latest,
        "time": event.time,
        "status": event.status,
        "support": support_of(event.citations, document.sources),
        "attributed_to": event.attributed_to,
        "note": event.note,
        "chapter": narrated.chapter,
        "place": event.place,
        "also_there": event.also_there,
        "journey": asdict(event.journey) if event.journey else None,
        "places": event.places,  # all of them
        "sources": [_source(document, citation) for citation in event.citations],
    }


def _source(document: StoryDocument, citation: CitationDocument) -> dict[str, str]:
    """Everything that is known of the source, and where in it; in the words of our own files."""
    cited = asdict(document.sources[citation.source]) | {"locator": citation.locator, "note": citation.note}
    return {name: text for name, text in cited.items() if text}


def _drawn_features(document: StoryDocument) -> Iterator[dict[str, Any]]:
    for chapter in document.chapters:
        for number, one in enumerate(drawn_in(chapter), 1):
            words = {"kind": one.kind, "chapter": chapter.title, "schematic": one.schematic, **one.words}
            yield _feature(f"drawn/{chapter.slug}/{number}", one.geometry, words)


def _feature(name: str, geometry: Geometry | None, words: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": words}
