"""Sources in the editors' workshop."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import JSONField, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language, gettext as _, gettext_lazy

from places import when
from places.form_fields import StorableJSONField
from places.models import Source
from places.models.gazetteer import fold
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.record.source_form import HTTPS, SourceForm, answer

_folded = lru_cache(maxsize=100_000)(fold)  # the same few thousand texts at every key that is typed
_SEARCHED = ("slug", "title", "container", "url", "issued")


class Languages(admin.AllValuesFieldListFilter):
    """Where none is said, the link to those says so."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("none is said")}


@admin.register(Source)
class SourceAdmin(EditingAdmin):
    form = SourceForm
    nothing_yet = gettext_lazy(
        "No sources yet: a source says what happened, such as a newspaper report of 18 December 1996."
    )
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}, **HTTPS}
    change_form_template = "admin/places/source/change_form.html"
    list_display = ["title", "authors", "container", "issued_words", "type"]
    list_filter = ["type", ("language", Languages)]
    search_fields = ["title"]  # that there is a search; what it searches says `search`
    search_help_text = gettext_lazy("Author, title, newspaper, address, year")
    fields = (*SourceForm.Meta.fields,)

    class Media:
        css = {"all": ["storymap/joined/admin.css"]}
        js = [Script("storymap/joined/source-form.js", type="module")]

    @admin.display(description=gettext_lazy("author"))
    def authors(self, source: Source) -> str:
        return ", ".join(source.author_names)

    @admin.display(description=gettext_lazy("issued"), ordering="issued")
    def issued_words(self, source: Source) -> str:
        return when.words(source.issued, get_language() or "en") if source.issued else ""

    def get_urls(self) -> list[URLPattern]:
        return [
            path("read/", self.admin_site.admin_view(self.read_view), name="places_source_read"),
            *super().get_urls(),
        ]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """What the form's script asks: the fields of a pasted reference. POST, since references are long."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return JsonResponse({"problem": _("Only POST is answered here.")}, status=405)
        return JsonResponse(answer(request.POST.get("reference", "")))

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        """Every word somewhere in author, title, container, address or date, whatever its case and accents."""
        words = fold(term).split()
        if not words:
            return queryset, False
        rows = queryset.order_by().values_list("pk", "author", *_SEARCHED)
        keys = [key for key, author, *texts in rows if _holds(words, [*_texts(author), *texts])]
        return queryset.filter(pk__in=keys), False


def _texts(author: Any) -> Iterator[str]:
    for name in author if isinstance(author, list) else []:
        yield " ".join(name.get(part, "") for part in ("given", "family", "literal"))


def _holds(words: list[str], texts: list[str]) -> bool:
    whole = "\n".join(_folded(text) for text in texts)
    return all(word in whole for word in words)
