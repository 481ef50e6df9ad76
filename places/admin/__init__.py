"""The record in the editors' workshop: plain Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import JSONField, QuerySet
from django.http import HttpRequest
from parler.admin import TranslatableAdmin, TranslatableTabularInline

from places.jsonfield import StorableJSONField
from places.models import Citation, Event, FurtherPlace, Involvement, Person, Place, Source, Toponym


class ToponymInline(admin.TabularInline):
    model = Toponym
    extra = 0


@admin.register(Place)
class PlaceAdmin(TranslatableAdmin):
    list_display = ["slug", "name", "kind", "country", "precision"]
    list_filter = ["kind", "country", "precision"]
    search_fields = ["slug", "translations__name"]
    inlines = [ToponymInline]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        found, _duplicates = super().get_search_results(request, queryset, term)
        return found.distinct(), False  # one row for each place, however many of its names match


@admin.register(Person)
class PersonAdmin(TranslatableAdmin):
    list_display = ["slug", "name"]
    search_fields = ["slug", "translations__name"]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
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
class EventAdmin(TranslatableAdmin):
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
