"""What is typed into the forms of the admin and not saved: offered again, and gone once it is saved.

The page works without JavaScript too: then only a save with mistakes leaves an autosave.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from storymap.admin.editing.inputs import Fields, Input, all_inputs, fill, is_same, relocated
from storymap.models import Autosave, Chapter, Story
from storymap.services.history.differences import Piece, shortened, words_between
from storymap.services.stories.autosaves import (
    FormOf,
    TooManyAutosaves,
    Typed,
    Unsaved,
    autosaves_of,
    forget_saved,
    store_autosave,
    version_of,
)


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
    autosave: Autosave
    differences: list[Difference]
    saved_since: Saved | None
    values: str  # JSON: what the browser fills in


def offers(*, user: User, of: FormOf, row: models.Model | None, form: Fields, sets: list[Any]) -> list[Offer]:
    """The autosaves of a form, the newest first; without differences where they say what is stored."""
    return [_offer(autosave, row, form, sets) for autosave in autosaves_of(user, of)]


def _offer(autosave: Autosave, row: models.Model | None, form: Fields, sets: list[Any]) -> Offer:
    here, gone = relocated(autosave.typed, sets)
    inputs = all_inputs(form, sets, here)
    other = {n: values for n, values in here.items() if n in inputs and not is_same(values, inputs[n].stored)}
    differences = [*_differences(other, inputs), *_lost_differences({**gone, **_unknown(here, inputs)})]
    filled = {name: each for name, each in other.items() if not inputs[name].is_file}
    values = {name: {"values": each, "words": inputs[name].named(each)} for name, each in filled.items()}
    return Offer(
        autosave, differences, saved_since(autosave, row), json.dumps({"values": values, "turn": autosave.turn})
    )


def _differences(typed: Typed, inputs: dict[str, Input]) -> Iterator[Difference]:
    for name, known in inputs.items():  # in the order of the form
        if name in typed:
            pieces = words_between(known.words(known.stored), known.words(typed[name]))
            yield Difference(_choose_again_label(known.label) if known.is_file else known.label, shortened(pieces))


def _choose_again_label(label: str) -> str:
    return _("%(field)s (the chosen file has to be chosen again)") % {"field": label}


def _unknown(here: Typed, inputs: dict[str, Input]) -> Typed:
    return {name: values for name, values in here.items() if name not in inputs}


def _lost_differences(gone: Typed) -> Iterator[Difference]:
    for name, values in gone.items():
        if text := ", ".join(value for value in values if value):
            yield Difference(name, [Piece("ins", text)], gone=True)


def saved_since(autosave: Autosave, row: models.Model | None) -> Saved | None:
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


LARGEST = 300_000  # bytes


@dataclass(frozen=True)
class Opened:
    """A form that is shown: what it is of, the stored row (None: a new one), its fields and its tables."""

    of: FormOf
    row: Any
    fields: Fields
    sets: list[Any] = field(default_factory=list)
    always: tuple[str, ...] = ()  # inputs that an autosave holds although the page has filled them in itself


def autosave_context(
    user: Any, opened: Opened, *, taken: UUID | None = None, sent: Typed | None = None, may_autosave: bool = True
) -> dict[str, Any]:
    """What stands above the form: `autosaves` for the template, `editing` for the script.

    Fills in the autosave `taken`; what was `sent` with mistakes is autosaved.
    """
    of = opened.of
    editing: dict[str, Any] = {"of": of.model._meta.label_lower, "object": of.object_id, "part": of.part}
    if of.object_id:
        editing["here"] = reverse("presence")
    autosaves = _autosaves(user, opened, taken, sent, editing) if may_autosave else None
    return {"autosaves": autosaves, "editing": json.dumps(editing)}


def _autosaves(
    user: User, opened: Opened, taken: UUID | None, sent: Typed | None, editing: dict[str, Any]
) -> dict[str, Any]:
    """What the template shows; what the script needs goes into `editing`."""
    of, row, form, sets = opened.of, opened.row, opened.fields, opened.sets
    key, carried, turn, offered = uuid4(), [], 0, []
    if taken and (autosave := autosaves_of(user, of).filter(key=taken).first()):
        here, _gone = relocated(autosave.typed, sets)
        fill(form, sets, here)
        key, carried, turn = autosave.key, list(here), autosave.turn
    elif sent is not None:
        key = key_of("".join(sent.get("_autosave_key", []))) or key
        carried, turn = _autosave_sent(user, opened, key, sent)
    else:
        offered = offers(user=user, of=of, row=row, form=form, sets=sets)
    editing |= {"language": of.language, "key": str(key), "turn": turn, "seen": version_of(row)}
    editing |= {"keep": reverse("autosave"), "words": autosave_words(), "carried": [*carried, *opened.always]}
    editing["obsolete"] = [str(offer.autosave.key) for offer in offered if not offer.differences]
    return {"key": key, "taken": bool(taken and carried), "offers": [offer for offer in offered if offer.differences]}


def _autosave_sent(user: User, opened: Opened, key: UUID, sent: Typed) -> tuple[list[str], int]:
    """A save with mistakes has stored nothing, so what was typed is autosaved: its names, and the next turn."""
    of, inputs = opened.of, all_inputs(opened.fields, opened.sets, {})
    typed = {n: sent.get(n, []) for n, each in inputs.items() if not is_same(sent.get(n, []), each.stored)}
    typed |= _keys_of_rows(typed, sent, opened.sets)
    before = autosaves_of(user, of).filter(key=key).first()
    turn = before.turn + 1 if before else 1
    seen = before.seen if before else version_of(opened.row)
    if typed and len(json.dumps(typed).encode()) <= LARGEST:
        try:
            store_autosave(user=user, of=of, unsaved=Unsaved(key, typed, seen, turn))
        except TooManyAutosaves:
            return list(typed), 0  # the form still shows it; the browser will try, and say so
    return list(typed), turn


def _keys_of_rows(typed: Typed, posted: Typed, sets: list[Any]) -> Typed:
    keys = [f"{row.prefix}-{formset.model._meta.pk.name}" for formset in sets for row in formset.forms]
    touched = {name.rpartition("-")[0] for name in typed}
    return {key: posted[key] for key in keys if key in posted and key.rpartition("-")[0] in touched}


def forget_posted(request: HttpRequest, of: FormOf) -> None:
    """What was sent is saved: it is no autosave any more."""
    key, posted = key_of(request.POST.get("_autosave_key", "")), posted_values(request)
    forget_saved(user=person(request), of=of, key=key, posted=posted)


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin lets nobody else in
    return request.user


def form_of(form: forms.BaseForm, row: models.Model | None) -> FormOf:
    model = form._meta.model  # type: ignore[attr-defined]
    return FormOf(model, str(row.pk) if row else "", getattr(form, "language_code", "") or "")


def key_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def takes_autosave(request: HttpRequest) -> bool:
    """Whether the request asks for the form as it is opened, with an autosave in it; nothing is saved by that."""
    return request.method == "POST" and request.POST.get("_autosave") == "take"


def taken_key(request: HttpRequest) -> UUID | None:
    return key_of(request.POST.get("_autosave_key", "")) if takes_autosave(request) else None


def posted_form(request: HttpRequest) -> Typed | None:
    """What was sent of a form; None for one that is opened."""
    return posted_values(request) if request.method == "POST" and not takes_autosave(request) else None


def posted_values(request: HttpRequest) -> Typed:
    """Of files their names."""
    files = {name: [str(file.name) for file in chosen] for name, chosen in request.FILES.lists()}
    return {name: [str(value) for value in values] for name, values in request.POST.lists()} | files


def autosave_words() -> dict[str, str]:
    return {
        "unsaved": _("Unsaved"),
        "saving": _("Saving …"),
        "autosaved": _("Autosaved {time}"),
        "failed": _("Could not be autosaved: {reason}, trying again"),
        "refused": _("Could not be autosaved: {reason}"),
        "offline": _("no connection"),
        "signedOut": _("you are signed out; sign in in another window"),
        "taken": _("Taken back. Nothing is saved yet: look at it and save."),
    }
