"""Parts of a story as story files of their own: the part, and everything that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from places.models import Event, Person, Place, Source
from storymap.models import Illustration
from storymap.rows import event_entry, illustration_entry, person_entry, place_entry, source_entry, with_parts
from storymap.storyfile import EventEntry, StoryFile

NOWHERE = StoryFile(slug="none", default_language="en", languages=(), title={})  # the frame around a part of none


def only_chapter(file: StoryFile, slug: str) -> StoryFile:
    """The story with that chapter alone."""
    chapter = next(chapter for chapter in file.chapters if chapter.slug == slug)
    events = {moment.event for moment in chapter.moments}
    told = tuple(event for event in file.events if event.slug in events)
    return replace(
        file,
        chapters=(chapter,),
        events=told,
        places=_named(file.places, places_of(told)),
        people=_named(file.people, {i.person for event in told for i in event.people}),
        sources=_named(file.sources, {c.source for event in told for c in event.citations}),
        illustrations=_named(file.illustrations, {chapter.illustration} - {None}),
    )


def places_of(events: Iterable[EventEntry]) -> set[str]:
    return {slug for event in events for slug in event.places}


def _named(entries: tuple[Any, ...], slugs: set[Any]) -> tuple[Any, ...]:
    return tuple(entry for entry in entries if entry.slug in slugs)


def file_of_part(part: Any) -> StoryFile:
    """A place, person, source, illustration or event, whatever was read of it before."""
    match part:
        case Event():
            return _file_of_event(with_parts(Event.objects.filter(pk=part.pk)).get())
        case Place():
            return replace(NOWHERE, places=(place_entry(Place.objects.get(pk=part.pk)),))
        case Person():
            return replace(NOWHERE, people=(person_entry(Person.objects.get(pk=part.pk)),))
        case Source():
            return replace(NOWHERE, sources=(source_entry(Source.objects.get(pk=part.pk)),))
        case _:
            row = Illustration.objects.get(pk=part.pk)
            return replace(NOWHERE, illustrations=(illustration_entry(row),))


def _file_of_event(event: Event) -> StoryFile:
    places = {stop.place for stop in event.stops.all()} | {other.place for other in event.elsewhere.all()}
    places |= {event.place} if event.place else set()
    return replace(
        NOWHERE,
        events=(event_entry(event),),
        places=tuple(place_entry(place) for place in places),
        people=tuple(person_entry(i.person) for i in event.involvements.all()),
        sources=tuple(source_entry(source) for source in {c.source for c in event.citations.all()}),
    )
