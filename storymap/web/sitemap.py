"""The list of pages for search engines (sitemaps.org 0.9), with languages and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from storymap import assets
from storymap.selectors.editions import StoryCard

NAMESPACES = {  # written by hand: ElementTree's table of prefixes is one for all modules
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def sitemap_xml(cards: Iterable[StoryCard]) -> bytes:
    """The index, and every story in each of its languages, with the page of what no chapter tells. Chapters are parts
    of their story's page."""
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
            if card.also_recorded:
                record = _page(root, card.language, languages, default, "record", slug)
                SubElement(record, "lastmod").text = changed
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
