"""Autosaves: what people type and have not saved, for them alone. Never a revision, never part of a story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from storymap.models import Autosave, Chapter, Presence

MOST = 100  # autosaves of one person; more are not looked through by anybody
Typed = dict[str, list[str]]


class TooManyAutosaves(Exception):
    pass


@dataclass(frozen=True)
class FormOf:
    """The form an autosave belongs to: a kind of row, which one (empty: a new one), the tab, and the page where that is
    not the row's own."""

    model: type[models.Model]
    object_id: str = ""
    language: str = ""
    part: str = ""

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    @property
    def columns(self) -> dict[str, Any]:
        return {"object_id": self.object_id, "language": self.language, "part": self.part}


@dataclass(frozen=True)
class Unsaved:
    """What a form has sent of its input; `turn` counts what it has sent."""

    key: UUID
    typed: Typed = field(default_factory=dict)
    seen: int | None = None
    turn: int = 0


def store_autosave(*, user: User, of: FormOf, unsaved: Unsaved) -> Autosave | None:
    """What is typed now replaces what that form said before; None when nothing is typed. Raises TooManyAutosaves."""
    with transaction.atomic():
        mine = Autosave.objects.select_for_update().filter(user=user, key=unsaved.key)
        before = mine.first()
        if before and before.turn > unsaved.turn:
            return before  # that request was overtaken by a later one
        if not unsaved.typed:
            mine.delete()
            return None
        if not before:
            forget_leavers()
            if Autosave.objects.filter(user=user).count() >= MOST:
                raise TooManyAutosaves
        return _write_autosave(user, of, unsaved)


def _write_autosave(user: User, of: FormOf, unsaved: Unsaved) -> Autosave:
    place = {"content_type": of.content_type, **of.columns}
    said = {"typed": unsaved.typed, "seen": unsaved.seen, "turn": unsaved.turn, "saved_at": timezone.now()}
    autosave, _created = Autosave.objects.update_or_create(user=user, key=unsaved.key, defaults={**place, **said})
    return autosave


def discard_autosave(*, user: User, key: UUID) -> None:
    Autosave.objects.filter(user=user, key=key).delete()


def forget_saved(*, user: User, of: FormOf, key: UUID | None, posted: Typed) -> None:
    """What was typed is saved: its autosave is gone, and so are others that said nothing else."""
    for autosave in autosaves_of(user, of):
        if autosave.key == key or all(posted.get(name, []) == values for name, values in autosave.typed.items()):
            autosave.delete()


def autosaves_of(user: User, of: FormOf) -> models.QuerySet[Autosave]:
    """Somebody's own autosaves of one form, the newest first."""
    return Autosave.objects.filter(user=user, content_type=of.content_type, **of.columns)


def forget_leavers() -> None:
    """Autosaves of people who may not come back: nobody else is to read them, so they go."""
    Autosave.objects.filter(Q(user__is_active=False) | Q(user__is_staff=False)).delete()


def version_of(row: Any) -> int | None:
    """What an autosave of the row rests on. A chapter has the version of its story."""
    if isinstance(row, Chapter):
        return row.story.version if row.story_id else None
    return getattr(row, "version", None)


def rows_of(notes: Iterable[Autosave | Presence]) -> dict[Autosave | Presence, models.Model | None]:
    """What the autosaves are of, or where people are; None where that is not stored, or no longer."""
    wanted: dict[ContentType, set[str]] = {}
    for note in notes:
        if note.object_id:
            wanted.setdefault(note.content_type, set()).add(note.object_id)
    found = {
        (kind.pk, str(pk)): row for kind, keys in wanted.items() for pk, row in _model_of(kind).in_bulk(keys).items()
    }
    return {note: found.get((note.content_type_id, note.object_id)) for note in notes}


def _model_of(kind: ContentType) -> models.Manager:
    model = kind.model_class()
    assert model is not None, kind  # noqa: S101  autosaves are only ever of a model of ours
    return model._default_manager
