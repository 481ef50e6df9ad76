"""Story documents for tests: plain functions, every field can be given."""

from __future__ import annotations

from typing import Any

from places.geo import Camera, LatLng
from storymap.story.document import ChapterDocument, EventDocument, MomentDocument, PlaceDocument, StoryDocument
from storymap.story.storyfile import Journey

LIMA = LatLng(-12.09139, -77.04944)
NASTY = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# gone",
    "</script><script>alert(1)</script>",
    "${alert(1)}`",
    "'\"\\ \u2028 ]]>",
)


def make_place(slug: str = "residence", at: LatLng = LIMA, **fields: Any) -> PlaceDocument:
    given = {
        "slug": slug,
        "name": slug.replace("-", " ").title(),
        "toponyms": (),
        "kind": "building",
        "country": "PE",
        "address": "",
        "lat": at.lat,
        "lng": at.lng,
        "precision": "block",
        "radius": 100.0,
        "coordinate_source": "",
        "time_zone": "America/Lima",
    }
    return PlaceDocument(**(given | fields))


def make_event(slug: str = "reception-1996-12-17", place: str = "residence", **fields: Any) -> EventDocument:
    date = fields.get("date", "1996-12-17")
    given = {
        "slug": slug,
        "title": slug,
        "summary": "",
        "date": date,
        "earliest": date,
        "latest": fields.get("earliest", date),
        "time": "",
        "place": place,
        "people": (),
        "status": "documented",
        "attributed_to": "",
        "note": "",
        "sensitivity": "none",
        "later": False,
        "citations": (),
    }
    return EventDocument(**(given | fields))


def make_chapter(slug: str = "reception", events: tuple[str, ...] = (), **fields: Any) -> ChapterDocument:
    given = {
        "slug": slug,
        "old_slugs": (),
        "title": slug,
        "narration": "",
        "camera": None,
        "overlay": None,
        "illustration": None,
        "audio": None,
        "moments": tuple(MomentDocument(event=event, camera=None) for event in events),
    }
    return ChapterDocument(**(given | fields))


def make_story(
    chapters: tuple[ChapterDocument, ...] = (),
    events: tuple[EventDocument, ...] = (),
    places: tuple[PlaceDocument, ...] = (),
    **fields: Any,
) -> StoryDocument:
    given = {
        "slug": "lima-1996-97",
        "language": "en",
        "languages": ("en",),
        "default_language": "en",
        "title": "Lima",
        "standfirst": "",
        "byline": "",
        "credits": "",
        "licence": "CC-BY-SA-4.0",
        "day_zero": "",
        "day_last": "",
        "counting_note": "",
        "chapters": chapters,
        "events": {event.slug: event for event in events},
        "places": {place.slug: place for place in places},
        "sources": {},
    }
    return StoryDocument(**(given | fields))


def make_journey(*stations: LatLng, **fields: Any) -> StoryDocument:
    """A story of one chapter and one event, a flight from station to station."""
    places = tuple(make_place(f"place-{i}", at) for i, at in enumerate(stations))
    journey = Journey(stops=tuple(place.slug for place in places), mode="air")
    event = make_event("journey", places[0].slug, journey=journey)
    return make_story((make_chapter("journeys", ("journey",), **fields),), (event,), places)


def make_camera(lat: float = LIMA.lat, lng: float = LIMA.lng, zoom: float = 16.5) -> Camera:
    return Camera(center=LatLng(lat, lng), zoom=zoom)
