"""The record in the editors' workshop: plain Django admin."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import JSONField, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from parler.admin import TranslatableAdmin, TranslatableTabularInline

from places.admin.event_form import EventForm
from places.admin.finding import answer_to, neighbours, picker_words
from places.jsonfield import StorableJSONField
from places.models import Citation, Event, FurtherPlace, Involvement, Person, Place, Source, Toponym
from storymap.editing.guarded import Guarded
from storymap.editing.throwing import Thrown

ATLAS = (("110m", 3), ("50m", 22))


class ToponymInline(admin.TabularInline):
    model = Toponym
    extra = 0


@admin.register(Place)
class PlaceAdmin(Guarded, Thrown, TranslatableAdmin):
    list_display = ["slug", "name", "kind", "country", "precision"]
    list_filter = ["kind", "country", "precision"]
    search_fields = ["slug", "translations__name"]
    inlines = [ToponymInline]

    class Media:
        css = {"all": ["storymap/joined/admin.css"]}
        js = ["vendor/leaflet/leaflet.js", Script("storymap/joined/place-picker.js", type="module")]

    def get_urls(self) -> list[URLPattern]:
        return [
            path("find/", self.admin_site.admin_view(self.find_view), name="places_place_find"),
            *super().get_urls(),
        ]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return answer_to(request)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The number fields work alone; their attributes tell the picker what it needs."""
        fields = context["adminform"].form.fields
        if "latitude" in fields:
            levels = [{"url": static(f"storymap/atlas/{name}.json"), "maxZoom": zoom} for name, zoom in ATLAS]
            told: dict[str, Any] = {"find": reverse("admin:places_place_find"), "levels": levels}
            told["words"] = picker_words()
            told["neighbours"] = neighbours(context["original"] or Place())
            fields["latitude"].widget.attrs["data-picker"] = json.dumps(told)
            for name in ("latitude", "longitude", "radius"):
                fields[name].widget.attrs["step"] = "any"
        return super().render_change_form(request, context, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        found, _duplicates = super().get_search_results(request, queryset, term)
        return found.distinct(), False  # one row for each place, however many of its names match


@admin.register(Person)
class PersonAdmin(Guarded, Thrown, TranslatableAdmin):
    list_display = ["slug", "name"]
    search_fields = ["slug", "translations__name"]


@admin.register(Source)
class SourceAdmin(Guarded, Thrown, admin.ModelAdmin):
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}}
    list_display = ["slug", "type", "title", "container", "issued"]
    list_filter = ["type", "language"]
    search_fields = ["slug", "title", "container", "url"]


class InvolvementInline(TranslatableTabularInline):
    model = Involvement
    extra = 0
    autocomplete_fields = ["person"]


class FurtherPlaceInline(admin.TabularInline):
    model = FurtherPlace
    extra = 0
    autocomplete_fields = ["place"]


class CitationInline(TranslatableTabularInline):
    model = Citation
    extra = 0
    autocomplete_fields = ["source"]


@admin.register(Event)
class EventAdmin(Guarded, Thrown, TranslatableAdmin):
    form = EventForm
    list_display = ["slug", "title", "date", "place", "status"]
    list_filter = ["status", "sensitivity", "later"]
    search_fields = ["slug", "translations__title"]
    autocomplete_fields = ["place"]
    inlines = [CitationInline, FurtherPlaceInline, InvolvementInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("place").prefetch_related("place__translations")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        found, _duplicates = super().get_search_results(request, queryset, term)
        return found.distinct(), False
