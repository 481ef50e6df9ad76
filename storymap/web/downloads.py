"""The downloads of a story: the page that lists the files, and the files."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap.http_cache.page_cache import current, edition_etag
from storymap.http_cache.responses import USUAL, Packed, answer, brief, not_modified
from storymap.http_cache.single_flight import computed_once
from storymap.pages.addresses import public
from storymap.pages.downloads import downloads_page, file_name, format_of
from storymap.selectors.editions import EditionRef, NotPublished, PublishedStory, published_story
from storymap.web.errors import moved_or_gone


@require_safe
def downloads(request: HttpRequest, story: str) -> HttpResponse:
    """Template storymap/downloads.html with `page`, a DownloadsPage."""
    try:
        published = published_story(story, translation.get_language())
    except NotPublished:
        return moved_or_gone(request, story, "downloads")
    page = downloads_page(published, public(published.document, published.edition.digest))
    response = render(request, "storymap/downloads.html", {"page": page})
    response["Cache-Control"] = brief(published.edition.changes)
    return response


@require_safe
def download(request: HttpRequest, story: str, ending: str) -> HttpResponse:
    """The newest edition as a file of that kind. It is saved and never shown: what it holds is no page of this site."""
    if format_of(ending) is None:
        raise Http404
    language = translation.get_language()
    try:
        ref = current(story, language)
        etag = edition_etag(ref, ending)
        lasting = brief(ref.changes)
        if unchanged := not_modified(request, etag, lasting):
            return unchanged
        name, packed = _file(ref, story, language, ending)
    except NotPublished:
        return moved_or_gone(request, story, "download", ending)
    response = answer(request, packed, etag, lasting)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@computed_once(32)
def _file(ref: EditionRef, slug: str, language: str, ending: str) -> tuple[str, Packed]:
    """`ref` is part of the key: of another edition it is another file."""
    published: PublishedStory = published_story(slug, language)
    kind = format_of(ending)
    if kind is None:
        raise Http404
    at = public(published.document, published.edition.digest)
    body = kind.write(published, settings.STORYMAP_SITE_URL + at.url("story"))
    return file_name(published, ending), Packed.of(body, kind.content_type, quality=USUAL)
