"""oEmbed 1.0 (oembed.com): what other systems put in the place of an address of ours that somebody pastes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from storymap.http_cache.responses import Packed, answer, brief, for_anywhere, not_modified
from storymap.maps.card import SIZE
from storymap.numbers import whole_number
from storymap.pages.addresses import present_slug, public
from storymap.pages.embed_codes import Embedded
from storymap.pages.embed_options import BadOption, Options, options_of
from storymap.pages.head import card_address
from storymap.selectors.editions import NotPublished, PublishedStory, edition_of_number, moved_story, published_story

PAGES = ("story", "chapter", "editions", "share")
EMBEDS = ("embed", "embed-chapter")
LONGEST = 2000
_ODD = re.compile(r"[\x00-\x20\x7f\\]")  # browsers read them otherwise than servers do


@dataclass(frozen=True)
class Pasted:
    """A page of a story, in the language of its address."""

    language: str
    story: str
    chapter: str
    fragment: str  # a chapter or a moment, or anything else
    options: dict[str, str] = field(default_factory=dict)  # of an embed


def pasted_link(address: str) -> Pasted | None:
    """http or https, with or without www and the last slash, with whatever query others have added."""
    address = address.strip()
    if len(address) > LONGEST or _ODD.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return _page(parts) if parts.scheme in ("http", "https") and parts.netloc.lower() in _hosts() else None


def _hosts() -> set[str]:
    """Names with their port as they stand in an address; user names and other ports make another text."""
    own = urlsplit(settings.STORYMAP_SITE_URL).netloc.lower()
    return {own, f"www.{own}", own.removeprefix("www.")}


def _page(parts: SplitResult) -> Pasted | None:
    path = unquote(parts.path)
    path = path if path.endswith("/") else f"{path}/"
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            match = resolve(path)
    except Resolver404:
        return None
    if match.url_name not in (*PAGES, *EMBEDS) or match.namespace:
        return None
    options = dict(parse_qsl(parts.query)) if match.url_name in EMBEDS else {}
    return Pasted(language, match.kwargs["story"], match.kwargs.get("chapter", ""), unquote(parts.fragment), options)


USUAL, WIDEST, TALLEST = (640, 640), 1200, 1000  # pixels; WordPress shows no more than 1000
LASTING = 3600  # seconds for which an answer may be cached by who asks
TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Shown:
    """What an address stands for."""

    published: PublishedStory
    embedded: Embedded
    title: str
    chapter: str  # the one whose card goes with it; or empty


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """400 for a missing address or a wrong number, 501 for another format, 404 for all that is not to be seen."""
    form, address = request.GET.get("format", "json"), request.GET.get("url", "")
    size = {name: _limit_in_pixels(request.GET.get(name)) for name in ("maxwidth", "maxheight")}
    if form not in TYPES:
        return _refusal(501, "This format is not known. Ask for json or xml.")
    if not address:
        return _refusal(400, "Which address? Write it into the parameter url.")
    if wrong := [name for name, most in size.items() if most == 0]:
        return _refusal(400, f"{wrong[0]} is a number of pixels, from 1 on.")
    link = pasted_link(address)
    shown = _embed_of(link) if link else None
    if shown is None:
        return _refusal(404, "There is nothing to embed at this address.")
    body = _body(_fields(shown, size["maxwidth"], size["maxheight"]), form)
    etag, lasting = hashlib.sha256(body).hexdigest()[:16], brief(shown.published.edition.changes)
    packed = Packed.of(body, TYPES[form])
    return for_anywhere(not_modified(request, etag, lasting) or answer(request, packed, etag, lasting))


def _limit_in_pixels(text: str | None) -> int | None:
    """0 when it is no number of pixels; None when nothing is said."""
    return (whole_number(text) or 0) if text is not None else None


def _refusal(status: int, says: str) -> HttpResponse:
    return for_anywhere(
        HttpResponse(f"{says}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
    )


def _embed_of(link: Pasted) -> Shown | None:
    options = _options(link.options)
    language = options.lang or link.language
    for slug in (link.story, moved_story(link.story)):
        with suppress(NotPublished):
            if slug:
                return _of_edition(_story_with_options(slug, language, options), link, options)
    return None


def _story_with_options(slug: str, language: str, options: Options) -> PublishedStory:
    newest = published_story(slug, language)
    return edition_of_number(slug, language, options.edition) if options.edition else newest


def _options(given: Mapping[str, str]) -> Options:
    """Those that are right; a pasted address is no reason to show nothing."""
    known = {}
    for name, value in given.items():
        with suppress(BadOption):
            options_of({name: value}, LANGUAGES)
            known[name] = value
    return options_of(known, LANGUAGES)


def _of_edition(published: PublishedStory, link: Pasted, options: Options) -> Shown | None:
    document = published.document
    chapter = present_slug(document, link.chapter) if link.chapter else ""
    if link.chapter and not chapter:
        return None
    narrated = [c for c in document.chapters if chapter in ("", c.slug)]
    names = {c.slug for c in narrated} | {moment.event for c in narrated for moment in c.moments}
    start = next((name for name in (options.start, link.fragment) if name in names), "")
    title = document.chapter(chapter).title if chapter else ""  # type: ignore[union-attr]  # it is there
    return Shown(
        published,
        Embedded(
            slug=document.slug,
            language=document.language,
            chapter=chapter,
            start=start,
            theme=options.theme if options.theme != "auto" else "",
            map=options.map if options.map != "top" else "",
            edition=options.edition,
            chapters="..".join(options.chapters) if any(options.chapters) and not chapter else "",
        ),
        f"{title} – {document.title}" if title else document.title,
        chapter,
    )


def _fields(shown: Shown, most_wide: int | None, most_high: int | None) -> dict[str, Any]:
    document, edition = shown.published.document, shown.published.edition
    width = min(most_wide, WIDEST) if most_wide else USUAL[0]
    height = min(most_high, TALLEST) if most_high else USUAL[1]
    left = (edition.changes - timezone.now()).total_seconds() if edition.changes else LASTING
    with translation.override(document.language):
        card = card_address(document, shown.chapter, public(document, edition.digest))
    return {
        "version": "1.0",
        "type": "rich",
        "title": shown.title,
        "author_name": document.byline or settings.STORYMAP_SITE_NAME,
        "provider_name": settings.STORYMAP_SITE_NAME,
        "provider_url": settings.STORYMAP_SITE_URL,
        "cache_age": max(0, min(LASTING, int(left))),
        "thumbnail_url": card,
        "thumbnail_width": SIZE[0],
        "thumbnail_height": SIZE[1],
        "html": _frame(shown, width if most_wide else 0, height),
        "width": width,
        "height": height,
    }


def _frame(shown: Shown, most_wide: int, height: int) -> str:
    """As wide as there is room, and no wider than `most_wide` pixels, if that is not 0. Nothing inside the frame, no
    attribute without a value: WordPress takes it apart with regular expressions."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" frameborder="0" style="border:0;display:block{}" '
        'loading="lazy" allowfullscreen="allowfullscreen" referrerpolicy="strict-origin-when-cross-origin"></iframe>',
        shown.embedded.address,
        shown.title,
        height,
        f";max-width:{most_wide}px" if most_wide else "",
    )


def _body(fields: dict[str, Any], form: str) -> bytes:
    if form == "json":
        return json.dumps(fields, ensure_ascii=False).encode()
    root = Element("oembed")
    for name, value in fields.items():
        SubElement(root, name).text = str(value)
    return b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + tostring(root, encoding="utf-8")
