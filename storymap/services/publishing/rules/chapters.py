"""Chapters: their place on the map, the order of their moments, their recordings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from storymap.services.publishing.rules.narration import narration_problems
from storymap.story.problem import RECORD, Parts, Problem, hint, missing, warning
from storymap.story.storyfile import ChapterEntry, EventEntry, StoryFile, span_of

RESERVED = ("editions", "share", "downloads", RECORD)  # /stories/<story>/editions/ is an address of its own


def chapter_problems(chapter: ChapterEntry, story: StoryFile, parts: Parts) -> Iterator[Problem]:
    where, events = f"chapters/{chapter.slug}", parts.events
    told = [events[moment.event] for moment in chapter.moments if moment.event in events]
    yield from missing(chapter.title, f"{where}/title", story)
    yield from missing(chapter.narration, f"{where}/narration", story)
    if chapter.slug in RESERVED:
        yield Problem(f"{where}/slug", _("This address is taken by the site itself."))
    yield from _placeless(chapter, told, where)
    yield from _back_in_time(told, where, story)
    yield from narration_problems(chapter, story, parts)
    yield from _silent(chapter, where)


def _placeless(chapter: ChapterEntry, told: list[EventEntry], where: str) -> Iterator[Problem]:
    if any(event.place for event in told):
        return
    if chapter.camera is None:
        yield Problem(f"{where}/camera", _("The map has nothing to show: no moment with a place, and no camera."))
    else:
        yield hint(f"{where}/moments", _("No moment has a place: the map shows the camera's view without a pin."))


def _back_in_time(told: list[EventEntry], where: str, story: StoryFile) -> Iterator[Problem]:
    """Moments are told in the order in which things happened. A later fact may stand where it explains something; that
    it goes back is only named."""
    dated = [(event, span) for event in told if (span := span_of(event, story))]
    for (former, before), (event, after) in pairwise(dated):
        if before.earliest is not None and after.latest is not None and after.latest < before.earliest:
            names = {"event": name_in(event, story), "former": name_in(former, story)}
            say = hint if event.later or former.later else warning
            yield say(f"{where}/moments", _("“%(event)s” comes after “%(former)s”, but happened before it") % names)


def _silent(chapter: ChapterEntry, where: str) -> Iterator[Problem]:
    """A recording needs its words: not everybody hears, and not everybody may turn the sound on."""
    spoken, written = (chapter.audio.file, chapter.audio.transcript) if chapter.audio else ({}, {})
    for language in spoken:
        if not written.get(language):
            text = _("The recording in %(language)s has no transcript.") % {"language": language}
            yield Problem(f"{where}/transcript", text, language=language)


def name_in(event: EventEntry, story: StoryFile) -> str:
    return event.title.get(story.default_language) or event.slug
