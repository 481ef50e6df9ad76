"""What somebody typed and did not save, offered back: the difference to what is stored, and who saved since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext as _

from storymap.admin.editing.inputs import Fields, Input, all_inputs, is_same, relocated
from storymap.models import Chapter, Draft, Story
from storymap.services.history.differences import Piece, shortened, words_between
from storymap.services.stories.autosaves import FormOf, Typed, autosaves_of, version_of


@dataclass(frozen=True)
class Difference:
    label: str
    pieces: list[Piece]
    gone: bool = False  # the row it was typed into is no longer there


@dataclass(frozen=True)
class Saved:
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Offer:
    autosave: Draft
    differences: list[Difference]
    saved_since: Saved | None
    values: str  # JSON: what the browser fills in


def offers(*, user: User, of: FormOf, row: models.Model | None, form: Fields, sets: list[Any]) -> list[Offer]:
    """The autosaves of a form, the newest first; without differences where they say what is stored."""
    return [_offer(autosave, row, form, sets) for autosave in autosaves_of(user, of)]


def _offer(autosave: Draft, row: models.Model | None, form: Fields, sets: list[Any]) -> Offer:
    here, gone = relocated(autosave.typed, sets)
    inputs = all_inputs(form, sets, here)
    other = {n: values for n, values in here.items() if n in inputs and not is_same(values, inputs[n].stored)}
    differences = [*_differences(other, inputs), *_lost({**gone, **_unknown(here, inputs)})]
    filled = {name: each for name, each in other.items() if not inputs[name].is_file}
    values = {name: {"values": each, "words": inputs[name].named(each)} for name, each in filled.items()}
    return Offer(
        autosave, differences, saved_since(autosave, row), json.dumps({"values": values, "turn": autosave.turn})
    )


def _differences(typed: Typed, inputs: dict[str, Input]) -> Iterator[Difference]:
    for name, known in inputs.items():  # in the order of the form
        if name in typed:
            pieces = words_between(known.words(known.stored), known.words(typed[name]))
            yield Difference(_again(known.label) if known.is_file else known.label, shortened(pieces))


def _again(label: str) -> str:
    return _("%(field)s (the chosen file has to be chosen again)") % {"field": label}


def _unknown(here: Typed, inputs: dict[str, Input]) -> Typed:
    return {name: values for name, values in here.items() if name not in inputs}


def _lost(gone: Typed) -> Iterator[Difference]:
    for name, values in gone.items():
        if text := ", ".join(value for value in values if value):
            yield Difference(name, [Piece("ins", text)], gone=True)


def saved_since(autosave: Draft, row: models.Model | None) -> Saved | None:
    """Who has saved what the autosave is of since it was shown; None when nobody has."""
    now = version_of(row)
    if row is None or autosave.seen is None or now is None or now <= autosave.seen:
        return None
    story = row.story if isinstance(row, Chapter) else row if isinstance(row, Story) else None
    if story:
        revision = story.revisions.filter(version__gt=autosave.seen).order_by("-version").first()
        return Saved(revision.by, revision.created_at) if revision else None  # without a revision nothing changed
    entry = LogEntry.objects.filter(content_type=autosave.content_type, object_id=autosave.object_id)
    last = entry.filter(action_time__gt=autosave.saved_at).select_related("user").first()
    return Saved(last.user.get_username(), last.action_time) if last else Saved("", None)
