"""Tables in and out of a story: upload, preview, import, report, undo; and the same as CSV."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext as _

from storymap.admin.chapter.map import atlas_levels
from storymap.admin.imports import preview_page
from storymap.admin.imports.forms import ChoicesForm, UploadForm, posted_choices, posted_columns, posted_joins
from storymap.formats.exports.tables import dump
from storymap.formats.tables import batches
from storymap.models import ImportBatch, Story
from storymap.numbers import whole
from storymap.services.imports.undo import undo

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


def _map_told() -> str:
    return json.dumps({"levels": atlas_levels(), "words": {"zoomIn": _("Zoom in"), "zoomOut": _("Zoom out")}})


class BulkAdmin(admin.ModelAdmin):
    """What the admin of stories can do with tables."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        base = "<path:object_id>/table/"
        return [
            path(base, view(self.table_view), name="storymap_story_table"),
            path(f"{base}places.csv", view(self.csv_view), {"kind": "places"}, name="storymap_story_places"),
            path(f"{base}events.csv", view(self.csv_view), {"kind": "events"}, name="storymap_story_events"),
            path(f"{base}<int:batch>/", view(self.batch_view), name="storymap_story_import"),
            *super().get_urls(),
        ]

    def table_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Where tables come in and go out. Template admin/storymap/story/table.html."""
        story = self._bulk_story(request, object_id)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            brought = {name: told[name] for name in ("name", "text", "kind", "notes")}
            batch = batches.begin(story=story, **brought)
            batches.search_more(batch, get_language() or "en", AT_ONCE)
            return self._to(batch)
        done = story.imports.exclude(imported_at=None)[:20]
        return self._bulk_page(request, "table", story, form=form, done=done)

    def csv_view(self, request: HttpRequest, object_id: str, kind: str) -> HttpResponse:
        story = self._bulk_story(request, object_id)
        if request.method != "GET":
            return HttpResponse(status=405)
        response = HttpResponse(dump(story, kind), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{story.slug}-{kind}.csv"'
        return response

    def batch_view(self, request: HttpRequest, object_id: str, batch: int) -> HttpResponse:
        """The preview of a table, and once it is imported the report."""
        story = self._bulk_story(request, object_id)
        row = story.imports.filter(pk=batch).select_related("story").first()
        if row is None:
            raise Http404
        if request.method == "POST":
            return self._undone(request, row) if row.imported_at else self._said(request, row)
        return self._report(request, row) if row.imported_at else self._preview(request, row)

    def _said(self, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
        form = ChoicesForm(request.POST, story=batch.story)
        if not form.is_valid():
            return self._preview(request, batch, form)
        told, action = form.cleaned_data, request.POST.get("action", "look")
        columns = posted_columns(request.POST, told["kind"], batch.columns)
        is_new = [
            batches.choose_places(batch, posted_choices(request.POST, batches.searched_for(batch))),
            batches.choose_events(batch, posted_joins(request.POST)),
            batches.choose(batch, kind=told["kind"], columns=columns, country=told["country"]),
        ]
        if action == "import" and not any(is_new):
            batches.imported(batch, told["chapter"], request.user)
        elif action == "import":
            messages.warning(request, _("Nothing was imported yet: look at what your changes do, then import."))
        elif action in _ANSWERS:
            _ANSWERS[action](batch)
        return self._to(batch, request.POST.get("page", ""))

    def _undone(self, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
        if request.POST.get("action") == "undo" and not batch.undone_at:
            undo(batch=batch, by=request.user)
            messages.success(request, _("The import was taken back."))
        return self._to(batch)

    def _preview(self, request: HttpRequest, batch: ImportBatch, form: ChoicesForm | None = None) -> HttpResponse:
        """A dry run: what is shown is what an import would do now. Template admin/storymap/story/table_preview.html."""
        preview = batches.look(batch)
        first = {"kind": batch.kind, "country": batch.country}
        page = preview_page.page_of(preview_page.in_order_of_need(preview.plan), request.GET.get("page"))
        told = {
            "form": form or ChoicesForm(initial=first, story=batch.story),
            "columns": preview_page.columns(preview, batch),
            "page": page,
            "lines": preview_page.lines(page.object_list, preview, batch),
            "numbers": preview_page.numbers(preview),
            "seem_exchanged": preview.seem_exchanged,
            "unsearched": sum(text not in batch.answers for text in preview.wanted),
            "earlier": batches.earlier(batch),
            "map_told": _map_told(),
        }
        return self._bulk_page(request, "table_preview", batch.story, batch=batch, **told)

    def _report(self, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
        told = {"made": preview_page.made(batch), "kept": preview_page.kept(batch)}
        told["page"] = preview_page.page_of(batch.left_out, request.GET.get("page"))
        return self._bulk_page(request, "table_report", batch.story, batch=batch, **told)

    def _bulk_story(self, request: HttpRequest, object_id: str) -> Story:
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        story = self.get_object(request, unquote(object_id))
        if story is None:
            raise Http404
        return story

    def _to(self, batch: ImportBatch, page: str = "") -> HttpResponse:
        address = reverse("admin:storymap_story_import", args=[batch.story_id, batch.pk])
        return HttpResponseRedirect(f"{address}?page={whole(page)}" if whole(page) else address)

    def _bulk_page(self, request: HttpRequest, name: str, story: Story, **context: Any) -> HttpResponse:
        return self._page(request, name, story, _("Tables"), **context)  # type: ignore[attr-defined]  # of the admin of stories
