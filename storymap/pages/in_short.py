"""The story in short, which the cover offers beside the whole one: its key moments, and how long each takes to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storymap.pages.moments import MomentView
from storymap.prose import text_of, words_in_text
from storymap.story.document import StoryDocument

WORDS_A_MINUTE = 220


@dataclass(frozen=True)
class InShort:
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
