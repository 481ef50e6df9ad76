"""Saving what a form of the workshop says: one version, one revision and the files with it, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from storymap.models import Chapter, Story
from storymap.services.accounts import Actor
from storymap.services.history.revisions import add_part_revision, add_revision
from storymap.services.history.versions import changing, changing_part, locked, together
from storymap.services.media.files import Storing


@contextmanager
def saving(row: Any, *, by: Actor, change: bool, files: Mapping[str, bytes] | None = None) -> Iterator[None]:
    """One save of a story, a chapter or a part of the record, with its tables; `change` is False for a new row.

    `files` are contents by the names they are stored under. Raises CannotStore; then nothing is written.
    """
    with Storing() as storing, _changing(row, by, change=change):
        storing.store(files or {})
        yield
        if not change and isinstance(row, Story):
            add_revision(row, by=by)
        elif not change and not isinstance(row, Chapter):
            add_part_revision(row, by=by)


def _changing(row: Any, by: Actor, *, change: bool) -> AbstractContextManager:
    """What is new has no version to take."""
    if isinstance(row, Chapter):
        former = Chapter.objects.filter(pk=row.pk).exclude(story=row.story_id).values("story")
        left = list(Story.objects.filter(pk__in=former)) if change else []
        return together(stories=[row.story, *left], by=by)
    if not change:
        return transaction.atomic()
    return changing(row, by=by) if isinstance(row, Story) else changing_part(row, by=by)


def version_now(model: type[models.Model], key: str) -> int | None:
    """The version of the row with that key, a chapter's being its story's; None where there is no such row.

    Inside a transaction nobody else takes the next one before its end.
    """
    of_a_chapter = issubclass(model, Chapter)
    rows = model._base_manager.select_related("story") if of_a_chapter else model._base_manager.all()
    try:
        row: Any = rows.filter(pk=model._meta.pk.to_python(key)).first()
    except ValidationError:
        return None
    if row is None:
        return None
    counted = row.story if of_a_chapter else row
    if transaction.get_connection().in_atomic_block:
        return locked(counted)
    return type(counted).objects.filter(pk=counted.pk).values_list("version", flat=True).first()
