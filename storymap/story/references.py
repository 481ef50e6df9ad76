"""Whether the parts of a story file fit together, and the file in the one form that rows give back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from storymap.story.problem import Problem
from storymap.story.storyfile import ChapterEntry, EventEntry, StageEntry, StoryFile, entries_in

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RECORD = ("events", "places", "people", "sources", "illustrations")


def problems_between(file: StoryFile, languages: list[str]) -> Iterator[Problem]:
    """References to parts that the file does not hold, slugs used twice, days that are none, languages unknown here."""
    for kind in (*RECORD, "chapters", "stages", "extracts"):
        twice = _repeated_slugs(entry.slug for entry in entries_in(file, kind))
        yield from (Problem(f"{kind}/{slug}", "occurs twice") for slug in twice)
    known = {kind: {entry.slug for entry in entries_in(file, kind)} for kind in (*RECORD, "stages")}
    for where, kind, slug in _references(file):
        if slug not in known[kind]:
            yield Problem(where, f"names {slug!r}, which is not among the {kind} of the file")
    yield from (problem for event in file.events for problem in _journey_problems(event))
    yield from (problem for chapter in file.chapters for problem in _chapter_problems(chapter))
    yield from (problem for stage in entries_in(file, "stages") for problem in _stage_problems(stage, file))
    former = _repeated_slugs(slug for chapter in file.chapters for slug in set(chapter.old_slugs))
    yield from (Problem("chapters", f"the old slug {slug!r} belongs to two of them") for slug in former)
    for name in ("day_zero", "day_last"):
        if not is_day(getattr(file, name)):
            yield Problem(name, "is not a day such as 1996-12-17")
    if file.default_language not in languages:
        known_here = ", ".join(languages)
        yield Problem(
            "default_language", f"{file.default_language!r} is not among this site's languages ({known_here})"
        )


def _journey_problems(event: EventEntry) -> Iterator[Problem]:
    """Of the way as a whole; that its stops are known, its mode and its date valid is checked elsewhere."""
    if event.journey is None:
        return
    where, way = f"events/{event.slug}/journey", event.journey
    yield from (Problem(where, said) for said in way_problems(way.stops, is_described=bool(way.mode or way.date)))


def way_problems(stops: Sequence[Any], *, is_described: bool) -> Iterator[str]:
    """What is wrong with a journey, in words for editors. Its stops are places, their names or their slugs; it is
    described where it has a means of transport or a date."""
    if not stops and is_described:
        yield _("A journey with a means of transport or a date needs its stops: add them, or leave both empty.")
    elif len(stops) < 2:
        yield _("A journey has two stops or more, where it began and where it ended: add the other, or remove this.")
    for a, b in pairwise(stops):
        if a == b:
            yield _("“%(place)s” stands twice in a row: remove one.") % {"place": str(a)[:100]}


def _chapter_problems(chapter: ChapterEntry) -> Iterator[Problem]:
    where = f"chapters/{chapter.slug}"
    again = _repeated_slugs(moment.event for moment in chapter.moments)
    yield from (Problem(f"{where}/moments", f"{slug!r} is told twice") for slug in again)
    crooked = [slug for slug in chapter.old_slugs if not is_slug(slug)]
    yield from (Problem(f"{where}/old_slugs", f"{slug!r} is not a slug") for slug in crooked)
    if not chapter.stage:
        yield from _beside_pictures(chapter, where)


def _stage_problems(stage: StageEntry, file: StoryFile) -> Iterator[Problem]:
    if not is_slug(stage.slug):
        yield Problem(f"stages/{stage.slug}", "is not a slug")
    if not stage.file.get(file.default_language):
        yield Problem(f"stages/{stage.slug}/file", f"names no file for {file.default_language!r}")


def _beside_pictures(chapter: ChapterEntry, where: str) -> Iterator[Problem]:
    if chapter.frame:
        yield Problem(f"{where}/frame", "is a part of a picture, and the chapter has none as its stage")
    for moment in chapter.moments:
        if moment.spot or moment.frame:
            yield Problem(
                f"{where}/moments/{moment.event}", "has a spot or a frame on a picture, and its chapter has no stage"
            )


def _repeated_slugs(slugs: Iterable[str]) -> list[str]:
    return sorted(slug for slug, times in Counter(slugs).items() if times > 1)


def _references(file: StoryFile) -> Iterator[tuple[str, str, str]]:
    for event in file.events:
        where = f"events/{event.slug}"
        if event.place:
            yield f"{where}/place", "places", event.place
        yield from ((f"{where}/also_there", "places", slug) for slug in event.also_there)
        yield from ((f"{where}/journey", "places", slug) for slug in (event.journey.stops if event.journey else ()))
        yield from ((f"{where}/people", "people", i.person) for i in event.people)
        yield from ((f"{where}/citations", "sources", c.source) for c in event.citations)
    for chapter in file.chapters:
        yield from ((f"chapters/{chapter.slug}/moments", "events", m.event) for m in chapter.moments)
        if chapter.illustration:
            yield f"chapters/{chapter.slug}/illustration", "illustrations", chapter.illustration
        if chapter.stage:
            yield f"chapters/{chapter.slug}/stage", "stages", chapter.stage


def is_slug(text: str) -> bool:
    """Whether it can be part of an address, and is short enough for its column."""
    return len(text) <= 80 and _SLUG.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether it is an ISO date or empty."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def tidy(file: StoryFile, languages: list[str]) -> StoryFile:
    """The same story as rows tell it: no empty texts, languages in the site's order, each part and moment once."""
    plain = _without_empty(file)
    others = (code for code in languages if code in plain.title and code != plain.default_language)
    return replace(
        plain,
        languages=(plain.default_language, *others),
        day_zero=plain.day_zero if is_day(plain.day_zero) else "",
        day_last=plain.day_last if is_day(plain.day_last) else "",
        chapters=tuple(_tidy_chapter(chapter) for chapter in _one_of_each_slug(plain.chapters)),
        events=tuple(_tidy_event(event) for event in _one_of_each_slug(plain.events)),
        **{kind: _one_of_each_slug(getattr(plain, kind)) for kind in ("places", "people", "sources", "illustrations")},
        stages=_in_order(entries_in(plain, "stages")),
        extracts=_in_order(entries_in(plain, "extracts")),
    )


def _without_empty(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        values = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(value, **{name: v if name == "overlay" else _without_empty(v) for name, v in values.items()})
    if isinstance(value, tuple):
        return tuple(_without_empty(part) for part in value)
    if isinstance(value, dict):
        return {language: text for language, text in value.items() if text}
    return value


def _tidy_chapter(chapter: ChapterEntry) -> ChapterEntry:
    moments = tuple({moment.event: moment for moment in reversed(chapter.moments)}.values())[::-1]
    audio = chapter.audio if chapter.audio and chapter.audio.file else None
    return replace(chapter, old_slugs=tuple(sorted(set(chapter.old_slugs))), moments=moments, audio=audio)


def _tidy_event(event: EventEntry) -> EventEntry:
    return replace(event, time=event.time or None, place=event.place or None)


def _in_order(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(_one_of_each_slug(entries), key=lambda entry: entry.slug))


def _one_of_each_slug(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple({entry.slug: entry for entry in entries}.values())
