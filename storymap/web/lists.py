"""What the index and the editions page are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from places import when
from storymap import assets
from storymap.pages.addresses import Addresses, addresses, public
from storymap.pages.head import Discovery, discovery
from storymap.pages.languages import LanguageLink, language_links
from storymap.selectors.editions import PublicEdition, PublishedStory, StoryCard
from storymap.story.document import StoryDocument
from storymap.web.changes import change_words


@dataclass(frozen=True)
class CardView:
    card: StoryCard
    url: str
    picture: str


@dataclass(frozen=True)
class IndexPage:
    stories: tuple[CardView, ...]
    languages: tuple[LanguageLink, ...]


def index_page(cards: list[StoryCard], language: str) -> IndexPage:
    views = []
    for card in cards:
        with translation.override(card.language):
            key = card.digest[:16] + assets.release()
            views.append(
                CardView(card, reverse("story", args=[card.slug]), reverse("story-picture", args=[card.slug, key]))
            )
    return IndexPage(tuple(views), language_links([code for code, _name in settings.LANGUAGES], language, "index"))


@dataclass(frozen=True)
class EditionEntry:
    number: int
    published: datetime
    published_words: str
    note: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class EditionsPage:
    document: StoryDocument
    urls: Addresses
    editions: tuple[EditionEntry, ...]
    languages: tuple[LanguageLink, ...]
    discovery: tuple[Discovery, ...]


def editions_page(published: PublishedStory, editions: list[PublicEdition]) -> EditionsPage:
    document = published.document
    links = language_links(document.languages, document.language, "editions", document.slug)
    entries = tuple(_entry(edition, document) for edition in editions)
    at = public(document, published.edition.digest)
    return EditionsPage(document, addresses(at), entries, links, discovery(settings.STORYMAP_SITE_URL + at.of("story")))


def _entry(edition: PublicEdition, document: StoryDocument) -> EditionEntry:
    changes = tuple(change_words(change, document) for change in edition.changes)
    published = _moment_words(edition.published, document.language)
    return EditionEntry(edition.number, edition.published, published, edition.note, changes)


def _moment_words(moment: datetime, language: str) -> str:
    """Date and time of the site's zone, in words: corrections may follow within a day."""
    local = timezone.localtime(moment)
    return f"{when.words(local.date().isoformat(), language)}, {local:%H:%M} {local:%Z}"
