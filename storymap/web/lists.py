"""What the index and the editions page are given, and what changed in an edition, in words for readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _, pgettext

from places import when
from storymap import assets
from storymap.pages.addresses import Addresses, LanguageLink, addresses, language_links, public
from storymap.pages.head import Discovery, discovery
from storymap.selectors.editions import PublicEdition, PublishedStory, StoryInList
from storymap.story.document import StoryDocument

Change = tuple[str, str, str]  # verb, kind, slug


def change_words(change: Change, document: StoryDocument) -> str:
    """One change by the name that readers know; by its slug when the part is no longer there."""
    verb, kind, slug = change
    verbs = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}
    return f"{_KINDS[kind]()} “{_name(kind, slug, document)}”: {verbs[verb]}"


_KINDS = {
    "story": lambda: _("Story"),
    "chapters": lambda: _("Chapter"),
    "events": lambda: _("Event"),
    "places": lambda: _("Place"),
    "people": lambda: _("Person"),
    "sources": lambda: _("Source"),
    "illustrations": lambda: _("Illustration"),
    "stages": lambda: _("Stage picture"),
    "extracts": lambda: _("Streets"),
}


def _name(kind: str, slug: str, document: StoryDocument) -> str:
    names = {
        "story": lambda: _field(slug),
        "chapters": lambda: getattr(document.chapter(slug), "title", slug),
        "events": lambda: getattr(document.events.get(slug), "title", slug),
        "places": lambda: getattr(document.places.get(slug), "name", slug),
        "sources": lambda: getattr(document.sources.get(slug), "title", slug),
    }
    return names[kind]() if kind in names else slug


def _field(name: str) -> str:
    fields = {
        "title": pgettext("of a story", "title"),
        "standfirst": pgettext("of a story", "standfirst"),
        "byline": pgettext("of a story", "byline"),
        "credits": pgettext("of a story", "credits"),
        "licence": pgettext("of a story", "licence"),
        "corrections": pgettext("of a story", "corrections address"),
        "languages": pgettext("of a story", "languages"),
        "default_language": pgettext("of a story", "default language"),
        "day_zero": pgettext("of a story", "day zero"),
        "day_last": pgettext("of a story", "last counted day"),
        "counting_note": pgettext("of a story", "counting rule"),
        "order of chapters": pgettext("of a story", "order of chapters"),
        "slug": pgettext("of a story", "address"),
    }
    return fields.get(name, name)


@dataclass(frozen=True)
class CardView:
    card: StoryInList
    url: str
    picture: str


@dataclass(frozen=True)
class IndexPage:
    stories: tuple[CardView, ...]
    languages: tuple[LanguageLink, ...]


def index_page(cards: list[StoryInList], language: str) -> IndexPage:
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
    return EditionsPage(
        document, addresses(at), entries, links, discovery(settings.STORYMAP_SITE_URL + at.url("story"))
    )


def _entry(edition: PublicEdition, document: StoryDocument) -> EditionEntry:
    changes = tuple(change_words(change, document) for change in edition.changes)
    published = _moment_words(edition.published, document.language)
    return EditionEntry(edition.number, edition.published, published, edition.note, changes)


def _moment_words(moment: datetime, language: str) -> str:
    """Date and time of the site's zone, in words: corrections may follow within a day."""
    local = timezone.localtime(moment)
    return f"{when.words(local.date().isoformat(), language)}, {local:%H:%M} {local:%Z}"
