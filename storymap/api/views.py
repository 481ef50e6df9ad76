"""The published stories as data: which edition is asked for, 304 or the answer computed once for it, and its body."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve

from storymap.api import links, shapes
from storymap.api.answering import data
from storymap.api.features import chapters_of, features_of
from storymap.api.parameters import Asked, NotFound
from storymap.api.stories import stories_page
from storymap.http_cache.page_cache import current, edition_etag
from storymap.http_cache.responses import USUAL, Packed, answer, answer_body, brief, not_modified
from storymap.http_cache.single_flight import computed_once
from storymap.pages.openapi import answers, openapi
from storymap.pages.openapi.answers import FORMAT, Start
from storymap.selectors.editions import (
    EditionRef,
    document_of,
    edition_ref_of_number,
    next_change,
    public_editions,
    published_stories,
)
from storymap.story.document import StoryDocument

Body = tuple[bytes, str]  # encoded, and its content type
JSON, GEOJSON = "application/json", "application/geo+json"


def document_body(ref: EditionRef, slug: str, asked: Asked) -> Body:
    story = document_of(ref.digest, slug)
    order, whole = chapters_of(story), story.with_record()
    body: answers.StoryDocument = {
        **_head(ref, story, asked, "document"),
        "chapters": [shapes.chapter(part, number, story) for number, part in enumerate(story.chapters, start=1)],
        "events": [shapes.event(story.events[event], chapters, story) for event, chapters in order.items()],
        "also_recorded": [shapes.event(event, [], whole) for event in story.listed],
        "places": [shapes.place(place) for place in story.places.values()],
        "sources": [shapes.source(source) for source in story.sources.values()],
        "extracts": [shapes.extract(one) for one in story.extracts or ()],
    }
    return msgspec.json.encode(body), JSON


def places_body(ref: EditionRef, slug: str, asked: Asked) -> Body:
    return _features("places", ref, slug, asked)


def events_body(ref: EditionRef, slug: str, asked: Asked) -> Body:
    return _features("events", ref, slug, asked)


def editions_body(ref: EditionRef, slug: str, asked: Asked) -> Body:
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


QUICK = 4  # of brotli: there are endless filters, and few are asked for twice


@data()
def root(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Where to begin."""
    start: Start = {
        "format": FORMAT,
        "links": {
            "self": links.address("api"),
            "stories": links.address("api-stories"),
            "openapi": links.address("api-openapi"),
            "guide": links.guide(),
        },
    }
    return _of_the_site(request, start)


@data()
def description(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The OpenAPI document."""
    return _of_the_site(request, openapi())


@data("lang", "bbox", "from", "until", "page", "limit")
def stories(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The list of stories."""
    page = stories_page(published_stories(asked.lang), asked)
    others = ((rel, page["links"][rel]) for rel in ("first", "prev", "next", "last"))
    body = msgspec.json.encode(page)
    response = answer_body(request, body, JSON, next_change())
    response["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in others if url)
    return response


@data("lang", "edition")
def story(request: HttpRequest, asked: Asked, story: str) -> HttpResponse:
    """A whole story."""
    return _of_an_edition(request, asked, story, document_body)


@data("lang", "edition", "bbox")
def places(request: HttpRequest, asked: Asked, story: str) -> HttpResponse:
    """Its places and areas."""
    return _of_an_edition(request, asked, story, places_body)


@data("lang", "edition", "bbox", "from", "until", "status")
def events(request: HttpRequest, asked: Asked, story: str) -> HttpResponse:
    """Its events."""
    return _of_an_edition(request, asked, story, events_body)


@data("lang")
def editions(request: HttpRequest, asked: Asked, story: str) -> HttpResponse:
    """Its public history."""
    return _of_an_edition(request, asked, story, editions_body)


@data(strict=False)
def nothing(request: HttpRequest, asked: Asked, rest: str) -> HttpResponse:
    """An address that is none, though it may be one with a stroke at its end."""
    path = f"{request.path_info}/"
    if not rest.endswith("/") and resolve(path).url_name != "api-nothing":
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    raise NotFound


def _of_the_site(request: HttpRequest, body: Start | dict[str, Any]) -> HttpResponse:
    return answer_body(request, msgspec.json.encode(body), JSON, None)


Make = Callable[[EditionRef, str, Asked], tuple[bytes, str]]


def _of_an_edition(request: HttpRequest, asked: Asked, slug: str, make: Make) -> HttpResponse:
    pinned = asked.edition
    ref = current(slug, asked.lang) if pinned is None else edition_ref_of_number(slug, asked.lang, pinned)
    question = hashlib.sha256(repr((slug, make.__name__, asked.given)).encode()).hexdigest()[:8]
    etag, lasting = edition_etag(ref, question), brief(ref.changes)
    response = not_modified(request, etag, lasting)
    if response is None:
        response = answer(request, _packed_body(ref, slug, make, asked), etag, lasting)
    response["Content-Language"] = ref.language
    response["Link"] = f'<{links.page("story", ref.language, slug)}>; rel="alternate"; type="text/html"'
    return response


@computed_once(128)
def _packed_body(ref: EditionRef, slug: str, make: Make, asked: Asked) -> Packed:
    return Packed.of(*make(ref, slug, asked), quality=QUICK if asked.is_filtered else USUAL)
