"""What the page templates are given: frozen dataclasses, one per page, built from a published document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from places import when
from places.geo import distance
from storymap.document import (
    ChapterDocument,
    EventDocument,
    PlaceDocument,
    StoryDocument,
)
from storymap.maps.projection import view_of
from storymap.maps.scene import Scene, scene_of
from storymap.selectors import PublishedStory
from storymap.web.addresses import Addresses, addresses, derived
from storymap.web.languages import LanguageLink, language_links
from storymap.web.moments import MomentView, StatusView, day_of, length, moment_view, status_views
from storymap.web.strip import StripView, strip_of
from storymap.web.words import words


@dataclass(frozen=True)
class PinView:
    number: int
    place: PlaceDocument
    distance: str  # from the chapter's first pin; empty for that one


@dataclass(frozen=True)
class ChapterView:
    chapter: ChapterDocument
    number: int
    url: str
    when: str
    days: str
    picture: str  # address of the drawn map
    pins: tuple[PinView, ...]
    moments: tuple[MomentView, ...]


@dataclass(frozen=True)
class EditionView:
    number: int
    published: datetime
    published_words: str
    note: str
    digest: str


@dataclass(frozen=True)
class StoryPage:
    document: StoryDocument
    edition: EditionView
    chapters: tuple[ChapterView, ...]
    timeline: StripView
    chapter_now: ChapterView | None  # of a chapter's own address
    title: str
    description: str
    canonical: str  # absolute
    urls: Addresses
    languages: tuple[LanguageLink, ...]
    statuses: tuple[StatusView, ...]
    words: dict[str, str]
    preloads: tuple[str, ...]  # JSON that the map needs first
    long: bool  # many chapters: those out of view are not laid out
    fallbacks: frozenset[str]  # paths of texts shown in the default language, as localizing.py names them


MANY_CHAPTERS = 40
TYPICAL_MAP = 754, 640  # pixels, beside the text on a laptop
EXACT = len("1996-12-17")


def story_page(published: PublishedStory, chapter: str) -> StoryPage:
    """The reading page, opened at `chapter` (a slug of the document, or empty)."""
    document = published.document
    statuses = status_views(document)
    scene = scene_of(document)
    digest = published.edition.digest
    numbered = enumerate(document.chapters, start=1)
    chapters = tuple(_chapter(c, n, document, scene, statuses, digest) for n, c in numbered)
    now = next((view for view in chapters if view.chapter.slug == chapter), None)
    urls = addresses(document, digest)
    return StoryPage(
        document=document,
        edition=_edition(published),
        chapters=chapters,
        timeline=strip_of(document),
        chapter_now=now,
        title=f"{now.chapter.title} – {document.title}" if now else document.title,
        description=_description(now, document),
        canonical=urls.site + urls.base,
        urls=urls,
        languages=_languages(document, chapter),
        statuses=tuple(status for status in statuses.values() if status.count),
        words=words(),
        preloads=_preloads(document, scene, urls, now or chapters[0], digest),
        long=len(chapters) > MANY_CHAPTERS,
        fallbacks=frozenset(document.fallbacks),
    )


def _edition(published: PublishedStory) -> EditionView:
    edition = published.edition
    day = timezone.localtime(edition.published).date().isoformat()
    day_words = when.words(day, published.document.language)
    return EditionView(edition.number, edition.published, day_words, published.note, edition.digest)


def _description(now: ChapterView | None, document: StoryDocument) -> str:
    return (
        Truncator(document.standfirst).chars(300)
        if now is None
        else _("Chapter %(number)s of %(title)s")
        % {
            "number": now.number,
            "title": document.title,
        }
        + (f", {now.when}" if now.when else "")
    )


def _preloads(
    document: StoryDocument, scene: Scene, urls: Addresses, first: ChapterView, digest: str
) -> tuple[str, ...]:
    """What the first view will fetch anyway, told early: places, and the atlas that its camera needs."""
    camera = next(c.camera for c in scene.chapters if c.slug == first.chapter.slug)
    view = view_of(camera, *TYPICAL_MAP)
    at = view.center
    for number, near in enumerate(scene.nears):
        box = near.bounds
        inside = box.west <= at.lng <= box.east and box.south <= at.lat <= box.north
        if inside and view.zoom >= near.min_zoom:
            return (urls.places, derived(document, digest, "atlas-extract", number))
    return (urls.places, static("storymap/atlas/110m.json"))


def _chapter(
    chapter: ChapterDocument,
    number: int,
    document: StoryDocument,
    scene: Scene,
    statuses: dict[str, StatusView],
    digest: str,
) -> ChapterView:
    pins = scene.chapters[number - 1].pins
    numbers = {pin.place: pin.number for pin in pins}
    events = [document.events[moment.event] for moment in chapter.moments]
    first, last = _span(events)
    return ChapterView(
        chapter=chapter,
        number=number,
        url=reverse("chapter", args=[document.slug, chapter.slug]),
        when=when.words(first if first == last else f"{first}/{last}", document.language) if first else "",
        days=_days(first, last, document),
        picture=derived(document, digest, "chapter-picture", chapter.slug),
        pins=tuple(_pin(pin.number, pin.place, pins[0].place, document) for pin in pins),
        moments=tuple(moment_view(event, numbers, document, statuses) for event in events),
    )


def _span(events: list[EventDocument]) -> tuple[str, str]:
    """First and last day told. What is dated roughly, or known only later, counts when nothing else is there."""
    exact = [
        e for e in events if e.earliest and e.latest and not e.later and len(e.date) >= EXACT and "~" not in e.date
    ]
    days = [day for e in exact or events for day in (e.earliest, e.latest) if day]
    return (min(days), max(days)) if days else ("", "")


def _days(first: str, last: str, document: StoryDocument) -> str:
    start, end = day_of(first, document), day_of(last, document)
    if start is None or end is None:
        return ""
    return (
        _("Day %(day)s") % {"day": start}
        if start == end
        else _("Days %(first)s to %(last)s") % {"first": start, "last": end}
    )


def _pin(number: int, slug: str, main: str, document: StoryDocument) -> PinView:
    place, first = document.places[slug], document.places[main]
    metres = distance(first.at, place.at)
    return PinView(number, place, length(metres) if slug != main and metres >= 1 else "")


def _languages(document: StoryDocument, chapter: str) -> tuple[LanguageLink, ...]:
    if chapter:
        return language_links(document.languages, document.language, "chapter", document.slug, chapter)
    return language_links(document.languages, document.language, "story", document.slug)
