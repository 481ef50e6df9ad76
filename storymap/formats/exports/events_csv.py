"""A story’s events as a table, in the order in which they are narrated, in the columns that our import reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from storymap.formats.tables.csv_text import elsewhere, number, written
from storymap.story.document import EventDocument, SourceDocument, StoryDocument
from storymap.story.support import support_of

COLUMNS = (
    *("slug", "title", "date", "time", "place", "latitude", "longitude", "country"),
    *("also_there", "journey", "journey_mode", "journey_date"),
    *("status", "support", "attributed_to", "summary", "note", "sources", "chapter"),
)


def write(document: StoryDocument) -> bytes:
    """In the order of narration. What a spreadsheet would take for a formula is made harmless, reversibly."""
    document = document.with_record()
    return written(COLUMNS, [_row(document, narrated) for narrated in narrated_events(document)])


def _row(document: StoryDocument, narrated: NarratedEvent) -> list[str]:
    event, place = narrated.event, document.places.get(narrated.event.place)
    where = [place.name, _number(place.lat), _number(place.lng), place.country] if place else ["", "", "", ""]
    sources = "; ".join(dict.fromkeys(citation.source for citation in event.citations))
    begins = [event.slug, event.title, event.date, event.time, *where, *elsewhere(event)]
    support = support_of(event.citations, document.sources)
    says = [event.status, support, event.attributed_to, event.summary, event.note]
    return [*begins, *says, sources, narrated.chapter]


def _number(value: float) -> str:
    return number(round(value, 7))


@dataclass(frozen=True)
class NarratedEvent:
    event: EventDocument
    chapter: str  # the title of the first chapter that narrates it, or of the page of what none narrates


def narrated_events(document: StoryDocument) -> Iterator[NarratedEvent]:
    seen: set[str] = set()
    for chapter in document.chapters:
        for moment in chapter.moments:
            if moment.event not in seen:
                seen.add(moment.event)
                yield NarratedEvent(document.events[moment.event], chapter.title)
    for event in document.listed:
        yield NarratedEvent(event, gettext("Also in the record"))


def sources_of(document: StoryDocument, event: EventDocument) -> list[SourceDocument]:
    return [document.sources[slug] for slug in dict.fromkeys(citation.source for citation in event.citations)]
