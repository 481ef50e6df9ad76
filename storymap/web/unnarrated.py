"""The page of what no chapter tells."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap import assets
from storymap.http_cache.current import current
from storymap.http_cache.responses import Packed, answer, brief, not_modified
from storymap.http_cache.single_flight import made_once
from storymap.pages.addresses import public
from storymap.pages.unnarrated import record_page
from storymap.selectors.editions import EditionRef, NotPublished, published_story
from storymap.web.errors import elsewhere


@require_safe
def record(request: HttpRequest, story: str) -> HttpResponse:
    """Template storymap/record.html with `page`, a RecordPage. 404 where chapters tell all there is."""
    language = translation.get_language()
    try:
        ref = current(story, language)
        etag = f"{ref.digest[:16]}-{ref.number}-{assets.release()}-record"
        lasting = brief(ref.changes)
        if unchanged := not_modified(request, etag, lasting):
            return unchanged
        make = _packed.make if settings.DEBUG else _packed  # while developing, templates change under a page
        response = answer(request, make(ref, story, language), etag, lasting)
        response.shows = (story, language, ref)  # type: ignore[attr-defined]  # for RememberedPages
        return response
    except NotPublished:
        return elsewhere(request, story, "record")


@made_once(64)
def _packed(ref: EditionRef, slug: str, language: str) -> Packed:
    """`ref` is part of the key, not of the page. Raises Http404."""
    published = published_story(slug, language)
    if not published.document.listed:
        raise Http404
    page = record_page(published, public(published.document, published.edition.digest))
    return Packed.of(render_to_string("storymap/record.html", {"page": page}).encode(), "text/html; charset=utf-8")
