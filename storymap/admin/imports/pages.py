"""Tables of a story: upload, preview, import, report and undo; and its places and events as CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext

from storymap.admin.imports import preview_page
from storymap.admin.pages import StoryPage
from storymap.admin.story.streets import extracts_for_maps
from storymap.formats.exports.tables import dump
from storymap.formats.imports import format_names, table_of_file
from storymap.formats.tables import batches
from storymap.formats.tables.columns import FIELDS
from storymap.formats.tables.csv_text import MAX_BYTES, read_table
from storymap.models import Chapter, ImportBatch, Story
from storymap.numbers import whole_number
from storymap.pages.addresses import workshop_ground
from storymap.services.imports.undo import undo
from storymap.story.problem import CannotRead


def _what_can_be_imported() -> str:
    formats = pgettext("between the names of a list", ", ").join(format_names())
    return _("A table (CSV), or a map: %(formats)s. Up to 5 MB and 5,000 rows.") % {"formats": formats}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=lazy(_what_can_be_imported, str)(),
    )
    text = forms.CharField(
        label=gettext_lazy("or paste a table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80, "spellcheck": "false"}),
        strip=False,
        help_text=gettext_lazy("Cells copied from a spreadsheet will do. The first row names the columns."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("It holds"),
        required=False,
        choices=[
            ("", gettext_lazy("what its columns say")),
            ("places", gettext_lazy("places")),
            ("events", gettext_lazy("events")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, pasted = cleaned.get("file"), cleaned.get("text", "")
        if self.errors:
            return cleaned
        if not file and not pasted.strip():
            raise forms.ValidationError(_("Choose a file, or paste a table."))
        name = "file" if file else "text"
        try:
            data = file.read(MAX_BYTES + 1) if file else pasted.encode("utf-8", "replace")
            table = table_of_file(data, cleaned.get("kind", ""))
            read_table(table.text)
            cleaned["text"], cleaned["notes"] = table.text, table.notes
        except CannotRead as refused:
            self.add_error(name, [problem.what for problem in refused.problems])
        cleaned["name"] = file.name[-200:] if file else _("Pasted table")
        return cleaned


class ChoicesForm(forms.Form):
    """The preview's own fields; columns and found places are as many as the table has (see below)."""

    kind = forms.ChoiceField(choices=[("places", gettext_lazy("places")), ("events", gettext_lazy("events"))])
    country = forms.CharField(
        label=gettext_lazy("Country of rows that name none"),
        required=False,
        max_length=2,
        help_text=gettext_lazy("Two letters. Left empty, the map says it; XZ is the open sea."),
        widget=forms.TextInput(attrs={"size": 4}),
    )
    chapter = forms.ModelChoiceField(
        label=gettext_lazy("Narrated in"),
        queryset=Chapter.objects.none(),
        required=False,
        empty_label=gettext_lazy("a new chapter, called like the file"),
    )

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].queryset = story.chapters.prefetch_related("translations")  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        code = self.cleaned_data["country"].upper()
        if code and not re.fullmatch("[A-Z]{2}", code):
            raise forms.ValidationError(_("Two capital letters (ISO 3166-1): PE for Peru."))
        return code


def posted_columns(data: Mapping[str, str], kind: str, before: Sequence[str]) -> list[str]:
    """The field chosen for each column; no field twice."""
    columns: list[str] = []
    for number, field in enumerate(before):
        said = data.get(f"column-{number}", field)
        columns.append(said if said in FIELDS[kind] and said not in columns else "")
    return columns


def posted_joins(data: Mapping[str, str]) -> dict[int, int]:
    """By the lines of rows that look like an event of the record, the key of the one that is meant; 0 for none."""
    said = {name.removeprefix("join-"): data[name] for name in data if re.fullmatch("join-[0-9]{1,9}", name)}
    return {int(line): int(key or 0) for line, key in said.items() if re.fullmatch("[0-9]{0,18}", key)}


def posted_choices(data: Mapping[str, str], texts: Sequence[str]) -> dict[str, int]:
    """For searched texts the number of the place that is meant."""
    said = {text: data.get(f"choice-{number}", "") for number, text in enumerate(texts)}
    return {text: int(number) for text, number in said.items() if re.fullmatch("[0-9]{1,2}|-1", number)}


NEEDED = (
    *("storymap.change_story", "storymap.add_chapter"),
    *("places.add_place", "places.add_event", "places.add_source"),
)
AT_ONCE, ON_REQUEST = 3.0, 8.0  # seconds for searching positions after an upload, and when asked to


_ANSWERS: dict[str, Callable[[ImportBatch], None]] = {  # buttons of the preview that say something of the whole table
    "search": lambda batch: batches.search_more(batch, get_language() or "en", ON_REQUEST),
    "exchange": partial(batches.exchange, exchanged=True),
    "as-written": partial(batches.exchange, exchanged=False),
    "join-all": partial(batches.choose_all_events, join=True),
    "join-none": partial(batches.choose_all_events, join=False),
}


class TablePage(StoryPage):
    permissions = NEEDED

    def redirect_to(self, batch: ImportBatch, page: str = "") -> HttpResponse:
        """To the preview of the table, or its report."""
        address = reverse("admin:storymap_story_import", args=[batch.story_id, batch.pk])
        return HttpResponseRedirect(f"{address}?page={whole_number(page)}" if whole_number(page) else address)


class TablesPage(TablePage):
    """Where tables are imported and exported."""

    template_name = "admin/storymap/imports/tables.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._upload_page(UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._upload_page(form)
        table = {name: form.cleaned_data[name] for name in ("name", "text", "kind", "notes")}
        batch = batches.begin(story=self.story, **table)
        batches.search_more(batch, get_language() or "en", AT_ONCE)
        return self.redirect_to(batch)

    def _upload_page(self, form: UploadForm) -> HttpResponse:
        done = self.story.imports.exclude(imported_at=None)[:20]
        return self.page(_("Tables"), subtitle=str(self.story), form=form, done=done)


class CsvDownload(StoryPage):
    """The story's places or events, as its `kind` says."""

    permissions = NEEDED
    kind = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(dump(self.story, self.kind), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.story.slug}-{self.kind}.csv"'
        return response


class ImportPage(TablePage):
    """The preview of a table, and once it is imported the report."""

    def get(self, request: HttpRequest, batch: int) -> HttpResponse:
        row = self._batch(batch)
        return self._report(row) if row.imported_at else self._preview(row)

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        row = self._batch(batch)
        return self._undone(row) if row.imported_at else self._answer_button(row)

    def _batch(self, key: int) -> ImportBatch:
        return get_object_or_404(self.story.imports.select_related("story"), pk=key)

    def _answer_button(self, batch: ImportBatch) -> HttpResponse:
        """The editor's choices are stored; the table is imported when nothing was chosen anew."""
        sent = self.request.POST
        form = ChoicesForm(sent, story=batch.story)
        if not form.is_valid():
            return self._preview(batch, form)
        choices, action = form.cleaned_data, sent.get("action", "look")
        columns = posted_columns(sent, choices["kind"], batch.columns)
        is_new = [
            batches.choose_places(batch, posted_choices(sent, batches.searched_for(batch))),
            batches.choose_events(batch, posted_joins(sent)),
            batches.choose(batch, kind=choices["kind"], columns=columns, country=choices["country"]),
        ]
        if action == "import" and not any(is_new):
            batches.import_batch(batch, choices["chapter"], self.request.user)
        elif action == "import":
            messages.warning(self.request, _("Nothing was imported yet: look at what your changes do, then import."))
        elif action in _ANSWERS:
            _ANSWERS[action](batch)
        return self.redirect_to(batch, sent.get("page", ""))

    def _undone(self, batch: ImportBatch) -> HttpResponse:
        if self.request.POST.get("action") == "undo" and not batch.undone_at:
            undo(batch=batch, by=self.request.user)
            messages.success(self.request, _("The import was undone."))
        return self.redirect_to(batch)

    def _preview(self, batch: ImportBatch, form: ChoicesForm | None = None) -> HttpResponse:
        """A dry run: what is shown is what an import would do now."""
        self.template_name = "admin/storymap/imports/preview.html"
        preview = batches.look(batch)
        first = {"kind": batch.kind, "country": batch.country}
        page = preview_page.page_of(preview_page.in_order_of_need(preview.plan), self.request.GET.get("page"))
        shown: dict[str, Any] = {
            "form": form or ChoicesForm(initial=first, story=batch.story),
            "columns": preview_page.columns(preview, batch),
            "page": page,
            "lines": preview_page.lines(page.object_list, preview, batch),
            "numbers": preview_page.numbers(preview),
            "seem_exchanged": preview.seem_exchanged,
            "unsearched": sum(text not in batch.answers for text in preview.wanted),
            "earlier": batches.earlier(batch),
            "rows_map": json.dumps(
                {
                    "ground": workshop_ground(extracts_for_maps(self.story)),
                    "words": {"zoomIn": _("Zoom in"), "zoomOut": _("Zoom out")},
                }
            ),
        }
        return self.page(_("Tables"), subtitle=str(self.story), batch=batch, **shown)

    def _report(self, batch: ImportBatch) -> HttpResponse:
        self.template_name = "admin/storymap/imports/report.html"
        page = preview_page.page_of(batch.left_out, self.request.GET.get("page"))
        shown: dict[str, Any] = {
            "created": preview_page.created_counts(batch),
            "left": preview_page.left_by_undo(batch),
            "page": page,
        }
        return self.page(_("Tables"), subtitle=str(self.story), batch=batch, **shown)
