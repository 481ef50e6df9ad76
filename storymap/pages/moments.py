"""A moment as the page shows it: when, where, how certain, who says so. And the key moments: the story in short."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from places import when
from places.dates.days import day_number
from places.models import JourneyMode
from places.statuses import ClaimStatus
from storymap.maps.scene import Pin, is_flown, legs_of, length_of
from storymap.prose import text_of, words_in_text
from storymap.story.document import (
    CitationDocument,
    EventDocument,
    PlaceDocument,
    SourceDocument,
    StoryDocument,
    Support,
    support_of,
)

WORDS_A_MINUTE = 220


@dataclass(frozen=True)
class StatusView:
    code: str
    label: str
    explanation: str
    is_dot: bool
    count: int  # moments of this status


@dataclass(frozen=True)
class SupportView:
    """What is said beside the status of a statement that rests on little."""

    label: str
    explanation: str
    count: int  # moments of which it is said


@dataclass(frozen=True)
class CitationView:
    source: SourceDocument
    locator: str
    note: str
    cite: str  # author, title, container, date
    url: str


@dataclass(frozen=True)
class JourneyView:
    stops: tuple[PlaceDocument, ...]
    facts: str  # by what, when, how far
    joined: bool  # its line on the map joins the stops, and is not the way taken


@dataclass(frozen=True)
class MomentView:
    event: EventDocument
    mark: str  # what the map marks while it is read: its place, or its spot on a picture; empty where that has none
    pin: int | None
    place: PlaceDocument | None
    also: str  # names of the places it also concerns
    journey: JourneyView | None
    when: str
    when_iso: (
        str  # for <time datetime>; empty when the date is no single day, or one before Christ, which HTML does not know
    )
    day: int | None
    day_words: str
    status: StatusView
    support: str  # on how little it rests; empty when there is nothing to say
    citations: tuple[CitationView, ...]


def status_views(document: StoryDocument) -> dict[str, StatusView]:
    counts = Counter(document.events[m.event].status for c in document.chapters for m in c.moments)
    return {s: StatusView(s, str(s.label), str(s.explanation), s.is_dot, counts[s]) for s in ClaimStatus}


def support_views(document: StoryDocument) -> dict[str, SupportView]:
    """By kind of support, of those that readers see."""
    narrated = (document.events[m.event] for c in document.chapters for m in c.moments)
    counts = Counter(support_of(event.citations, document.sources) for event in narrated)
    said = {
        Support.ONE_SECONDARY: (
            _("one secondary source"),
            _("The one source that is cited retells. It is no judgment, law, official report, interview or picture."),
        ),
        Support.REFERENCE_WORKS: (
            _("only reference works"),
            _("All that is cited are encyclopedias or dictionaries."),
        ),
        Support.NONE: (_("no source"), _("Nothing is cited.")),
    }
    return {code: SupportView(*words, counts[code]) for code, words in said.items()}


def day_of(iso: str, document: StoryDocument) -> int | None:
    """The day number, for days that are counted."""
    if not (iso and document.day_zero and document.day_last):
        return None
    day, zero, last = (day_number(each) for each in (iso, document.day_zero, document.day_last))
    return day - zero if zero <= day <= last else None


def length(metres: float) -> str:
    """With as many digits as a reader needs: 80 m, 1.2 km, 4,190 km."""
    rounded = round(metres, -1 if metres > 100 else 0)
    if rounded < 1000:
        return _("%(number)s m") % {"number": number_format(rounded, 0)}
    km = round(metres / 1000, 1)
    number = number_format(km, 1) if km < 10 else number_format(round(metres / 1000), 0, force_grouping=True)
    return _("%(number)s km") % {"number": number}


def rough_length(metres: float) -> str:
    """To two digits: as much as a line that is drawn, or a straight one in place of a way, can say."""
    return length(round(metres, 1 - math.floor(math.log10(metres))))


def moment_view(
    event: EventDocument,
    pins: tuple[Pin, ...],
    document: StoryDocument,
    statuses: dict[str, StatusView],
    supports: dict[str, SupportView],
    *,
    on_picture: bool = False,
) -> MomentView:
    on_the_way = event.journey.stops if event.journey else ()
    also = [document.places[slug].name for slug in event.also_there if slug not in on_the_way]
    day = day_of(event.earliest, document) if event.earliest == event.latest else None
    support = supports.get(support_of(event.citations, document.sources))
    words_of_date = when.words(event.date, document.language) if event.date else _("date unknown")
    pin = next((pin for pin in pins if (event.slug in pin.events if on_picture else pin.place == event.place)), None)
    return MomentView(
        event=event,
        mark=(pin.place if pin else "") if on_picture else event.place,
        pin=pin.number if pin else None,
        place=document.places.get(event.place),
        also="; ".join(also),
        journey=_journey(event, document),
        when=f"{words_of_date}, {event.time}" if event.time else words_of_date,
        when_iso=(f"{event.date}T{event.time}" if event.time else event.date)
        if event.earliest == event.latest == event.date and not event.date.startswith(("-", "0000"))
        else "",
        day=day,
        day_words=_("Day %(day)s") % {"day": day} if day is not None else "",
        status=statuses[event.status],
        support=support.label if support else "",
        citations=tuple(_citation(c, document) for c in event.citations),
    )


def _journey(event: EventDocument, document: StoryDocument) -> JourneyView | None:
    if event.journey is None:
        return None
    legs, mode, date = legs_of(document, event), event.journey.mode, event.journey.date
    metres = length_of(legs)
    facts = [
        str(JourneyMode(mode).label) if mode in JourneyMode else _("means of transport not known"),
        when.words(date, document.language) if date and date != event.date else "",
        _("about %(length)s in a straight line") % {"length": rough_length(metres)} if metres else "",
    ]
    stops = tuple(document.places[slug] for slug in event.journey.stops)
    return JourneyView(stops, ", ".join(filter(None, facts)), joined=bool(legs) and not is_flown(event))


def _citation(citation: CitationDocument, document: StoryDocument) -> CitationView:
    source = document.sources[citation.source]
    issued = when.words(source.issued, document.language) if source.issued else ""
    cite = ", ".join(part for part in (source.author, source.title, source.container, issued) if part)
    return CitationView(source, citation.locator, citation.note, cite, source.url)


@dataclass(frozen=True)
class InShort:
    """The story in short, which the cover offers beside the whole one, and how long each takes to read."""

    lines: tuple[MomentView, ...]  # in the order of the story; none where no moment is a key moment
    minutes: int
    minutes_of_all: int  # for the narration of every chapter


def in_short(document: StoryDocument, moments: Iterable[MomentView]) -> InShort:
    """Of a document and the views of its moments."""
    key = {moment.event for chapter in document.chapters for moment in chapter.moments if moment.is_key}
    views = {view.event.slug: view for view in moments if view.event.slug in key}
    lines = tuple(views.values())
    told = (f"{line.when} {line.event.title} {line.event.summary}" for line in lines)
    narrated = (f"{chapter.title} {text_of(chapter.narration)}" for chapter in document.chapters)
    return InShort(lines, _minutes(told), _minutes(narrated))


def _minutes(texts: Iterable[str]) -> int:
    return max(1, round(sum(map(words_in_text, texts)) / WORDS_A_MINUTE))
