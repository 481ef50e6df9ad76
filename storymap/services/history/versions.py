"""Every change of a story ends in `together`, mostly by way of `changing`, every change of a shared part in
`changing_part`; what is done with a story that stays as it is, publishing first of all, goes through `holding`.

All take the next version in the transaction, refuse what rests on an outdated view, and add a revision where something
has changed. They may be nested: what is being changed already gets neither a version nor a revision of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from places.models import Event, Person, Place, Source, Stale, Versioned
from storymap.models import Illustration, Story
from storymap.services.accounts import Actor
from storymap.services.history.revisions import (
    KINDS,
    Part,
    add_part_revision,
    add_revision,
    add_unchanged,
    kind_of,
    newest_digest,
    newest_part_digest,
    part_revisions,
    story_at,
)
from storymap.story.document import PictureFile
from storymap.story.from_models import read_story, story_file_of
from storymap.story.storyfile import StoryFile

__all__ = ["Part", "changing", "changing_part", "holding", "locked", "stories_with", "story_at", "together"]
_open: ContextVar[frozenset[tuple[str, int]]] = ContextVar("rows that are being changed", default=frozenset())


@contextmanager
def changing(
    story: Story,
    *,
    by: Actor,
    what: str = "",
    seen: int | None = None,
    resting_on: Callable[[StoryFile], Any] | None = None,
    parts: Iterable[Part] = (),
) -> Iterator[Story]:
    """A transaction in which the story may be changed. Raises Stale when somebody else has changed it since version
    `seen`: nobody is asked about their own changes.

    `what` is a few words for the history. `resting_on` names what of the story the change depends on: when that is as
    it was, the change goes through although other things have changed. No revision is added where nothing has changed.
    `parts` are those that are changed with it: taken one after the other, two such changes could wait for each other.
    """
    nested, parts = is_open(story), list(parts)
    others = [other for other in stories_with(*parts) if other != story] if parts else []
    with together(stories=[story, *others], parts=parts, by=by, what=what):
        if not (
            nested or seen is None or _knows_all_since(story.revisions, seen, by) or _still(story, seen, resting_on)
        ):
            raise _stale(story, seen)
        yield story


@dataclass(frozen=True)
class Held:
    """A story that nobody else can change before the end of the transaction, read once."""

    row: Story
    file: StoryFile
    pictures: dict[str, tuple[PictureFile, ...]]  # stored name of the largest file -> all widths


@contextmanager
def holding(
    story: Story, *, by: Actor, seen: int | None = None, resting_on: Callable[[StoryFile], Any] | None = None
) -> Iterator[Held]:
    """The same for what leaves the story file as it is: an edition, or the time until which the story is visible."""
    nested = is_open(story)
    with transaction.atomic():
        if not nested:
            story.claim()
        row = Story.objects.prefetch_related("translations").get(pk=story.pk)
        read = read_story(row)
        held = Held(row, read.file, read.pictures)
        if not nested:
            if not (
                seen is None or _knows_all_since(row.revisions, seen, by) or _still(row, seen, resting_on, held.file)
            ):
                raise _stale(story, seen)
            add_unchanged(row, held.file, by=by)
        yield held


@contextmanager
def changing_part(part: Part, *, by: Actor, what: str = "", seen: int | None = None) -> Iterator[list[Story]]:
    """The same for a place, event, person, source or illustration, and for every story that shows it."""
    stories, nested = list(stories_with(part)) if part.pk else [], is_open(part)
    with together(stories=stories, parts=[part] if part.pk else [], by=by, what=what):
        if part.pk and not (nested or seen is None or _knows_all_since(part_revisions(part), seen, by)):
            raise _stale(part, seen)
        yield stories


@contextmanager
def together(
    *, stories: Iterable[Story], parts: Iterable[Part] = (), by: Actor, what: str = ""
) -> Iterator[list[Story]]:
    """A change of several stories and parts at once: taken by their keys, so that two writers never wait for each
    other; stories before parts."""
    mine = sorted((story for story in stories if not is_open(story)), key=lambda story: story.pk)
    own = sorted((part for part in parts if not is_open(part)), key=lambda part: (kind_of(part), part.pk))
    with transaction.atomic():
        stories_before: list[tuple[Story, str]] = []  # and the digest of the newest revision
        for story in mine:
            story.claim()
            stories_before.append((story, newest_digest(story)))
        parts_before: list[tuple[Part, str]] = []
        for part in own:
            part.claim()
            parts_before.append((part, newest_part_digest(part)))
        token = _open.set(_open.get() | {_name(row) for row in (*mine, *own)})
        try:
            yield mine
        finally:
            _open.reset(token)
        for story, digest in stories_before:
            add_revision(story, by=by, what=what, newest=digest)
        for part, digest in parts_before:
            add_part_revision(part, by=by, what=what, newest=digest)


def _knows_all_since(revisions: Any, seen: int, by: Actor) -> bool:
    """Whether the actor knows all that has changed since: nothing, or what was their own doing."""
    names = set(revisions.order_by().filter(version__gt=seen).values_list("by", flat=True))
    return names <= ({by.get_username()} if by else set())


def _stale(row: Any, seen: int) -> Stale:
    row.version -= 1  # what was taken is given back with the transaction
    return Stale(row, seen, row.version)


def locked(row: Any) -> int | None:
    """Keep others from changing the row before the end of the transaction: in the same order as `together`. Returns
    its version; None when it is gone."""
    if not isinstance(row, Story):
        list(stories_with(row).select_for_update(no_key=True))
    mine = type(row).objects.filter(pk=row.pk).order_by("pk").select_for_update(no_key=True)
    return mine.values_list("version", flat=True).first()


def is_open(row: Versioned) -> bool:
    """Whether the row is being changed already, further out."""
    return row.pk is not None and _name(row) in _open.get()


def _name(row: Any) -> tuple[str, int]:
    return (KINDS.get(type(row), "story"), row.pk)


def _still(
    story: Story, seen: int, resting_on: Callable[[StoryFile], Any] | None, now: StoryFile | None = None
) -> bool:
    """Whether what the change rests on is as it was. `now` is the story file, where it has been read."""
    then = story_at(story, seen) if resting_on else None
    if then is None or resting_on is None:
        return False
    return bool(resting_on(then) == resting_on(now or story_file_of(Story.objects.get(pk=story.pk))))


def stories_with(*parts: Versioned) -> models.QuerySet[Story]:
    """The stories in which any of the parts is seen, in the order of their keys."""
    of: dict[type, list[int]] = {model: [p.pk for p in parts if type(p) is model] for model in KINDS}
    told = Event.objects.filter(
        models.Q(pk__in=of[Event])
        | models.Q(place__in=of[Place])
        | models.Q(stops__place__in=of[Place])
        | models.Q(elsewhere__place__in=of[Place])
        | models.Q(involvements__person__in=of[Person])
        | models.Q(citations__source__in=of[Source])
    )
    chapters = models.Q(chapters__illustration__in=of[Illustration])
    if any(of[model] for model in (Event, Place, Person, Source)):
        keys = told.order_by().values("pk")
        chapters |= models.Q(chapters__moments__event__in=keys) | models.Q(also_recorded__in=keys)
    return Story.objects.filter(pk__in=Story.objects.filter(chapters).order_by().values("pk")).order_by("pk")
