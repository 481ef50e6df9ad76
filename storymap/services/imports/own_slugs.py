"""A file of another site may name its parts like parts of this record that are something else: then it gets its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from storymap.services.stories.record import StoredRecord
from storymap.services.stories.slugs import numbered
from storymap.story.from_models import MODELS
from storymap.story.storyfile import ChapterEntry, EventEntry, StoryFile

FIRST = ("people", "sources", "places", "illustrations")  # before the events that name them
Slugs = Mapping[str, str]  # as the file has it -> as it is stored here
_LINK = re.compile(r"\]\(#(?P<slug>[a-z0-9-]+)\)")


def with_own_slugs(file: StoryFile, own: StoryFile | None, stored: StoredRecord) -> StoryFile:
    """The file with a numbered slug for each part that is in the record already, says something else there, and is
    not this story's. What the story has got so before is known again. `own` is what the story says so far."""
    slugs = {kind: _new_slugs(kind, file, own, stored) for kind in FIRST}
    file = _with_slugs(file, slugs)
    return _with_events(file, _new_slugs("events", file, own, stored))


def _new_slugs(kind: str, file: StoryFile, own: StoryFile | None, stored: StoredRecord) -> dict[str, str]:
    entries = getattr(file, kind)
    mine = {entry.slug for entry in getattr(own, kind)} if own else set()
    foreign = [row.slug for row in stored.differing(kind, [entry for entry in entries if entry.slug not in mine])]
    if not foreign:
        return {}
    named = {entry.slug for entry in entries}
    taken = named | set(MODELS[kind].objects.values_list("slug", flat=True))
    new: dict[str, str] = {}
    for slug in foreign:
        before = sorted(one for one in mine - named if re.fullmatch(rf"{re.escape(slug)}-[0-9]+", one))
        new[slug] = before[0] if before else numbered(slug, taken)
        taken.add(new[slug])
    return new


def _with_slugs(file: StoryFile, slugs: Mapping[str, Slugs]) -> StoryFile:
    """Everything but the events under its new slugs, and the new slugs wherever they are named."""
    parts: dict[str, Any] = {
        kind: tuple(_with_slug(entry, slugs[kind]) for entry in getattr(file, kind)) for kind in FIRST
    }
    events = tuple(_with_parts(event, slugs) for event in file.events)
    pictures = slugs["illustrations"]
    chapters = tuple(
        replace(chapter, illustration=pictures.get(chapter.illustration or "", chapter.illustration))
        for chapter in file.chapters
    )
    return replace(file, **parts, events=events, chapters=chapters)


def _with_slug(entry: Any, slugs: Slugs) -> Any:
    return replace(entry, slug=slugs[entry.slug]) if entry.slug in slugs else entry


def _with_parts(event: EventEntry, slugs: Mapping[str, Slugs]) -> EventEntry:
    places, people, sources = slugs["places"], slugs["people"], slugs["sources"]
    journey = event.journey
    if journey is not None:
        journey = replace(journey, stops=tuple(places.get(stop, stop) for stop in journey.stops))
    return replace(
        event,
        place=places.get(event.place or "", event.place),
        also_there=tuple(places.get(place, place) for place in event.also_there),
        journey=journey,
        people=tuple(replace(one, person=people.get(one.person, one.person)) for one in event.people),
        citations=tuple(replace(one, source=sources.get(one.source, one.source)) for one in event.citations),
    )


def _with_events(file: StoryFile, slugs: Slugs) -> StoryFile:
    if not slugs:
        return file
    chapters = tuple(_with_moments(chapter, slugs) for chapter in file.chapters)
    return replace(file, events=tuple(_with_slug(event, slugs) for event in file.events), chapters=chapters)


def _with_moments(chapter: ChapterEntry, slugs: Slugs) -> ChapterEntry:
    """The chapter's moments, and the links to them in its narration."""

    def linked(text: str) -> str:
        return _LINK.sub(lambda link: f"](#{slugs.get(link['slug'], link['slug'])})", text)

    moments = tuple(replace(moment, event=slugs.get(moment.event, moment.event)) for moment in chapter.moments)
    return replace(chapter, moments=moments, narration={code: linked(text) for code, text in chapter.narration.items()})
