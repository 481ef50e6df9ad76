"""The events of a story in the order in which they are told, each once; last, those that no chapter tells. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from storymap.document import EventDocument, SourceDocument, StoryDocument


@dataclass(frozen=True)
class Told:
    event: EventDocument
    chapter: str  # the title of the first chapter that tells it, or of the page of what none tells


def told_events(document: StoryDocument) -> Iterator[Told]:
    seen: set[str] = set()
    for chapter in document.chapters:
        for moment in chapter.moments:
            if moment.event not in seen:
                seen.add(moment.event)
                yield Told(document.events[moment.event], chapter.title)
    for event in document.listed:
        yield Told(event, gettext("Also in the record"))


def sources_of(document: StoryDocument, event: EventDocument) -> list[SourceDocument]:
    return [document.sources[slug] for slug in dict.fromkeys(citation.source for citation in event.citations)]
