"""A story's events as a table that spreadsheet programs open, in the columns that our own import reads."""

from __future__ import annotations

from storymap.document import StoryDocument
from storymap.interchange.formats.cells import elsewhere, number
from storymap.interchange.formats.table import written
from storymap.interchange.formats.told import Told, told_events
from storymap.support import support_of

COLUMNS = (
    *("slug", "title", "date", "time", "place", "latitude", "longitude", "country"),
    *("also_there", "journey", "journey_mode", "journey_date"),
    *("status", "support", "attributed_to", "summary", "note", "sources", "chapter"),
)


def write(document: StoryDocument) -> bytes:
    """In the order in which they are told. What a spreadsheet would take for a formula is made harmless, reversibly."""
    document = document.with_record()
    return written(COLUMNS, [_row(document, told) for told in told_events(document)])


def _row(document: StoryDocument, told: Told) -> list[str]:
    event, place = told.event, document.places.get(told.event.place)
    where = [place.name, _number(place.lat), _number(place.lng), place.country] if place else ["", "", "", ""]
    sources = "; ".join(dict.fromkeys(citation.source for citation in event.citations))
    begins = [event.slug, event.title, event.date, event.time, *where, *elsewhere(event)]
    support = support_of(event.citations, document.sources)
    says = [event.status, support, event.attributed_to, event.summary, event.note]
    return [*begins, *says, sources, told.chapter]


def _number(value: float) -> str:
    return number(round(value, 7))
