"""Embeds: the page of a story for a frame in somebody's article, and the script that holds it there. Nothing but these
may be held in a frame."""

from __future__ import annotations

import zlib
from contextlib import suppress
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from storymap import csp
from storymap.http_cache.page_cache import current, edition_etag, edition_page
from storymap.http_cache.responses import FOREVER, Packed, answer, for_anywhere, not_modified
from storymap.http_cache.single_flight import computed_once
from storymap.pages.addresses import NoSuchChapter, public
from storymap.pages.embed_codes import host_script
from storymap.pages.embed_options import THEMES, BadOption, Options, options_of
from storymap.pages.embed_page import embed_page
from storymap.selectors.editions import (
    EditionRef,
    NotPublished,
    edition_of_number,
    edition_ref_of_number,
    moved_story,
    was_published,
)

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, story: str, chapter: str = "") -> HttpResponse:
    """A story, or one of its chapters. Template embed/page.html with `embed`, an EmbedPage."""
    try:
        options = options_of(request.GET, LANGUAGES)
    except BadOption as bad:
        return _page_of_mistake(request, bad)
    if options.lang not in ("", translation.get_language()):
        with translation.override(options.lang):
            return _redirect_of_slug(request, story, chapter, without="lang")
    return _answer(request, story, chapter, options)


def _answer(request: HttpRequest, story: str, chapter: str, options: Options) -> HttpResponse:
    try:
        return _edition_answer(request, _edition(story, options), story, chapter, options)
    except BadOption as bad:
        return _page_of_mistake(request, bad)
    except NoSuchChapter as gone:
        if gone.moved_to:
            return _redirect_of_slug(request, story, gone.moved_to)
    except NotPublished:
        if moved := moved_story(story):
            return _redirect_of_slug(request, moved, chapter)
        if _is_gone(story, options):
            return _card(request, 410, _("This story is no longer available."))
    return _card(request, 404, _("There is nothing to show here."))


def _edition_answer(request: HttpRequest, ref: EditionRef, story: str, chapter: str, options: Options) -> HttpResponse:
    etag, language = _etag(ref, chapter, options), translation.get_language()
    return _with_frame_header(
        edition_page(request, _page, ref, story, language, chapter, options, etag=etag), ref.framed_by
    )


def _etag(ref: EditionRef, chapter: str, options: Options) -> str:
    """With who may hold it: browsers keep the policy that came with the body."""
    return edition_etag(ref, f"embed-{chapter}-{options.query()}-{zlib.crc32(ref.framed_by.encode()):x}")


@computed_once(256)
def _page(ref: EditionRef, slug: str, language: str, chapter: str, options: Options) -> Packed:
    published = edition_of_number(slug, language, ref.number)
    embedded = embed_page(published, chapter, options, public(published.document, published.edition.digest))
    given = {"embed": embedded, "page": embedded.page, "theme": options.theme}
    return Packed.of(render_to_string("embed/page.html", given).encode(), "text/html; charset=utf-8")


def _edition(story: str, options: Options) -> EditionRef:
    """The newest, or the one that is asked for. Raises NotPublished."""
    language = translation.get_language()
    ref = current(story, language)
    if options.edition in (0, ref.number):
        return ref
    return edition_ref_of_number(story, language, options.edition)


def _is_gone(story: str, options: Options) -> bool:
    """Once to be read and not now: the story in any language, or the edition that is asked for."""
    newest = 0
    for language in LANGUAGES:
        with suppress(NotPublished):
            newest = max(newest, current(story, language).number)
    return options.edition < newest and options.edition > 0 if newest else was_published(story)


def _redirect_of_slug(request: HttpRequest, story: str, chapter: str, *, without: str = "") -> HttpResponse:
    """There, with the same options."""
    query = request.GET.copy()
    query.pop(without, None)
    asked = query.urlencode() if without else request.META.get("QUERY_STRING", "")
    address = reverse("embed-chapter", args=[story, chapter]) if chapter else reverse("embed", args=[story])
    return HttpResponsePermanentRedirect(f"{address}?{asked}" if asked else address)


def _page_of_mistake(request: HttpRequest, bad: BadOption) -> HttpResponse:
    return _card(request, 400, _("The address of this embed has a mistake."), bad)


def _card(request: HttpRequest, status: int, says: str, bad: BadOption | None = None) -> HttpResponse:
    """Template embed/card.html: in place of a story. It says nothing about one."""
    theme = request.GET.get("theme")
    given = {"says": says, "bad": bad, "theme": theme if theme in THEMES else "auto"}
    response = render(request, "embed/card.html", given, status=status)
    response["Cache-Control"] = "no-store"
    return _with_frame_header(response, "")


def _with_frame_header(response: HttpResponse, by: str) -> HttpResponse:
    framed_by = by or settings.STORYMAP_EMBED_ANCESTORS
    response["Content-Security-Policy"] = csp.policy(framed_by=framed_by, site=settings.STORYMAP_SITE_URL)
    return for_anywhere(response)


@require_safe
def script(request: HttpRequest, version: int) -> HttpResponse:
    """One version of the script that articles load to hold embeds; digests in articles hold for it."""
    try:
        packed = _script(version)
    except KeyError:
        raise Http404 from None
    etag = f"host-script-{version}"
    return for_anywhere(not_modified(request, etag, FOREVER) or answer(request, packed, etag, FOREVER))


@cache
def _script(version: int) -> Packed:
    return Packed.of(host_script(version), "text/javascript; charset=utf-8")
