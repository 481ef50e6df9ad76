"""Forms of the admin that overwrite nothing unseen: what was saved meanwhile is kept, or asked about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from storymap.admin.editing.conflict import conflict_page, gone_page, meanwhile
from storymap.admin.editing.form_state import Page, moved_files, pack, unpack, written
from storymap.admin.editing.merging import Merged, State, merge
from storymap.models import Chapter, Story
from storymap.numbers import whole
from storymap.services.history.revisions import add_part_revision, add_revision
from storymap.services.history.timeline import touches_since
from storymap.services.history.versions import changing, changing_part, locked, together

SEEN, BASE = "_seen", "_base"  # the version that the page showed, and what it showed
MINE = "_mine."  # before a field's name: what its editor had written before the question


class Guarded:
    """A mixin for a ModelAdmin of stories, chapters or parts of the record; first among its bases. Every save takes a
    version and leaves a revision. A form that says no version, as a script's may, is taken to have seen everything."""

    def changeform_view(
        self: Any,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view = super().changeform_view  # type: ignore[misc]
        if request.method != "POST":
            # before anything of the row is read: what is read later may be newer than its version, never older
            seen = self._version(object_id) if object_id else None
            return view(request, object_id, form_url, {**(extra_context or {}), "seen": seen})
        with transaction.atomic(), ExitStack() as saving:
            request.saving = saving  # type: ignore[attr-defined]
            _chosen(request)
            answer = self._brought_up(request, object_id) if object_id else None
            return answer or view(request, object_id, form_url, extra_context)

    def render_change_form(
        self: Any, request: HttpRequest, context: dict[str, Any], *args: Any, **how: Any
    ) -> HttpResponse:
        """Hidden fields with the version and what is shown of it; after a mistake, those that were sent."""
        form = context["adminform"].form
        if how.get("change") and form.is_bound:
            context |= {"seen": request.POST.get(SEEN, ""), "base": request.POST.get(BASE, "")}
        elif how.get("change") and context.get("seen") is not None:
            page = Page(form, [inline.formset for inline in context["inline_admin_formsets"]])
            context["base"] = pack(page.shown())
        return super().render_change_form(request, context, *args, **how)  # type: ignore[misc]

    def save_model(self: Any, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        """From here until the whole page is saved, the row is being changed."""
        stack = getattr(request, "saving", None) or ExitStack()
        stack.enter_context(saving_of(obj, by=request.user, change=change))
        if taken := getattr(request, "taken", ""):
            messages.info(request, taken)
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if not hasattr(request, "saving"):
            stack.close()

    def delete_model_translation(self: Any, request: HttpRequest, translation: Any) -> None:
        with saving_of(translation.master, by=request.user, change=True):
            super().delete_model_translation(request, translation)  # type: ignore[misc]

    def _version(self: Any, object_id: str) -> int | None:
        """Nobody else takes the next one before the end of the transaction, where there is one."""
        key = self.model._meta.pk.to_python
        try:
            row = self.model._base_manager.filter(pk=key(unquote(object_id))).first()
        except forms.ValidationError:
            return None
        if row is None:
            return None
        counted = row.story if isinstance(row, Chapter) else row
        if transaction.get_connection().in_atomic_block:
            locked(counted)
        return type(counted).objects.filter(pk=counted.pk).values_list("version", flat=True).first()

    def _brought_up(self: Any, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Puts what was sent on top of what was saved meanwhile; or the page that asks."""
        now = self._version(object_id)
        seen = whole(request.POST.get(SEEN))
        if now is None and seen is not None:
            return gone_page(self, request, object_id)
        row = self.get_object(request, unquote(object_id))
        if seen in (None, now) or row is None or not self.has_change_permission(request, row):
            return None
        page = self._forms_now(request, row)
        theirs = page.shown()
        base = unpack(request.POST.get(BASE, "")) or State()
        merged = merge(base, theirs, page.sent(request.POST, request.FILES), page.equal)
        touches = touches_since(row, seen or 0)
        data = written(page, merged.state, request.POST)
        data[SEEN], data[BASE] = str(now), pack(theirs)
        if merged.conflicts and not _only_own(touches, request):
            return conflict_page(self, request, row, page, merged, data, touches)
        self._replace(request, data, merged)
        request.taken = meanwhile(row, page, merged, touches, request.user)  # type: ignore[attr-defined]
        return None

    def _replace(self, request: Any, data: Any, merged: Merged) -> None:
        request._files = moved_files(merged.state, request.FILES)
        request.POST = data

    def _forms_now(self: Any, request: HttpRequest, row: Any) -> Page:
        """The page's forms as they would be shown now."""
        shown = copy(request)
        shown.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(shown, row))
        form = self.get_form(shown, row, change=True, fields=fields)(instance=row)
        formsets, _inlines = self._create_formsets(shown, row, change=True)
        return Page(form, formsets)


def _chosen(request: Any) -> None:
    """What was sent, with plain ends of lines: browsers write them their own way, and nothing has changed by that.
    “Keep mine” on the page that asks: every field in question as its editor had it."""
    data = request.POST.copy()
    for name in list(data):
        data.setlist(name, [text.replace("\r\n", "\n") for text in data.getlist(name)])
    mine = data.get("_resolve") == "mine"
    for name in [name for name in data if mine and name.startswith(MINE)]:
        data.setlist(name.removeprefix(MINE), data.getlist(name))
    request.POST = data


def _only_own(touches: list[Any], request: HttpRequest) -> bool:
    """Whether nobody but the editor has saved the row since: nobody is asked about their own words."""
    names = {touch.by for touch in touches if touch.itself}
    return names == {request.user.get_username()}


@contextmanager
def saving_of(row: Any, *, by: Any, change: bool) -> Iterator[None]:
    """One save of a page: what is added has no version to take, but is kept as well."""
    with _changing(row, by, change=change):
        yield
        if not change and isinstance(row, Story):
            add_revision(row, by=by)
        elif not change and not isinstance(row, Chapter):
            add_part_revision(row, by=by)


def _changing(row: Any, by: Any, *, change: bool) -> AbstractContextManager:
    if isinstance(row, Chapter):
        former = Chapter.objects.filter(pk=row.pk).values_list("story", flat=True).first() if change else None
        return together(stories=Story.objects.filter(pk__in={row.story_id, former} - {None}), by=by)
    if not change:
        return transaction.atomic()
    return changing(row, by=by) if isinstance(row, Story) else changing_part(row, by=by)
