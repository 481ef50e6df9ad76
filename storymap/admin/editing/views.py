"""The two addresses that open forms talk to, and the button that discards an autosave. Mounted beside the admin."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

import msgspec
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.autosave import LARGEST, key_of, person
from storymap.numbers import whole_number
from storymap.services.stories.autosaves import (
    MOST,
    FormOf,
    TooManyAutosaves,
    Typed,
    Unsaved,
    discard_autosave,
    rows_of,
    store_autosave,
)
from storymap.services.stories.presence import arrive, leave

MOST_INPUTS = 5_000
LONGEST_NAME = 200
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class AutosaveNote(msgspec.Struct, forbid_unknown_fields=True):
    """What the page of an open form sends."""

    of: str
    object: Annotated[str, msgspec.Meta(max_length=40)]
    key: uuid.UUID
    typed: Typed
    language: Annotated[str, msgspec.Meta(max_length=15)] = ""
    part: Annotated[str, msgspec.Meta(max_length=20)] = ""
    seen: Count | None = None
    turn: Count = 0


class PresenceNote(msgspec.Struct, forbid_unknown_fields=True):
    of: str
    object: Annotated[str, msgspec.Meta(max_length=40)]
    leaving: bool = False


Sent = TypeVar("Sent", AutosaveNote, PresenceNote)


class Refused(Exception):
    """Not stored, and why, in words for the person who typed."""

    def __init__(self, problem: str, status: int = 400) -> None:
        super().__init__(problem)
        self.status = status


def answering(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Refused as refused:
            return JsonResponse({"problem": str(refused)}, status=refused.status)

    return answer


@require_http_methods(["GET", "POST"])
@answering
def autosave_view(request: HttpRequest) -> HttpResponse:
    """POST stores an autosave. GET gives a token to a page whose own is too old, after signing in again."""
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    note = _read(request, AutosaveNote)
    editor, row = _editor(note.of), None
    if note.object:
        row = _row(request, editor, note.object)
    if not editor.may_autosave(request, row):
        raise Refused(_("you may not change this"), 403)
    of = FormOf(editor.model, str(row.pk) if row else "", note.language, note.part)
    try:
        autosave = store_autosave(
            user=person(request), of=of, unsaved=Unsaved(note.key, _checked_inputs(note.typed), note.seen, note.turn)
        )
    except TooManyAutosaves:
        raise Refused(_("you have %(count)s autosaves; discard some") % {"count": MOST}, 409) from None
    return JsonResponse({"saved_at": autosave.saved_at.isoformat() if autosave else None})


@require_POST
def discard_view(request: HttpRequest) -> HttpResponse:
    if key := key_of(request.POST.get("_autosave_key", "")):
        discard_autosave(user=person(request), key=key)
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if known else reverse("admin:index"))


@require_POST
@answering
def presence_view(request: HttpRequest) -> HttpResponse:
    """Says that somebody is here, or goes; answers with who else is."""
    note = _read(request, PresenceNote)
    editor = _editor(note.of)
    row = _row(request, editor, note.object)
    if not editor.has_view_or_change_permission(request, row):
        raise Refused(_("you may not see this"), 403)
    if note.leaving:
        leave(user=person(request), row=row)
        return JsonResponse({"others": []})
    there = arrive(user=person(request), row=row)
    rows = rows_of(there)
    return JsonResponse({"others": [_sentence(each.user, rows[each]) for each in there if rows[each]]})


def _sentence(user: Any, row: models.Model | None) -> str:
    assert row is not None  # noqa: S101
    place = _("%(kind)s “%(title)s”") % {"kind": row._meta.verbose_name, "title": row}
    name = user.get_full_name() or user.get_username()
    return _("%(name)s is also here: %(place)s") % {"name": name, "place": place}


def _read(request: HttpRequest, kind: type[Sent]) -> Sent:
    too_large = Refused(_("more than %(size)s kB in one form") % {"size": LARGEST // 1000}, 413)
    declared = whole_number(request.META.get("CONTENT_LENGTH") or "0")
    if declared is None or declared > LARGEST or len(request.body) > LARGEST:
        raise too_large
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as problem:
        raise Refused(_("the page sent something that is no autosave: %(problem)s") % {"problem": problem}) from None


def _checked_inputs(typed: Typed) -> Typed:
    """Only what a form can hold and every database keeps."""
    if len(typed) > MOST_INPUTS or any(len(name) > LONGEST_NAME for name in typed):
        raise Refused(_("the page sent more than a form can hold"))
    if any("\x00" in text for name, values in typed.items() for text in (name, *values)):
        raise Refused(_("there is a NUL character in the text"))
    return {n: values for n, values in typed.items() if not n.startswith("_") and n != "csrfmiddlewaretoken"}


def _editor(of: str) -> EditingAdmin:
    try:
        editor = admin.site.get_model_admin(apps.get_model(of))
    except (LookupError, ValueError, NotRegistered):
        editor = None
    if not isinstance(editor, EditingAdmin):
        raise Refused(_("there is no form of “%(name)s”") % {"name": of[:80]})
    return editor


def _row(request: HttpRequest, editor: EditingAdmin, object_id: str) -> models.Model:
    row = editor.get_object(request, object_id)
    if row is None:
        raise Refused(_("it has been deleted"), 404)
    return row
