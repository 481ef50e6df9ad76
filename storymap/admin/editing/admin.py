"""The admin of what several people edit: forms that overwrite nothing unseen and lose nothing typed, and the trash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse

from storymap.admin.editing.autosave import (
    Opened,
    autosave_context,
    forget_posted,
    form_of,
    person,
    posted_form,
    taken_key,
    takes_autosave,
)
from storymap.admin.editing.concurrent import BASE, SEEN, brought_up_to_date
from storymap.admin.editing.fields import SearchedFields
from storymap.admin.editing.form_state import Page, pack
from storymap.admin.editing.requests import opening, refusing_files, with_plain_ends_of_lines
from storymap.admin.trash import TrashingAdmin
from storymap.services.media.files import CannotStore, Storing
from storymap.services.stories.save_form import saving, version_now


class EditingAdmin(SearchedFields, TrashingAdmin):
    """For stories, chapters, illustrations and the record. A subclass says how its row is saved in `save_row`, and
    which files its form brings in `files_of`."""

    class Media:
        css = {"all": ["storymap/css/autosave.css"]}
        js = [Script("storymap/joined/editing.js", type="module")]

    def may_autosave(self, request: HttpRequest, row: models.Model | None) -> bool:
        """Whoever may not change a row has nothing to type into its form."""
        return self.has_change_permission(request, row) if row else self.has_add_permission(request)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The form opened, or what was sent of it saved. Taking an autosave without JavaScript opens it too."""
        takes = takes_autosave(request)
        if request.method == "POST" and not takes:
            return self._save_sent(with_plain_ends_of_lines(request), object_id, form_url, extra_context)
        # before anything of the row is read: what is read later may be newer than its version, never older
        seen = version_now(self.model, unquote(object_id)) if object_id else None
        context = {**(extra_context or {}), "seen": seen, "taken": taken_key(request)}
        return super().changeform_view(opening(request) if takes else request, object_id, form_url, context)

    def _save_sent(self, request: HttpRequest, *page: Any) -> HttpResponse:
        """Once more where a file cannot be stored, to say so at its field: what was typed is still there."""
        try:
            return self._save_up_to_date(request, *page)
        except CannotStore as problem:
            if not request.FILES:
                raise
            again = refusing_files(request, str(problem))
        return self._save_up_to_date(again, *page)

    def _save_up_to_date(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Rows and files of one save go together."""
        meanwhile = ""
        with Storing(), transaction.atomic():
            if object_id:
                up_to_date = brought_up_to_date(self, request, object_id)
                if isinstance(up_to_date, HttpResponse):
                    return up_to_date
                request, meanwhile = up_to_date.request, up_to_date.meanwhile
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        if meanwhile and _is_saved(answer):
            messages.info(request, meanwhile)
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Nothing yet: a row is saved with its tables, by `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The row and its tables. What was typed and is saved now is no autosave any more."""
        row = form.instance
        with saving(row, by=request.user, change=change, files=self.files_of(form)):
            self.save_row(form, change=change)
            super().save_related(request, form, formsets, change)
        forget_posted(request, form_of(form, row if change else None))

    def save_row(self, form: Any, *, change: bool) -> None:
        form.instance.save()

    def files_of(self, form: Any) -> Mapping[str, bytes]:
        """Contents to store, by their names."""
        return {}

    def delete_model_translation(self, request: HttpRequest, translation: Any) -> None:
        """Of translated models, see parler."""
        with saving(translation.master, by=request.user, change=True):
            super().delete_model_translation(request, translation)  # type: ignore[misc]

    def render_change_form(  # type: ignore[override]  # Django calls it by names
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """With the version and what is shown of it, as hidden fields; with autosaves; and with who else is here."""
        change, stored = kwargs["change"], kwargs["obj"] if kwargs["change"] else None
        form, formsets = context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
        if change and form.is_bound:
            context |= {"seen": request.POST.get(SEEN, ""), "base": request.POST.get(BASE, "")}
        elif change and context.get("seen") is not None:
            context["base"] = pack(Page(form, formsets).shown_state())
        context |= autosave_context(
            person(request),
            Opened(form_of(form, stored), stored, form, formsets),
            taken=context.get("taken"),
            sent=posted_form(request),
            may_autosave=self.may_autosave(request, stored),
        )
        return super().render_change_form(request, context, **kwargs)


def _is_saved(answer: Any) -> bool:
    """It leads on, or closes a window; a form with mistakes comes back as a page."""
    return answer.status_code == 302 or "popup_response_data" in (getattr(answer, "context_data", None) or {})
