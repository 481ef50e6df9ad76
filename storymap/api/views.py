"""The published stories as data: which edition is asked for, 304 or the answer computed once for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve

from storymap.api import bodies, links
from storymap.api.answering import data
from storymap.api.parameters import Asked, NotFound
from storymap.api.stories import stories_page
from storymap.http_cache.page_cache import current, edition_etag
from storymap.http_cache.responses import USUAL, Packed, answer, answer_body, brief, not_modified
from storymap.http_cache.single_flight import computed_once
from storymap.pages.openapi import openapi
from storymap.pages.openapi.answers import FORMAT, Start
from storymap.selectors.editions import EditionRef, edition_ref_of_number, next_change, published_stories

JSON = "application/json"
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
    return _of_an_edition(request, asked, story, bodies.document)


@data("lang", "edition", "bbox")
def places(request: HttpRequest, asked: Asked, story: str) -> HttpResponse:
    """Its places and areas."""
    return _of_an_edition(request, asked, story, bodies.places)


@data("lang", "edition", "bbox", "from", "until", "status")
def events(request: HttpRequest, asked: Asked, story: str) -> HttpResponse:
    """Its events."""
    return _of_an_edition(request, asked, story, bodies.events)


@data("lang")
def editions(request: HttpRequest, asked: Asked, story: str) -> HttpResponse:
    """Its public history."""
    return _of_an_edition(request, asked, story, bodies.editions)


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
        response = answer(request, _packed(ref, slug, make, asked), etag, lasting)
    response["Content-Language"] = ref.language
    response["Link"] = f'<{links.page("story", ref.language, slug)}>; rel="alternate"; type="text/html"'
    return response


@computed_once(128)
def _packed(ref: EditionRef, slug: str, make: Make, asked: Asked) -> Packed:
    return Packed.of(*make(ref, slug, asked), quality=QUICK if asked.is_filtered else USUAL)
