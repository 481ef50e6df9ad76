"""What a publisher pastes: a frame, or a frame that is as tall as the story; and the page that explains both.

A version of the host script that was once released is in other people's articles, with its digest: it stays at its
address and is never changed. What is new gets the next number.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html

from storymap.selectors.editions import StoryInList

HEIGHT = 640  # pixels of a frame whose height nobody sets


@dataclass(frozen=True)
class Embedded:
    """What of a story is embedded, and how. Empty is as usual."""

    slug: str
    language: str
    chapter: str = ""
    start: str = ""  # a chapter or a moment
    theme: str = ""
    map: str = ""
    edition: int = 0  # 0: the newest
    chapters: str = ""  # first..last

    @property
    def address(self) -> str:
        """Absolute."""
        names = ("theme", "map", "start", "chapters", "edition")
        query = urlencode({name: getattr(self, name) for name in names if getattr(self, name)})
        name, arguments = ("embed-chapter", [self.slug, self.chapter]) if self.chapter else ("embed", [self.slug])
        with translation.override(self.language):
            path = reverse(name, args=arguments)
        return settings.STORYMAP_SITE_URL + path + (f"?{query}" if query else "")


def frame_code(embedded: Embedded, title: str) -> str:
    """Works without any script; its height is fixed. A block, so that a theme can give it the width of its column."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" allowfullscreen '
        'referrerpolicy="strict-origin-when-cross-origin" style="border:0;display:block;width:100%"></iframe>',
        embedded.address,
        title,
        HEIGHT,
    )


def script_code(embedded: Embedded, title: str, link: str) -> str:
    """As tall as the story; where the script does not run, a link."""
    return format_html(
        '<script async src="{}" integrity="{}" crossorigin="anonymous"></script>\n'
        '<story-map src="{}" title="{}" style="display:block"><a href="{}">{}</a></story-map>',
        host_script_address(),
        host_script_integrity(),
        embedded.address,
        title,
        link,
        title,
    )


HOST_SCRIPTS = settings.BASE_DIR / "static" / "storymap" / "host"
NEWEST_HOST_SCRIPT = 2


@cache
def host_script(version: int) -> bytes:
    """JavaScript. Raises KeyError for a version that there is not."""
    if not 1 <= version <= NEWEST_HOST_SCRIPT:
        raise KeyError(version)
    return (HOST_SCRIPTS / f"{version}.js").read_bytes()


@cache
def host_script_integrity(version: int = NEWEST_HOST_SCRIPT) -> str:
    """As the attribute `integrity` wants it (Subresource Integrity)."""
    return f"sha384-{base64.b64encode(hashlib.sha384(host_script(version)).digest()).decode()}"


def host_script_address(version: int = NEWEST_HOST_SCRIPT) -> str:
    return settings.STORYMAP_SITE_URL + reverse("host-script", args=[version])


NONE_YET = "your-story"  # where nothing is published yet


@dataclass(frozen=True)
class EmbeddingGuide:
    link: str  # absolute, of the story that stands for all
    embed: str
    frame_code: str
    script_code: str
    consent_code: str
    talk_code: str
    wagtail: str  # Python
    drupal: str  # JSON
    has_example: bool


def embedding_guide(card: StoryInList | None, language: str, *, has_example: bool) -> EmbeddingGuide:
    slug, title = (card.slug, card.title) if card else (NONE_YET, settings.STORYMAP_SITE_NAME)
    embedded = Embedded(slug, card.language if card else language)
    link = settings.STORYMAP_SITE_URL + reverse("story", args=[slug])
    script = script_code(embedded, title, link)
    return EmbeddingGuide(
        link=link,
        embed=embedded.address,
        frame_code=frame_code(embedded, title),
        script_code=script,
        consent_code=script.replace("<story-map ", '<story-map consent="click" poster="/your-own-picture.jpg" ', 1),
        talk_code=TALK,
        wagtail=f"WAGTAILEMBEDS_FINDERS = [\n    {WAGTAIL_FINDER % wagtail_provider()},\n]",
        drupal=json.dumps([drupal_provider()], indent=2),
        has_example=has_example,
    )


WAGTAIL_FINDER = '{"class": "wagtail.embeds.finders.oembed", "providers": [%r]}'
TALK = """const map = document.querySelector("story-map");
map.goto("chapter", "event");  // or a chapter alone
map.addEventListener("stepchange", ({ detail }) => console.log(detail.chapter, detail.moment));"""


def endpoint() -> str:
    return settings.STORYMAP_SITE_URL + reverse("oembed")


def wagtail_provider() -> dict[str, Any]:
    """For the finder wagtail.embeds.finders.oembed: an endpoint and the addresses that it answers for."""
    site = re.escape(settings.STORYMAP_SITE_URL)
    return {"endpoint": endpoint(), "urls": [rf"^{site}/(?:\w+/)?(?:stories|embed)/.+$"]}


def drupal_provider() -> dict[str, Any]:
    """An entry of a provider list, as oembed.com/providers.json has them and Drupal's core media reads them."""
    site = settings.STORYMAP_SITE_URL
    answers = {
        "schemes": [f"{site}/stories/*", f"{site}/*/stories/*", f"{site}/embed/*"],
        "url": endpoint(),
        "formats": ["json", "xml"],
        "discovery": True,
    }
    return {"provider_name": settings.STORYMAP_SITE_NAME, "provider_url": site, "endpoints": [answers]}
