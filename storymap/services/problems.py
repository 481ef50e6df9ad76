"""What stands in the way of publishing a story: errors that block, warnings that ask. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from places.models import ClaimStatus
from storymap.services.alternative_text import problem_with
from storymap.storyfile import AudioEntry, ChapterEntry, EventEntry, IllustrationEntry, StoryFile, Translated

RESERVED = ("editions",)  # /stories/<story>/editions/ is an address of its own
# ids that pages use themselves
_OF_THE_PAGE = re.compile(r"story|words|fuzzy|axis-break|(chapter|title|when|shape)-.*")
_ANCHOR = re.compile(r"\]\(<?#([^)>\s]*)")


@dataclass(frozen=True)
class Problem:
    """`where` is a path of kinds and slugs: chapters/demands/narration."""

    where: str
    what: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def problems_of(story: StoryFile) -> list[Problem]:
    """Everything at once, errors first, each in the order of the story."""
    found = [
        *_frame(story),
        *(p for c in story.chapters for p in (*_chapter(c, story), *_recording(c))),
        *(p for e in story.events for p in _event(e, story)),
        *(p for i in story.illustrations for p in _illustration(i, story)),
    ]
    return sorted(found, key=lambda problem: not problem.is_error)


def _missing(texts: Translated, where: str, story: StoryFile) -> Iterator[Problem]:
    if not texts.get(story.default_language):
        yield Problem(where, _("is empty in %(language)s") % {"language": story.default_language})
        return
    for language in story.languages:
        if not texts.get(language):
            yield Problem(where, _("is not translated into %(language)s") % {"language": language}, is_error=False)


def _frame(story: StoryFile) -> Iterator[Problem]:
    yield from _missing(story.title, "title", story)
    yield from _missing(story.standfirst, "standfirst", story)
    if not story.chapters:
        yield Problem("chapters", _("There is no chapter."))
    if not story.licence:
        yield Problem("licence", _("Readers are not told what they may do with the story."), is_error=False)


def _chapter(chapter: ChapterEntry, story: StoryFile) -> Iterator[Problem]:
    where = f"chapters/{chapter.slug}"
    yield from _missing(chapter.title, f"{where}/title", story)
    yield from _missing(chapter.narration, f"{where}/narration", story)
    if chapter.slug in RESERVED:
        yield Problem(where, _("This address is taken by the site itself."))
    told = {moment.event for moment in chapter.moments}
    placed = any(e.place for e in story.events if e.slug in told)
    if not placed and chapter.camera is None:
        yield Problem(where, _("The map has nothing to show: no moment with a place, and no camera."))
    targets = {m.event for c in story.chapters for m in c.moments} | {f"chapter-{c.slug}" for c in story.chapters}
    for language, text in chapter.narration.items():
        for target in dead_links(text, targets):
            yield Problem(
                f"{where}/narration",
                _("%(language)s: #%(target)s leads nowhere") % {"language": language, "target": target},
            )


def dead_links(narration: str, targets: Collection[str]) -> list[str]:
    """The moments and chapters that the text links to and that are not among the targets, in the order of the text."""
    return [target for target in _ANCHOR.findall(narration) if target not in targets]


def _recording(chapter: ChapterEntry) -> Iterator[Problem]:
    """Who cannot hear is not to be left out."""
    audio = chapter.audio or AudioEntry(file={})
    for language in audio.file:
        if not audio.transcript.get(language):
            said = _("%(language)s: the recording has no transcript") % {"language": language}
            yield Problem(f"chapters/{chapter.slug}/transcript", said)


def _event(event: EventEntry, story: StoryFile) -> Iterator[Problem]:
    where = f"events/{event.slug}"
    if _OF_THE_PAGE.fullmatch(event.slug):
        yield Problem(where, _("This name is taken by the page itself: an address could not lead to the event."))
    if sum(event.slug == m.event for c in story.chapters for m in c.moments) > 1:
        yield Problem(where, _("is told in two chapters: an address can lead to one of them only"))
    yield from _missing(event.title, f"{where}/title", story)
    if event.summary:
        yield from _missing(event.summary, f"{where}/summary", story)
    if not event.citations:
        yield Problem(f"{where}/citations", _("has no source"))
    if event.status != ClaimStatus.DOCUMENTED:
        if not event.attributed_to.get(story.default_language):
            yield Problem(
                f"{where}/attributed_to", _("is %(status)s: say by whom") % {"status": ClaimStatus(event.status).label}
            )
        else:
            yield from _missing(event.attributed_to, f"{where}/attributed_to", story)


def _illustration(picture: IllustrationEntry, story: StoryFile) -> Iterator[Problem]:
    where = f"illustrations/{picture.slug}"
    yield from _missing(picture.file, f"{where}/file", story)
    if not picture.decorative:
        yield from _missing(picture.alt, f"{where}/alt", story)
        yield from _no_words(picture, where)
    if not picture.credit:
        yield Problem(f"{where}/credit", _("Nobody is credited."))
    if not picture.licence:
        yield Problem(f"{where}/licence", _("has no licence"))


def _no_words(picture: IllustrationEntry, where: str) -> Iterator[Problem]:
    """An alternative text that is none; the admin refuses it, a story file may bring it."""
    for language, alt in picture.alt.items():
        if alt and (wrong := problem_with(alt, slug=picture.slug, repeated=[picture.caption.get(language, "")])):
            yield Problem(f"{where}/alt", f"{language}: {wrong}", is_error=False)
