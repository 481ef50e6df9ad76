"""Answers that hold for one edition: 304, or the body that is made once for it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from storymap import assets
from storymap.http_cache.responses import Packed, answer, brief, not_modified
from storymap.http_cache.single_flight import Once
from storymap.selectors.editions import EditionRef


def edition_etag(ref: EditionRef, what: str) -> str:
    """Of `what` is answered about an edition; it changes with the edition and with the release."""
    return f"{ref.digest[:16]}-{ref.number}-{assets.release()}-{what}"


def edition_page(
    request: HttpRequest, packed: Once[Packed], ref: EditionRef, story: str, language: str, *rest: object, etag: str
) -> HttpResponse:
    """A page about a story. `packed` makes it of all that follows; the middleware RememberedPages may remember it."""
    lasting = brief(ref.changes)
    if unchanged := not_modified(request, etag, lasting):
        return unchanged
    make = packed.make if settings.DEBUG else packed  # while developing, templates change under a page
    response = answer(request, make(ref, story, language, *rest), etag, lasting)
    response.shows = (story, language, ref)  # type: ignore[attr-defined]
    return response
