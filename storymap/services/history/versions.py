"""Every change of a story goes through `changing`, every change of a shared part through `changing_part`.

Both take the next version in the transaction that changes, refuse what rests on an outdated view, and keep a revision.
They may be nested: what is being changed already is neither counted nor kept a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction

from places.models import Event, Person, Place, Source, Stale, Versioned
from storymap.models import Illustration, Story
from storymap.services.accounts.actor import Actor
from storymap.services.history.revisions import (
    KINDS,
    Part,
    keep_before,
    keep_part_before,
    keep_part_revision,
    keep_revision,
    kind_of,
    part_revisions,
    story_at,
)
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import StoryFile

__all__ = ["Part", "changing", "changing_part", "keep_revision", "locked", "stories_showing", "story_at", "together"]
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
    it was, the change goes through although other things have changed. Nothing is kept where nothing has changed.
    `parts` are those that are changed with it: taken one after the other, two such changes could wait for each other.
    """
    nested, parts = is_open(story), list(parts)
    others = [other for other in stories_showing(*parts) if other != story] if parts else []
    with together(stories=[story, *others], parts=parts, by=by, what=what):
        if not (nested or seen is None or _known(story.revisions, seen, by) or _still(story, seen, resting_on)):
            raise _stale(story, seen)
        yield story


@contextmanager
def changing_part(part: Part, *, by: Actor, what: str = "", seen: int | None = None) -> Iterator[list[Story]]:
    """The same for a place, event, person, source or illustration, and for every story that shows it."""
    stories, nested = list(stories_showing(part)) if part.pk else [], is_open(part)
    with together(stories=stories, parts=[part] if part.pk else [], by=by, what=what):
        if part.pk and not (nested or seen is None or _known(part_revisions(part), seen, by)):
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
        for story in mine:
            story.claim()
            keep_before(story)
        for part in own:
            part.claim()
            keep_part_before(part)
        token = _open.set(_open.get() | {_name(row) for row in (*mine, *own)})
        try:
            yield mine
        finally:
            _open.reset(token)
        for story in mine:
            keep_revision(story, by=by, what=what)
        for part in own:
            keep_part_revision(part, by=by, what=what)


def _known(revisions: Any, seen: int, by: Actor) -> bool:
    """Whether the actor knows all that has changed since: nothing, or what was their own doing."""
    names = set(revisions.order_by().filter(version__gt=seen).values_list("by", flat=True))
    return names <= ({by.get_username()} if by else set())


def _stale(row: Any, seen: int) -> Stale:
    row.version -= 1  # what was taken is given back with the transaction
    return Stale(row, seen, row.version)


def locked(row: Any) -> None:
    """Keep others from changing the row before the end of the transaction: in the same order as `together`."""
    if not isinstance(row, Story):
        list(stories_showing(row).select_for_update(no_key=True))
    list(type(row).objects.filter(pk=row.pk).order_by("pk").select_for_update(no_key=True))


def is_open(row: Versioned) -> bool:
    """Whether the row is being changed already, further out."""
    return row.pk is not None and _name(row) in _open.get()


def _name(row: Any) -> tuple[str, int]:
    return (KINDS.get(type(row), "story"), row.pk)


def _still(story: Story, seen: int, resting_on: Callable[[StoryFile], Any] | None) -> bool:
    then = story_at(story, seen) if resting_on else None
    if then is None or resting_on is None:
        return False
    return resting_on(then) == resting_on(story_file_of(Story.objects.get(pk=story.pk)))


def stories_showing(*parts: Versioned) -> models.QuerySet[Story]:
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
