"""What the head of a story's page tells those who do not read it: social networks, search engines, other systems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from storymap.maps.card import SIZE
from storymap.pages.addresses import Addressing
from storymap.pages.embedding_guide import endpoint
from storymap.pages.linked_data import linked_data
from storymap.selectors.editions import PublishedStory
from storymap.story.document import StoryDocument


@dataclass(frozen=True)
class Discovery:
    """A link by which other systems find the oEmbed answer; one for each name that they look for."""

    type: str
    url: str


@dataclass(frozen=True)
class Head:
    title: str
    url: str  # absolute: of this page, not of the story as a whole
    card: str  # absolute; PNG
    card_size: tuple[int, int]  # pixels
    published: datetime  # the first edition
    modified: datetime  # this edition
    other_languages: tuple[str, ...]
    default_url: str  # absolute, for readers of none of the languages
    discovery: tuple[Discovery, ...]
    linked_data: str  # JSON, safe between the tags of a script


JSON, XML, XML_OF_DRUPAL = "application/json+oembed", "text/xml+oembed", "application/xml+oembed"


def head_of(published: PublishedStory, chapter: str, title: str, at: Addressing) -> Head | None:
    """Of the page that opens at the chapter; None for a draft, which is for nobody else."""
    if not at.has_history:
        return None
    document, edition, site = published.document, published.edition, settings.STORYMAP_SITE_URL
    url = site + (at.of("chapter", chapter) if chapter else at.of("story"))
    card = card_address(document, chapter, at)
    with translation.override(document.default_language):
        default = site + (reverse("chapter", args=[*at.story, chapter]) if chapter else reverse("story", args=at.story))
    first = published.first or edition.published
    return Head(
        title=title,
        url=url,
        card=card,
        card_size=SIZE,
        published=first,
        modified=edition.published,
        other_languages=tuple(code for code in document.languages if code != document.language),
        default_url=default,
        discovery=discovery(url),
        linked_data=linked_data(published, chapter, url=url, story=site + at.of("story"), card=card),
    )


def card_address(document: StoryDocument, chapter: str, at: Addressing) -> str:
    """Absolute."""
    name, parts = ("chapter-card", [chapter]) if chapter else ("story-card", [])
    return settings.STORYMAP_SITE_URL + at.derived(name, *parts)


def discovery(url: str) -> tuple[Discovery, ...]:
    """WordPress looks for the first two, Ghost for the first, Drupal for the first and the last (their sources)."""
    asked = {"json": urlencode({"url": url, "format": "json"}), "xml": urlencode({"url": url, "format": "xml"})}
    kinds = ((JSON, "json"), (XML, "xml"), (XML_OF_DRUPAL, "xml"))
    return tuple(Discovery(kind, f"{endpoint()}?{asked[form]}") for kind, form in kinds)
