"""What the page templates are given: frozen dataclasses, one per page, built from a published document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from places import when
from places.geo import distance
from places.models import ClaimStatus
from storymap import assets
from storymap.document import ChapterDocument, CitationDocument, EventDocument, PlaceDocument, SourceDocument, StoryDocument
from storymap.maps.scene import Scene, scene_of
from storymap.selectors import PublicEdition, PublishedStory, StoryCard
from storymap.web.addresses import WORLD_UP_TO, derived
from storymap.web.strip import StripView, strip_of
from storymap.web.words import words


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str  # in its own language
    url: str
    current: bool


@dataclass(frozen=True)
class StatusView:
    code: str
    label: str
    explanation: str
    count: int  # moments of this status


@dataclass(frozen=True)
class CitationView:
    source: SourceDocument
    locator: str
    note: str
    cite: str  # author, title, container, date
    url: str


@dataclass(frozen=True)
class PinView:
    number: int
    place: PlaceDocument
    distance: str  # from the chapter's first pin; empty for that one


@dataclass(frozen=True)
class MomentView:
    event: EventDocument
    pin: int | None
    place: PlaceDocument | None
    further: tuple[PlaceDocument, ...]
    route_km: str
    when: str
    when_iso: str  # for <time datetime>; empty when the date is no single day or month
    day: int | None
    day_words: str
    status: StatusView
    citations: tuple[CitationView, ...]


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
    note: str
    digest: str


@dataclass(frozen=True)
class Addresses:
    site: str  # origin
    base: str
    editions: str
    map_script: str
    places: str
    picture: str  # absolute


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


MANY_CHAPTERS = 40


def story_page(published: PublishedStory, chapter: str) -> StoryPage:
    """The reading page, opened at `chapter` (a slug of the document, or empty)."""
    document = published.document
    statuses = _statuses(document)
    scene = scene_of(document)
    digest = published.edition.digest
    numbered = enumerate(document.chapters, start=1)
    chapters = tuple(_chapter(c, n, document, scene, statuses, digest) for n, c in numbered)
    now = next((view for view in chapters if view.chapter.slug == chapter), None)
    urls = _addresses(document, digest)
    return StoryPage(
        document=document,
        edition=EditionView(published.edition.number, published.edition.published, published.note, digest),
        chapters=chapters,
        timeline=strip_of(document),
        chapter_now=now,
        title=f"{now.chapter.title} – {document.title}" if now else document.title,
        description=_description(now, document),
        canonical=urls.site + urls.base,
        urls=urls,
        languages=_story_languages(document, chapter),
        statuses=tuple(status for status in statuses.values() if status.count),
        words=words(),
        preloads=_preloads(document, scene, urls, now or chapters[0], digest),
        long=len(chapters) > MANY_CHAPTERS,
    )


def _description(now: ChapterView | None, document: StoryDocument) -> str:
    return Truncator(document.standfirst).chars(300) if now is None else _("Chapter %(number)s of %(title)s") % {
        "number": now.number,
        "title": document.title,
    } + (f", {now.when}" if now.when else "")


def _addresses(document: StoryDocument, digest: str) -> Addresses:
    return Addresses(
        site=settings.STORYMAP_SITE_URL,
        base=reverse("story", args=[document.slug]),
        editions=reverse("editions", args=[document.slug]),
        map_script=derived(document, digest, "map-script"),
        places=derived(document, digest, "places"),
        picture=settings.STORYMAP_SITE_URL + derived(document, digest, "story-picture"),
    )


def _preloads(
    document: StoryDocument, scene: Scene, urls: Addresses, first: ChapterView, digest: str
) -> tuple[str, ...]:
    """What the first view will fetch anyway, told early: places, and the atlas that its camera needs."""
    view = next(c for c in scene.chapters if c.slug == first.chapter.slug)
    fetched = [urls.places]
    zoom = view.camera.zoom
    if zoom is not None and zoom > WORLD_UP_TO and view.camera.center is not None:
        at = view.camera.center
        for number, near in enumerate(scene.nears):
            box = near.bounds
            if box.west <= at.lng <= box.east and box.south <= at.lat <= box.north and zoom >= near.min_zoom:
                return (*fetched, derived(document, digest, "atlas-extract", number))
    return (*fetched, static("storymap/atlas/110m.json"))


def _statuses(document: StoryDocument) -> dict[str, StatusView]:
    counts = Counter(document.events[m.event].status for c in document.chapters for m in c.moments)
    explanations = {
        "documented": _("The record states it without naming a doubt."),
        "reported": _("A named person or medium says so."),
        "alleged": _("An accusation or claim that was not established at the time."),
        "disputed": _("Sources contradict each other about it."),
        "denied": _("It is denied or withdrawn by someone who was there."),
    }
    return {s: StatusView(s, str(s.label), explanations[s], counts[s]) for s in ClaimStatus}


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
        moments=tuple(_moment(event, numbers, document, statuses) for event in events),
    )


def _span(events: list[EventDocument]) -> tuple[str, str]:
    """First and last day told, by what is dated to the day or month; a chapter's heading is no place for decades."""
    days = [day for e in events for day in (e.earliest, e.latest) if day and not e.later]
    days = days or [day for e in events for day in (e.earliest, e.latest) if day]
    return (min(days), max(days)) if days else ("", "")


def day_of(iso: str, document: StoryDocument) -> int | None:
    """The day number, for days that are counted."""
    if not (iso and document.day_zero and document.day_last) or not document.day_zero <= iso <= document.day_last:
        return None
    return when.day_number(date.fromisoformat(iso), date.fromisoformat(document.day_zero))


def _days(first: str, last: str, document: StoryDocument) -> str:
    start, end = day_of(first, document), day_of(last, document)
    if start is None or end is None:
        return ""
    return _("Day %(day)s") % {"day": start} if start == end else _("Days %(first)s to %(last)s") % {"first": start, "last": end}


def _pin(number: int, slug: str, main: str, document: StoryDocument) -> PinView:
    place, first = document.places[slug], document.places[main]
    metres = distance(first.at, place.at)
    return PinView(number, place, length(metres) if slug != main and metres >= 1 else "")


def length(metres: float) -> str:
    """With as many digits as a reader needs: 80 m, 1.2 km, 4,190 km."""
    if metres < 1000:
        return _("%(number)s m") % {"number": number_format(round(metres, -1 if metres > 100 else 0), 0)}
    km = metres / 1000
    return _("%(number)s km") % {"number": number_format(round(km, 1), 1) if km < 10 else number_format(round(km), 0, force_grouping=True)}


def _moment(
    event: EventDocument, numbers: dict[str, int], document: StoryDocument, statuses: dict[str, StatusView]
) -> MomentView:
    further = tuple(document.places[slug] for slug in event.further_places)
    stops = ([document.places[event.place].at] if event.place else []) + [place.at for place in further]
    metres = sum(distance(a, b) for a, b in zip(stops, stops[1:], strict=False))
    day = day_of(event.earliest, document) if event.earliest == event.latest else None
    words_of_date = when.words(event.date, document.language) if event.date else _("date unknown")
    return MomentView(
        event=event,
        pin=numbers.get(event.place),
        place=document.places.get(event.place),
        further=further,
        route_km=length(metres) if metres else "",
        when=f"{words_of_date}, {event.time}" if event.time else words_of_date,
        when_iso=(f"{event.date}T{event.time}" if event.time else event.date) if event.earliest == event.latest == event.date else "",
        day=day,
        day_words=_("Day %(day)s") % {"day": day} if day is not None else "",
        status=statuses[event.status],
        citations=tuple(_citation(c, document) for c in event.citations),
    )


def _citation(citation: CitationDocument, document: StoryDocument) -> CitationView:
    source = document.sources[citation.source]
    issued = when.words(source.issued, document.language) if source.issued else ""
    cite = ", ".join(part for part in (source.author, source.title, source.container, issued) if part)
    return CitationView(source, citation.locator, citation.note, cite, source.url)


def _language_name(code: str) -> str:
    return translation.get_language_info(code)["name_local"].capitalize()


def _story_languages(document: StoryDocument, chapter: str) -> tuple[LanguageLink, ...]:
    links = []
    for code in document.languages:
        with translation.override(code):
            url = reverse("chapter", args=[document.slug, chapter]) if chapter else reverse("story", args=[document.slug])
        links.append(LanguageLink(code, _language_name(code), url, code == document.language))
    return tuple(links)


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
            views.append(CardView(card, reverse("story", args=[card.slug]), reverse("story-picture", args=[card.slug, key])))
    return IndexPage(tuple(views), _index_languages(language))


def _index_languages(language: str) -> tuple[LanguageLink, ...]:
    links = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            links.append(LanguageLink(code, _language_name(code), reverse("index"), code == language))
    return tuple(links)


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
    links = []
    for code in document.languages:
        with translation.override(code):
            links.append(
                LanguageLink(code, _language_name(code), reverse("editions", args=[document.slug]), code == document.language)
            )
    entries = tuple(EditionEntry(e.number, e.published, e.note, tuple(_change(c) for c in e.changes)) for e in editions)
    return EditionsPage(document, _addresses(document, published.edition.digest), entries, tuple(links))


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
