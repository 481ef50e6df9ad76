"""The problems of a story in the order in which an editor mends them: chapter by chapter."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from storymap.services.publishing.rules import problems_of
from storymap.story.problem import Problem
from storymap.story.references import RECORD
from storymap.story.storyfile import StoryFile, Translated, entries_in, to_json


@dataclass(frozen=True)
class Item:
    problem: Problem
    kind: str  # chapters, events, …; empty for the story itself
    slug: str
    field: str
    name: str  # of what it is about


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    groups: tuple[Group, ...]
    errors: int
    warnings: int
    asked: tuple[Problem, ...]  # warnings that readers do not see yet: publishing all the same needs a tick
    digest: str  # of the story file that was checked

    @property
    def asks(self) -> bool:
        return bool(self.asked)


def checklist_of(story: StoryFile, published: StoryFile | None = None) -> Checklist:
    """What readers see already with the same warning is listed, and not asked about again: who must tick for nothing
    new soon ticks unread."""
    problems = problems_of(story)
    errors = sum(problem.is_error for problem in problems)
    known = set(problems_of(published)) if published else set()
    warnings = [problem for problem in problems if not problem.is_error and problem.asks]
    asked = tuple(problem for problem in warnings if problem not in known)
    parts = {(kind, part.slug): part for kind in (*RECORD, "chapters", "stages") for part in entries_in(story, kind)}
    groups = tuple(_groups_of([_item(problem, parts, story) for problem in problems], story))
    return Checklist(groups, errors, len(warnings), asked, digest_of(story))


def digest_of(story: StoryFile) -> str:
    return hashlib.sha256(to_json(story)).hexdigest()


def _item(problem: Problem, parts: Mapping[tuple[str, str], object], story: StoryFile) -> Item:
    kind, slug, field = (*problem.where.split("/"), "", "")[:3]
    if not slug:  # a field of the story, or its chapters
        kind, field = ("", kind) if kind != "chapters" else (kind, "")
        return Item(problem, kind, "", field, "")
    return Item(problem, kind, slug, field, _name(parts[kind, slug], story.default_language))


def _name(part: object, language: str) -> str:
    names: Translated = getattr(part, "title", None) or getattr(part, "name", None) or {}
    return names.get(language) or next(iter(names.values()), getattr(part, "slug", ""))


def _groups_of(items: list[Item], story: StoryFile) -> Iterator[Group]:
    titles = {"": _("The story as a whole")} | {
        c.slug: f"{number} · {_name(c, story.default_language)}" for number, c in enumerate(story.chapters, start=1)
    }
    homes, found = _homes(story), defaultdict(list)
    for item in items:
        found[homes.get((item.kind, item.slug), "")].append(item)
    yield from (Group(title, tuple(found[chapter])) for chapter, title in titles.items() if chapter in found)


def _homes(story: StoryFile) -> dict[tuple[str, str], str]:
    """Where a part is first told: (kind, slug) -> chapter."""
    events = {event.slug: event for event in story.events}
    homes: dict[tuple[str, str], str] = {}
    for chapter in story.chapters:
        told = [events[moment.event] for moment in chapter.moments if moment.event in events]
        places = (slug for event in told for slug in event.places)
        parts = [("chapters", chapter.slug), *(("events", event.slug) for event in told)]
        parts += [("places", slug) for slug in places]
        if chapter.illustration:
            parts.append(("illustrations", chapter.illustration))
        if chapter.stage:
            parts.append(("stages", chapter.stage))
        for part in parts:
            homes.setdefault(part, chapter.slug)
    return homes
