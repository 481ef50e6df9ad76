"""Parts of stories and of the record as story files of their own: what the trash holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from msgspec import UNSET

from places.models import Event, Person, Place, Source
from storymap.models import Illustration
from storymap.story.from_models import (
    event_entry,
    illustration_entry,
    person_entry,
    place_entry,
    source_entry,
    with_parts,
)
from storymap.story.storyfile import EventEntry, StoryFile, entries_in

OF_NO_STORY = StoryFile(slug="none", default_language="en", languages=(), title={})  # around a part of no story


def only_chapter(file: StoryFile, slug: str) -> StoryFile:
    """The story with that chapter alone."""
    chapter = next(chapter for chapter in file.chapters if chapter.slug == slug)
    slugs = {moment.event for moment in chapter.moments}
    events = tuple(event for event in file.events if event.slug in slugs)
    return replace(
        file,
        chapters=(chapter,),
        events=events,
        places=_entries_named(file.places, places_of(events)),
        people=_entries_named(file.people, {i.person for event in events for i in event.people}),
        sources=_entries_named(file.sources, {c.source for event in events for c in event.citations}),
        illustrations=_entries_named(file.illustrations, {chapter.illustration} - {None}),
        stages=_entries_named(entries_in(file, "stages"), {chapter.stage}),
        extracts=UNSET,
    )


def only_extract(file: StoryFile, slug: str) -> StoryFile:
    """That basemap extract alone, under the slug of its story."""
    return replace(OF_NO_STORY, slug=file.slug, extracts=_entries_named(entries_in(file, "extracts"), {slug}))


def places_of(events: Iterable[EventEntry]) -> set[str]:
    return {slug for event in events for slug in event.places}


def _entries_named(entries: tuple[Any, ...], slugs: set[Any]) -> tuple[Any, ...]:
    return tuple(entry for entry in entries if entry.slug in slugs)


def file_of_part(part: Any) -> StoryFile:
    """A place, person, source, illustration or event, whatever was read of it before."""
    match part:
        case Event():
            return _file_of_event(with_parts(Event.objects.filter(pk=part.pk)).get())
        case Place():
            return replace(OF_NO_STORY, places=(place_entry(Place.objects.get(pk=part.pk)),))
        case Person():
            return replace(OF_NO_STORY, people=(person_entry(Person.objects.get(pk=part.pk)),))
        case Source():
            return replace(OF_NO_STORY, sources=(source_entry(Source.objects.get(pk=part.pk)),))
        case _:
            row = Illustration.objects.get(pk=part.pk)
            return replace(OF_NO_STORY, illustrations=(illustration_entry(row),))


def _file_of_event(event: Event) -> StoryFile:
    places = {stop.place for stop in event.stops.all()} | {other.place for other in event.elsewhere.all()}
    places |= {event.place} if event.place else set()
    return replace(
        OF_NO_STORY,
        events=(event_entry(event),),
        places=tuple(place_entry(place) for place in places),
        people=tuple(person_entry(i.person) for i in event.involvements.all()),
        sources=tuple(source_entry(source) for source in {c.source for c in event.citations.all()}),
    )
