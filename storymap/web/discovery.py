"""How the site is found: robots.txt, sitemap (sitemaps.org 0.9), feed (Atom, RFC 4287), security.txt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storymap import assets
from storymap.http_cache.responses import answer_body, brief
from storymap.selectors.editions import LatestEdition, StoryInList, latest_editions, next_change, published_cards

VALID_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year
PLAIN = "text/plain; charset=utf-8"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that search engines may list (sitemaps.org)."""
    return answer_body(request, sitemap_xml(published_cards()), "application/xml; charset=utf-8", next_change())


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest editions with their notes to readers (Atom)."""
    language = translation.get_language()
    body = feed_xml(latest_editions(language, MOST), language)
    return answer_body(request, body, "application/atom+xml; charset=utf-8", next_change())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. Embeds are not refused: they say themselves that the story is to be listed instead."""
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    refused = [f"Disallow: {prefix}/{door}/" for prefix in prefixes for door in ("admin", "preview")]
    lines = ["User-agent: *", *refused, "", f"Sitemap: {settings.STORYMAP_SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN, headers={"Cache-Control": brief(None)})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; where the operator names nobody to tell there is no such file."""
    if not settings.STORYMAP_SECURITY_CONTACT:
        raise Http404
    until = datetime.combine(timezone.now().date() + VALID_FOR, datetime.min.time(), UTC)
    lines = [
        f"Contact: {settings.STORYMAP_SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.STORYMAP_SITE_URL}{reverse('security-txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN, headers={"Cache-Control": brief(None)})


NAMESPACES = {  # written by hand: ElementTree's table of prefixes is one for all modules
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def sitemap_xml(cards: Iterable[StoryInList]) -> bytes:
    """The index, and every story in each of its languages, with the pages of what no chapter tells and of who is
    who. Chapters are parts of their story's page."""
    root = Element("urlset", NAMESPACES)
    for code, _name in settings.LANGUAGES:
        _page(root, code, [code for code, _name in settings.LANGUAGES], settings.LANGUAGE_CODE, "index")
    for slug, texts in groupby(sorted(cards, key=attrgetter("slug")), key=attrgetter("slug")):
        of_story = list(texts)
        default = next((card.language for card in of_story if card.is_default), of_story[0].language)
        languages = [card.language for card in of_story]
        for card in of_story:
            page = _page(root, card.language, languages, default, "story", slug)
            changed = SubElement(page, "lastmod").text = card.published.isoformat(timespec="seconds")
            picture = SubElement(page, "image:image")
            digest = card.digest[:16] + assets.release()
            SubElement(picture, "image:loc").text = _address(card.language, "story-card", slug, digest)
            for name in (*(["record"] if card.also_recorded else []), *(["people"] if card.people else [])):
                beside = _page(root, card.language, languages, default, name, slug)
                SubElement(beside, "lastmod").text = changed
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")


def _page(root: Element, language: str, languages: list[str], default: str, name: str, *arguments: str) -> Element:
    page = SubElement(root, "url")
    SubElement(page, "loc").text = _address(language, name, *arguments)
    for code, written in [*((code, code) for code in languages), (default, "x-default")]:
        there = _address(code, name, *arguments)
        SubElement(page, "xhtml:link", {"rel": "alternate", "hreflang": written, "href": there})
    return page


def _address(language: str, name: str, *arguments: str) -> str:
    with translation.override(language):
        return settings.STORYMAP_SITE_URL + reverse(name, args=arguments)


MOST = 50


def feed_xml(editions: Sequence[LatestEdition], language: str) -> bytes:
    """An entry for each edition; its id stays when the site moves to https or the story gets another title."""
    here = settings.STORYMAP_SITE_URL
    feed = Atom1Feed(
        title=settings.STORYMAP_SITE_NAME,
        link=here + reverse("index"),
        description=_("New stories, and what was corrected in them."),
        language=language,
        feed_url=here + reverse("feed"),
        feed_guid=_id(language),
    )
    for edition in editions:
        card = edition.card
        feed.add_item(
            title=_title(edition),
            link=_link(edition),
            description=edition.note or card.standfirst,
            unique_id=_id(card.language, card.slug, str(edition.card.number)),
            pubdate=card.published,
            updateddate=card.published,
            author_name=card.byline or settings.STORYMAP_SITE_NAME,
        )
    return feed.writeString("utf-8").encode()


def _title(edition: LatestEdition) -> str:
    if edition.card.number == 1:
        return edition.card.title
    return _("%(title)s (edition %(number)s)") % {"title": edition.card.title, "number": edition.card.number}


def _link(edition: LatestEdition) -> str:
    """The story itself; of a later edition, its line in the public history."""
    with translation.override(edition.card.language):
        if edition.card.number == 1:
            return settings.STORYMAP_SITE_URL + reverse("story", args=[edition.card.slug])
        return (
            f"{settings.STORYMAP_SITE_URL}{reverse('editions', args=[edition.card.slug])}#edition-{edition.card.number}"
        )


def _id(*parts: str) -> str:
    """A tag URI (RFC 4151): who named it, since when, and what."""
    return f"tag:{urlsplit(settings.STORYMAP_SITE_URL).hostname},2026:{'/'.join(parts)}"
