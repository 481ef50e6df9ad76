"""A story’s places or events as a table that can be imported again, and its events in the order of narration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from places.models import Place
from storymap.formats.tables.csv_text import csv_bytes, elsewhere, number
from storymap.models import ImportBatch, Story
from storymap.story.document import EventDocument, SourceDocument, StoryDocument, support_of
from storymap.story.from_models import place_entry, story_file_of
from storymap.story.storyfile import EventEntry, PlaceEntry, StoryFile

PLACES = (
    *("slug", "name", "latitude", "longitude", "kind", "country", "address"),
    *("precision", "radius", "coordinate_source", "time_zone"),
)
EVENT_BEGINS = (
    *("slug", "title", "date", "time", "place", "latitude", "longitude", "country"),
    *("also_there", "journey", "journey_mode", "journey_date"),
)
EVENTS = (*EVENT_BEGINS, "status", "attributed_to", "summary", "note", "sources")
NARRATED = (*EVENT_BEGINS, "status", "support", "attributed_to", "summary", "note", "sources", "chapter")


def dump(story: Story, kind: str) -> bytes:
    """In the story's own language: other languages, and the places in sources that are cited, are not in it."""
    file = story_file_of(story)
    if kind == "events":
        return events_table(file)
    return places_table(
        [*file.places, *_imported_places(story, {place.slug for place in file.places})], file.default_language
    )


def places_table(places: list[PlaceEntry], language: str) -> bytes:
    return csv_bytes(PLACES, [_place(place, language) for place in places])


def events_table(file: StoryFile) -> bytes:
    """In the order of narration."""
    order = {m.event: n for n, m in enumerate(m for chapter in file.chapters for m in chapter.moments)}
    places = {place.slug: place for place in file.places}
    events = sorted(file.events, key=lambda event: order.get(event.slug, len(order)))
    rows = (_event(event, places.get(event.place or ""), file.default_language) for event in events)
    return csv_bytes(EVENTS, list(rows))


def _imported_places(story: Story, named: set[str]) -> Iterator[PlaceEntry]:
    """Places that were imported into the story and that no event tells yet."""
    batches = ImportBatch.objects.filter(story=story, undone_at=None).values_list("created", flat=True)
    keys = {part["key"] for created in batches for part in created if part["kind"] == "place"}
    rows = Place.objects.filter(pk__in=keys).exclude(slug__in=named).prefetch_related("translations", "toponyms")
    yield from map(place_entry, rows.order_by("slug"))


def _text(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _number(value: float, decimals: int = 12) -> str:
    return number(round(value, decimals))


def _sources(event: EventEntry | EventDocument) -> Iterable[str]:
    """The slugs of the sources, each once."""
    return dict.fromkeys(citation.source for citation in event.citations)


def _place(place: PlaceEntry, language: str) -> list[str]:
    return [
        *(
            place.slug,
            _text(place.name, language),
            _number(place.lat),
            _number(place.lng),
            place.kind,
            place.country,
        ),
        *(place.address, place.precision, _number(place.radius), place.coordinate_source, place.time_zone),
    ]


def _event(event: EventEntry, place: PlaceEntry | None, language: str) -> list[str]:
    where = ["", "", "", ""]
    if place:
        where = [_text(place.name, language), _number(place.lat), _number(place.lng), place.country]
    texts = (_text(text, language) for text in (event.attributed_to, event.summary, event.note))
    begins = [event.slug, _text(event.title, language), event.date, event.time or ""]
    return [*begins, *where, *elsewhere(event), event.status, *texts, "; ".join(_sources(event))]


def write(document: StoryDocument) -> bytes:
    """In the order of narration. What a spreadsheet would take for a formula is made harmless, reversibly."""
    document = document.with_record()
    return csv_bytes(NARRATED, [_row(document, narrated) for narrated in narrated_events(document)])


def _row(document: StoryDocument, narrated: NarratedEvent) -> list[str]:
    event, place = narrated.event, document.places.get(narrated.event.place)
    where = ["", "", "", ""]
    if place:
        where = [place.name, _number(place.lat, 7), _number(place.lng, 7), place.country]
    begins = [event.slug, event.title, event.date, event.time, *where, *elsewhere(event)]
    support = support_of(event.citations, document.sources)
    says = [event.status, support, event.attributed_to, event.summary, event.note]
    return [*begins, *says, "; ".join(_sources(event)), narrated.chapter]


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
    return [document.sources[slug] for slug in _sources(event)]
