"""What the index and the editions page are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from storymap import assets
from storymap.document import StoryDocument
from storymap.selectors import PublicEdition, PublishedStory, StoryCard
from storymap.web.addresses import Addresses, addresses
from storymap.web.languages import LanguageLink, language_links


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
    note: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class EditionsPage:
    document: StoryDocument
    urls: Addresses
    editions: tuple[EditionEntry, ...]
    languages: tuple[LanguageLink, ...]


def editions_page(published: PublishedStory, editions: list[PublicEdition]) -> EditionsPage:
    document = published.document
    links = language_links(document.languages, document.language, "editions", document.slug)
    entries = tuple(EditionEntry(e.number, e.published, e.note, tuple(_change(c) for c in e.changes)) for e in editions)
    return EditionsPage(document, addresses(document, published.edition.digest), entries, links)


def _change(change: tuple[str, str, str]) -> str:
    verb, kind, slug = change
    verbs = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}
    kinds = {
        "story": _("Story"),
        "chapters": _("Chapter"),
        "events": _("Event"),
        "places": _("Place"),
        "people": _("Person"),
        "sources": _("Source"),
        "illustrations": _("Illustration"),
    }
    return f"{kinds[kind]} “{slug}”: {verbs[verb]}"
