"""Chapters: their narration, their place on the map, the order of their moments, their recordings."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from storymap.prose import html_of
from storymap.services.publishing.rules.streets import bare_views
from storymap.story.document import PEOPLE
from storymap.story.problem import RECORD, Parts, Problem, hint, language_name, missing, warning
from storymap.story.storyfile import ChapterEntry, EventEntry, StoryFile, span_of

RESERVED = ("editions", "share", "downloads", RECORD, PEOPLE)  # /stories/<story>/editions/ is an address of its own


def chapter_problems(chapter: ChapterEntry, story: StoryFile, parts: Parts) -> Iterator[Problem]:
    where, events = f"chapters/{chapter.slug}", parts.events
    told = [events[moment.event] for moment in chapter.moments if moment.event in events]
    yield from missing(chapter.title, f"{where}/title", story)
    yield from missing(chapter.narration, f"{where}/narration", story)
    if chapter.slug in RESERVED:
        yield Problem(f"{where}/slug", _("This address is taken by the site itself."))
    yield from _lacks_spots(chapter, parts, story, where) if chapter.stage else _placeless(chapter, told, where)
    yield from bare_views(chapter, told, story, where)
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


def _lacks_spots(chapter: ChapterEntry, parts: Parts, story: StoryFile, where: str) -> Iterator[Problem]:
    """Of a chapter that stands on a picture."""
    for moment in chapter.moments:
        if not moment.spot:
            said = _("“%(event)s” has no spot on the picture: readers find it in the text only.")
            event = parts.events.get(moment.event)
            yield warning(f"{where}/moments", said % {"event": name_in(event, story) if event else moment.event})
    if chapter.overlay:
        yield hint(f"{where}/overlay", _("Areas and lines lie on the earth, and are not shown on the picture."))


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


SHORTEST, LONGEST = 25, 1200  # words: less is a caption, more wants to be two chapters
CHARACTERS_OF_A_WORD = 2  # where words are not set apart by spaces
_HREF = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
_FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+\S|^[^\s>#].*\n {0,3}(=+|-{2,})[ \t]*$", re.MULTILINE)
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]")
_OWN = re.compile(r"(?:/[a-z]{2,3}(?:-[a-z0-9]+)*)?/stories/(?P<story>[-\w]+)/(?:(?P<chapter>[-\w]+)/)?")
OF_A_CHAPTER = 2  # the level of a chapter's own title


def narration_problems(chapter: ChapterEntry, story: StoryFile, parts: Parts) -> Iterator[Problem]:
    where = f"chapters/{chapter.slug}/narration"
    for language, text in chapter.narration.items():
        name = language_name(language)
        for target in _dead_links(text, story, parts):
            leads = _("%(language)s: %(target)s leads nowhere") % {"language": name, "target": target}
            yield Problem(where, leads, language=language)
        yield from (warning(where, f"{name}: {what}", language) for what in _headings(text))
        yield from (hint(where, f"{name}: {what}", language) for what in _length(text))


def _dead_links(text: str, story: StoryFile, parts: Parts) -> Iterator[str]:
    """Links to parts of this story that there are not, as anchors or as whole addresses."""
    for href in _HREF.findall(html_of(text)):
        target = html.unescape(href)
        address = urlsplit(target)
        own = _OWN.fullmatch(address.path) if not address.netloc else None
        if target.startswith("#") or (own and own["story"] == story.slug):
            chapter, anchor = own["chapter"] if own else None, address.fragment
            there = parts.listed if chapter == RECORD else parts.anchors
            if chapter not in parts.chapters or (anchor not in there if anchor else target == "#"):
                yield target


def dead_links(narration: str, targets: Collection[str]) -> list[str]:
    """The anchors that the text links to and that are not among the targets, in the order of the text."""
    hrefs = [html.unescape(href) for href in _HREF.findall(html_of(narration))]
    return [href[1:] for href in hrefs if href.startswith("#") and href[1:] not in targets]


def _headings(text: str) -> Iterator[str]:
    """The page's title is the first level and the chapter's the second; those inside follow without a gap."""
    level = OF_A_CHAPTER
    for mark, line in _HEADING.findall(_FENCE.sub("", text)):
        found = len(mark) or (1 if line.startswith("=") else OF_A_CHAPTER)
        if found == 1:
            yield _("A heading of the first level is the page's own title: begin with ###.")
        elif found > level + 1:
            yield _("A heading of level %(level)s follows one of level %(before)s.") % {"level": found, "before": level}
        level = max(found, OF_A_CHAPTER)


def _length(text: str) -> Iterator[str]:
    spaceless = len(_SPACELESS.findall(text))
    words = len(_SPACELESS.sub(" ", text).split()) + spaceless // CHARACTERS_OF_A_WORD
    if 0 < words < SHORTEST:
        yield _("This is very short for a chapter: about %(words)s words.") % {"words": words}
    elif words > LONGEST:
        yield _("This is very long for a chapter: about %(words)s words. Two may be easier to read.") % {"words": words}
