"""What the answers about a story hold, encoded. Each takes the edition, the story's address and what was asked."""

from __future__ import annotations

from typing import Any

import msgspec

from storymap.api import links, shapes
from storymap.api.features import chapters_of, features_of
from storymap.api.parameters import Asked
from storymap.pages.openapi import answers
from storymap.selectors.editions import EditionRef, document_of, public_editions
from storymap.story.document import StoryDocument

Body = tuple[bytes, str]  # encoded, and its content type
JSON, GEOJSON = "application/json", "application/geo+json"


def document(ref: EditionRef, slug: str, asked: Asked) -> Body:
    story = document_of(ref.digest, slug)
    order, whole = chapters_of(story), story.with_record()
    body: answers.StoryDocument = {
        **_head(ref, story, asked, "document"),
        "chapters": [shapes.chapter(part, number, story) for number, part in enumerate(story.chapters, start=1)],
        "events": [shapes.event(story.events[event], chapters, story) for event, chapters in order.items()],
        "also_recorded": [shapes.event(event, [], whole) for event in story.listed],
        "places": [shapes.place(place) for place in story.places.values()],
        "sources": [shapes.source(source) for source in story.sources.values()],
    }
    return msgspec.json.encode(body), JSON


def places(ref: EditionRef, slug: str, asked: Asked) -> Body:
    return _features("places", ref, slug, asked)


def events(ref: EditionRef, slug: str, asked: Asked) -> Body:
    return _features("events", ref, slug, asked)


def editions(ref: EditionRef, slug: str, asked: Asked) -> Body:
    story = document_of(ref.digest, slug)
    query = {"lang": asked.lang} if asked.lang else {}
    listed: list[answers.ListedEdition] = [
        {
            "number": edition.number,
            "published": edition.published.isoformat(),
            "note": edition.note or None,
            "changes": [{"verb": verb, "kind": kind, "slug": part} for verb, kind, part in edition.changes],
            "url": links.address("api-story", slug, **query, edition=edition.number),
        }
        for edition in public_editions(slug)
    ]
    body: answers.EditionList = {**_head(ref, story, asked, "editions"), "editions": listed}
    return msgspec.json.encode(body), JSON


def _features(kind: str, ref: EditionRef, slug: str, asked: Asked) -> Body:
    head = _head(ref, document_of(ref.digest, slug), asked, kind)
    return features_of(kind, ref.digest, slug).collection(head, asked), GEOJSON


def _head(ref: EditionRef, story: StoryDocument, asked: Asked, answer: str) -> answers.AboutStory:
    query: dict[str, Any] = dict(asked.given)
    own = links.address(links.ANSWERS[answer], story.slug, **query)
    return {**shapes.head(story, ref), "links": {"self": own, **links.story_links(story, asked.edition)}}
