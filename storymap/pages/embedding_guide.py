"""What the page for publishers shows: codes ready to paste, and this site as an oEmbed provider."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from storymap.pages.embed_codes import Embedded, frame_code, script_code
from storymap.selectors.editions import StoryCard

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


def embedding_guide(card: StoryCard | None, language: str, *, has_example: bool) -> EmbeddingGuide:
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
