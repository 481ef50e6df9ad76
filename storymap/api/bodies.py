"""What the answers about a story hold, encoded. Each takes the edition, the story's address and what was asked."""

from __future__ import annotations

from typing import Any

import msgspec

from storymap.api import links, shapes
from storymap.api.features import chapters_of, features_of
from storymap.api.parameters import Asked
from storymap.selectors.editions import EditionRef, document_of, public_editions
from storymap.story.document import StoryDocument

Made = tuple[bytes, str]  # body and content type
JSON, GEOJSON = "application/json", "application/geo+json"


def document(ref: EditionRef, slug: str, asked: Asked) -> Made:
    told = document_of(ref.digest, slug)
    order, whole = chapters_of(told), told.with_record()
    body = {
        **_head(ref, told, asked, "document"),
        "chapters": [shapes.chapter(part, number, told) for number, part in enumerate(told.chapters, start=1)],
        "events": [shapes.event(told.events[event], chapters, told) for event, chapters in order.items()],
        "also_recorded": [shapes.event(event, [], whole) for event in told.listed],
        "places": [shapes.place(place) for place in told.places.values()],
        "sources": [shapes.source(source) for source in told.sources.values()],
    }
    return msgspec.json.encode(body), JSON


def places(ref: EditionRef, slug: str, asked: Asked) -> Made:
    return _features("places", ref, slug, asked)


def events(ref: EditionRef, slug: str, asked: Asked) -> Made:
    return _features("events", ref, slug, asked)


def editions(ref: EditionRef, slug: str, asked: Asked) -> Made:
    told = document_of(ref.digest, slug)
    query = {"lang": asked.lang} if asked.lang else {}
    listed = [
        {
            "number": edition.number,
            "published": edition.published.isoformat(),
            "note": edition.note or None,
            "changes": [{"verb": verb, "kind": kind, "slug": part} for verb, kind, part in edition.changes],
            "url": links.address("api-story", slug, **query, edition=edition.number),
        }
        for edition in public_editions(slug)
    ]
    return msgspec.json.encode({**_head(ref, told, asked, "editions"), "editions": listed}), JSON


def _features(kind: str, ref: EditionRef, slug: str, asked: Asked) -> Made:
    head = _head(ref, document_of(ref.digest, slug), asked, kind)
    return features_of(kind, ref.digest, slug).collection(head, asked), GEOJSON


def _head(ref: EditionRef, told: StoryDocument, asked: Asked, answer: str) -> dict[str, Any]:
    query: dict[str, Any] = dict(asked.given)
    mine = {"self": links.address(links.ANSWERS[answer], told.slug, **query)}
    return {**shapes.head(told, ref), "links": mine | links.story_links(told, asked.edition)}
