"""The reading pages, and whether the site lives and is ready."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap.http_cache.page_cache import current, edition_etag, edition_page
from storymap.http_cache.responses import Packed, brief
from storymap.http_cache.single_flight import Once, computed_once
from storymap.pages.addresses import NoSuchChapter, check_chapter, public
from storymap.pages.side_pages import people_page, record_page
from storymap.pages.story import story_page
from storymap.selectors.editions import (
    EditionRef,
    NotPublished,
    next_change,
    public_editions,
    published_stories,
    published_story,
)
from storymap.story.document import PEOPLE
from storymap.web.errors import moved_or_gone
from storymap.web.lists import editions_page, index_page

HTML = "text/html; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The published stories. Template storymap/index.html with `page`, an IndexPage."""
    language = translation.get_language()
    response = render(request, "storymap/index.html", {"page": index_page(published_stories(language), language)})
    response["Cache-Control"] = brief(next_change())
    return response


@require_safe
def story(request: HttpRequest, story: str, chapter: str = "") -> HttpResponse:
    """The whole story, opened at a chapter. Template storymap/story.html with `page`, a StoryPage."""
    language = translation.get_language()
    try:
        ref = current(story, language)
        return edition_page(request, _story, ref, story, language, chapter, etag=edition_etag(ref, chapter))
    except NotPublished:
        return moved_or_gone(request, story, "chapter", chapter) if chapter else moved_or_gone(request, story, "story")
    except NoSuchChapter as gone:
        if gone.moved_to:
            return HttpResponsePermanentRedirect(reverse("chapter", args=[story, gone.moved_to]))
    raise Http404


@computed_once(256)
def _story(ref: EditionRef, slug: str, language: str, chapter: str) -> Packed:
    """The page, made once per edition. `ref` is part of the key, not of the page."""
    published = published_story(slug, language)
    if chapter:
        check_chapter(published.document, chapter)
    page = story_page(published, chapter, public(published.document, published.edition.digest))
    html = render_to_string("storymap/story.html", {"page": page})
    body = html.encode()
    return Packed.of(body, HTML)


@require_safe
def record(request: HttpRequest, story: str) -> HttpResponse:
    """Template storymap/record.html with `page`, a SidePage. 404 where chapters narrate all there is."""
    return _side_page(request, story, "record", _record)


@computed_once(64)
def _record(ref: EditionRef, slug: str, language: str) -> Packed:
    """`ref` is part of the key, not of the page. Raises Http404."""
    published = published_story(slug, language)
    if not published.document.listed:
        raise Http404
    page = record_page(published, public(published.document, published.edition.digest))
    return Packed.of(render_to_string("storymap/record.html", {"page": page}).encode(), HTML)


@require_safe
def people(request: HttpRequest, story: str) -> HttpResponse:
    """Template storymap/people.html with `page`, a SidePage. 404 where the story names nobody."""
    return _side_page(request, story, "people", _people)


@computed_once(64)
def _people(ref: EditionRef, slug: str, language: str) -> Packed:
    """`ref` is part of the key, not of the page. Raises Http404."""
    published = published_story(slug, language)
    if published.document.chapter(PEOPLE):
        return _story.make(ref, slug, language, PEOPLE)
    if not published.document.people:
        raise Http404
    page = people_page(published, public(published.document, published.edition.digest))
    return Packed.of(render_to_string("storymap/people.html", {"page": page}).encode(), HTML)


def _side_page(request: HttpRequest, story: str, name: str, packed: Once[Packed]) -> HttpResponse:
    """One of the pages beside the chapters; `packed` may raise Http404."""
    language = translation.get_language()
    try:
        ref = current(story, language)
        return edition_page(request, packed, ref, story, language, etag=edition_etag(ref, name))
    except NotPublished:
        return moved_or_gone(request, story, name)


@require_safe
def editions(request: HttpRequest, story: str) -> HttpResponse:
    """The public history of a story. Template storymap/editions.html with `page`, an EditionsPage."""
    language = translation.get_language()
    try:
        published = published_story(story, language)
        page = editions_page(published, public_editions(story))
    except NotPublished:
        return moved_or_gone(request, story, "editions")
    response = render(request, "storymap/editions.html", {"page": page})
    response["Cache-Control"] = brief(published.edition.changes)
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives. Touches nothing, so that an ailing database does not get good processes killed."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests can be served: database reachable and migrated, media store there."""
    checks = {"database": _database_is_ready(), "media": settings.DEBUG or _media_is_there()}
    ready = all(checks.values())
    return JsonResponse({"ready": ready}, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def _database_is_ready() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _media_is_there() -> bool:
    try:
        default_storage.listdir("")
    except OSError:
        return False
    return True
