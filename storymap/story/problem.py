"""What is wrong with a story or a file; what all rules share, and the parts of a story by their names."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from storymap.story.document import PEOPLE
from storymap.story.storyfile import EventEntry, SourceEntry, StoryFile, Translated, listed_in


@dataclass(frozen=True)
class Problem:
    """`where` is a path of kinds, slugs and a field: chapters/demands/narration."""

    where: str
    what: str
    is_error: bool = True
    language: str = ""  # of the text that it is about
    asks: bool = True  # of a warning: whether publishing all the same needs a tick; else it is a hint

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def warning(where: str, what: str, language: str = "") -> Problem:
    return Problem(where, what, is_error=False, language=language)


def hint(where: str, what: str, language: str = "") -> Problem:
    return Problem(where, what, is_error=False, language=language, asks=False)


def language_name(language: str) -> str:
    """In the editor's language."""
    return str(dict(settings.LANGUAGES).get(language, language))


def missing(texts: Translated, where: str, story: StoryFile) -> Iterator[Problem]:
    """A text that readers need: an error in the default language, a warning in the others."""
    default = story.default_language
    if not texts.get(default):
        yield Problem(where, _("is empty in %(language)s") % {"language": language_name(default)}, language=default)
        return
    for language in story.languages:
        if not texts.get(language):
            yield warning(
                where, _("is not translated into %(language)s") % {"language": language_name(language)}, language
            )


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
    listed, named = listed_in(story), any(event.people for event in story.events if event.slug in told)
    return Parts(
        events={event.slug: event for event in story.events},
        sources={source.slug: source for source in story.sources},
        told=told,
        listed=listed,
        anchors=anchors,
        chapters={*slugs, None, "editions", *([RECORD] if listed else []), *([PEOPLE] if named else [])},
    )


NO_ARCHIVE = (  # what reading a zip raises that is none, or is damaged or locked
    *(zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError),
    *(OSError, ValueError, zlib.error, lzma.LZMAError),
)


class CannotRead(Exception):
    """The file is not what it says it is. Carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
