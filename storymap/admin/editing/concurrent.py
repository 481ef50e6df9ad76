"""A form that was sent, on top of what others have saved since its page was opened: nothing unseen is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.http import HttpRequest, HttpResponse

from storymap.admin.editing.conflict import conflict_page, gone_page, meanwhile
from storymap.admin.editing.form_state import Page, moved_files, pack, unpack, with_state
from storymap.admin.editing.merging import State, merge
from storymap.admin.editing.requests import opening, sending
from storymap.numbers import whole_number
from storymap.services.history.entries import touches_since
from storymap.services.stories.save_form import version_now

SEEN, BASE = "_seen", "_base"  # inputs: the version that the page showed, and what it showed
MINE = "_mine."  # before a field's name: what its editor had written before the question
RESOLVE = "_resolve"  # the button of the page that asks: merged, or mine


@dataclass(frozen=True)
class UpToDate:
    """The request with what others have saved in it, and what that was, in words for the editor."""

    request: HttpRequest
    meanwhile: str = ""


def brought_up_to_date(model_admin: Any, request: HttpRequest, object_id: str) -> UpToDate | HttpResponse:
    """What was sent on top of what is stored now; a page that asks, where both have changed the same.

    For the transaction that saves. A form that says no version, as a script's may, is taken to have seen everything.
    """
    request = _with_own_words(request)
    now = version_now(model_admin.model, unquote(object_id))
    seen = whole_number(request.POST.get(SEEN))
    if now is None and seen is not None:
        return gone_page(model_admin, request, object_id)
    if seen in (None, now):
        return UpToDate(request)
    row = model_admin.get_object(request, unquote(object_id))
    if row is None or not model_admin.has_change_permission(request, row):
        return UpToDate(request)
    page = forms_now(model_admin, request, row)
    theirs = page.shown_state()
    base = unpack(request.POST.get(BASE, "")) or State()
    merged = merge(base, theirs, page.sent_state(request.POST, request.FILES), page.equal)
    touches = touches_since(row, seen or 0)
    data = with_state(page, merged.state, request.POST)
    data[SEEN], data[BASE] = str(now), pack(theirs)
    if merged.conflicts and not _only_own(touches, request):
        return conflict_page(model_admin, request, row, page, merged, data, touches)
    words = meanwhile(row, page, merged, touches, request.user)
    return UpToDate(sending(request, data, moved_files(merged.state, request.FILES)), words)


def forms_now(model_admin: Any, request: HttpRequest, row: Any) -> Page:
    """The page's forms as they would be shown now."""
    opened = opening(request)
    fields = flatten_fieldsets(model_admin.get_fieldsets(opened, row))
    form = model_admin.get_form(opened, row, change=True, fields=fields)(instance=row)
    formsets, _inlines = model_admin._create_formsets(opened, row, change=True)
    return Page(form, formsets)


def _with_own_words(request: HttpRequest) -> HttpRequest:
    """“Keep mine” on the page that asks: every field in question as its editor had it."""
    if request.POST.get(RESOLVE) != "mine":
        return request
    data = request.POST.copy()
    for name in [name for name in data if name.startswith(MINE)]:
        data.setlist(name.removeprefix(MINE), data.getlist(name))
    return sending(request, data)


def _only_own(touches: list[Any], request: HttpRequest) -> bool:
    """Whether nobody but the editor has saved the row since: nobody is asked about their own words."""
    names = {touch.by for touch in touches if touch.itself}
    return names == {request.user.get_username()}
