"""For the forms of the admin: what is typed is kept as a draft, offered back, gone once saved; and who else is here.

A mixin for model admins. The page works without JavaScript too: then only a save with mistakes leaves a draft.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from storymap.admin.editing.inputs import Fields, all_inputs, fill, is_same, relocated
from storymap.admin.editing.offers import offers
from storymap.services.stories.autosaves import (
    FormOf,
    Note,
    TooManyDrafts,
    Typed,
    drafts_of,
    forget_saved,
    keep_draft,
    version_of,
)

LARGEST = 300_000  # bytes


class KeepsDrafts(admin.ModelAdmin):
    class Media:
        css = {"all": ["storymap/css/drafts.css"]}
        js = [Script("storymap/joined/editing.js", type="module")]

    def may_keep(self, request: HttpRequest, row: models.Model | None) -> bool:
        """Whoever may not change a row has nothing to type into its form."""
        return self.has_change_permission(request, row) if row else self.has_add_permission(request)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """“Take it” without JavaScript: the form as it is opened, with the draft in it. Nothing is saved."""
        if request.method == "POST" and request.POST.get("_draft") == "take":
            request.method = "GET"
            extra_context = {**(extra_context or {}), "taken": key_of(request.POST.get("_draft_key", ""))}
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        forget_posted(request, form_of(form, form.instance if change else None))

    def render_change_form(  # type: ignore[override]  # Django calls it by names
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        stored = kwargs["obj"] if kwargs["change"] else None
        form, sets = context["adminform"].form, [each.formset for each in context["inline_admin_formsets"]]
        opened = Opened(form_of(form, stored), stored, form, sets)
        keeps = self.may_keep(request, stored)
        context |= desk_of(request, opened, taken=context.get("taken"), keeps=keeps)
        return super().render_change_form(request, context, **kwargs)


@dataclass(frozen=True)
class Opened:
    """A form that is shown: what it is of, the stored row (None: a new one), its fields and its tables."""

    of: FormOf
    row: Any
    fields: Fields
    sets: list[Any] = field(default_factory=list)
    always: tuple[str, ...] = ()  # inputs that a draft holds although the page has filled them in itself


def desk_of(request: HttpRequest, opened: Opened, *, taken: UUID | None, keeps: bool = True) -> dict[str, Any]:
    """What stands above the form: `drafts` for the template, `editing` for the script. Fills in the draft `taken`."""
    of = opened.of
    told: dict[str, Any] = {"of": of.model._meta.label_lower, "object": of.object_id, "part": of.part}
    if of.object_id:
        told["here"] = reverse("keep_presence")
    drafts = _drafts(request, opened, taken, told) if keeps else None
    return {"drafts": drafts, "editing": json.dumps(told)}


def _drafts(request: HttpRequest, opened: Opened, taken: UUID | None, told: dict[str, Any]) -> dict[str, Any]:
    """What the template shows; what the script needs goes into `told`."""
    of, row, form, sets = opened.of, opened.row, opened.fields, opened.sets
    key, carried, turn = uuid4(), [], 0
    found = []
    if taken and (draft := drafts_of(person(request), of).filter(key=taken).first()):
        here, _gone = relocated(draft.typed, sets)
        fill(form, sets, here)
        key, carried, turn = draft.key, list(here), draft.turn
    elif request.method == "POST":
        key = key_of(request.POST.get("_draft_key", "")) or key
        carried, turn = _keep_posted(request, opened, key)
    else:
        found = offers(user=person(request), of=of, row=row, form=form, sets=sets)
    told |= {"language": of.language, "key": str(key), "turn": turn, "seen": version_of(row)}
    told |= {"keep": reverse("keep_draft"), "words": autosave_words(), "carried": [*carried, *opened.always]}
    told["obsolete"] = [str(offer.draft.key) for offer in found if not offer.differences]
    return {"key": key, "taken": bool(taken and carried), "offers": [offer for offer in found if offer.differences]}


def _keep_posted(request: HttpRequest, opened: Opened, key: UUID) -> tuple[list[str], int]:
    """A save with mistakes has stored nothing, so what was typed is a draft: its names, and the next turn."""
    of, posted = opened.of, posted_values(request)
    inputs = all_inputs(opened.fields, opened.sets, {})
    typed = {n: posted.get(n, []) for n, each in inputs.items() if not is_same(posted.get(n, []), each.stored)}
    typed |= _keys_of_rows(typed, posted, opened.sets)
    before = drafts_of(person(request), of).filter(key=key).first()
    turn = before.turn + 1 if before else 1
    seen = before.seen if before else version_of(opened.row)
    if typed and len(json.dumps(typed).encode()) <= LARGEST:
        try:
            keep_draft(user=person(request), of=of, note=Note(key, typed, seen, turn))
        except TooManyDrafts:
            return list(typed), 0  # the form still shows it; the browser will try, and say so
    return list(typed), turn


def _keys_of_rows(typed: Typed, posted: Typed, sets: list[Any]) -> Typed:
    keys = [f"{row.prefix}-{formset.model._meta.pk.name}" for formset in sets for row in formset.forms]
    touched = {name.rpartition("-")[0] for name in typed}
    return {key: posted[key] for key in keys if key in posted and key.rpartition("-")[0] in touched}


def forget_posted(request: HttpRequest, of: FormOf) -> None:
    """What was sent is saved: it is no draft any more."""
    key, posted = key_of(request.POST.get("_draft_key", "")), posted_values(request)
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


def posted_values(request: HttpRequest) -> Typed:
    """Of files their names."""
    files = {name: [str(file.name) for file in chosen] for name, chosen in request.FILES.lists()}
    return {name: [str(value) for value in values] for name, values in request.POST.lists()} | files


def autosave_words() -> dict[str, str]:
    return {
        "unsaved": _("Unsaved"),
        "saving": _("Saving …"),
        "kept": _("Draft kept {time}"),
        "failed": _("Could not be kept: {reason}, trying again"),
        "refused": _("Could not be kept: {reason}"),
        "offline": _("no connection"),
        "signedOut": _("you are signed out; sign in in another window"),
        "taken": _("Taken back. Nothing is saved yet: look at it and save."),
    }
