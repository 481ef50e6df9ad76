"""The parts of a story by their names: made once, for the rules ask about each. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from storymap.storyfile import EventEntry, SourceEntry, StoryFile, listed_in

RECORD = "also-in-the-record"  # the page of what no chapter tells


@dataclass(frozen=True)
class Parts:
    events: dict[str, EventEntry]
    sources: dict[str, SourceEntry]
    told: Counter[str]  # how often each event is
    listed: set[str]  # events that no chapter tells
    anchors: set[str]  # what a link may lead to on the page
    chapters: set[str | None]  # and what beyond it; None is the story itself


def parts_of(story: StoryFile) -> Parts:
    told = Counter(moment.event for chapter in story.chapters for moment in chapter.moments)
    slugs = {slug for chapter in story.chapters for slug in (chapter.slug, *chapter.old_slugs)}
    anchors = told.keys() | {f"chapter-{chapter.slug}" for chapter in story.chapters}
    listed = listed_in(story)
    return Parts(
        events={event.slug: event for event in story.events},
        sources={source.slug: source for source in story.sources},
        told=told,
        listed=listed,
        anchors=anchors,
        chapters={*slugs, None, "editions", *([RECORD] if listed else [])},
    )
