"""The record in the editors' workshop: plain Django admin."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy
from parler.admin import TranslatableStackedInline, TranslatableTabularInline

from places import when
from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Person, Place, Toponym
from places.translating import TranslatingAdmin
from storymap.admin.editing.autosave import KeepsDrafts
from storymap.admin.editing.guarded import Guarded
from storymap.admin.editing.searched_fields import SearchedFields
from storymap.admin.record.event_form import EventForm, JourneyStops, events_on, understanding_of
from storymap.admin.record.place_form import PersonForm, PlaceForm
from storymap.admin.record.place_search import answer_to, neighbours, picker_words
from storymap.admin.record.source import SourceAdmin
from storymap.admin.trash import Thrown

__all__ = ["EventAdmin", "PersonAdmin", "PlaceAdmin", "SourceAdmin"]

ATLAS = (("110m", 3), ("50m", 22))


class ToponymInline(admin.TabularInline):
    model = Toponym
    extra = 0


@admin.register(Place)
class PlaceAdmin(Guarded, Thrown, KeepsDrafts, TranslatingAdmin):
    form = PlaceForm
    spoken = ("name",)
    fieldsets = [
        (None, {"fields": ["name"]}),
        (
            gettext_lazy("Where it is"),
            {"fields": [("latitude", "longitude"), ("precision", "radius"), "country", "address", "kind"]},
        ),
        (
            gettext_lazy("More about it"),
            {"classes": ["collapse"], "fields": ["coordinate_source", "time_zone", "slug"]},
        ),
    ]
    nothing_yet = gettext_lazy(
        "No places yet: a place is where something happened, such as the ambassador’s residence in Lima."
    )
    list_display = ["__str__", "kind", "country", "precision"]
    list_filter = ["kind", "country", "precision"]
    search_fields = ["slug", "translations__name__finds"]
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

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
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
class PersonAdmin(Guarded, Thrown, KeepsDrafts, TranslatingAdmin):
    form = PersonForm
    fields = ["name", "slug"]
    spoken = ("name",)
    examples = {"name": gettext_lazy("For example: Morihisa Aoki.")}
    nothing_yet = gettext_lazy(
        "No people yet: a person takes part in events, such as Alberto Fujimori, then President of Peru."
    )
    list_display = ["__str__", "slug"]
    search_fields = ["slug", "translations__name__finds"]


class InvolvementInline(SearchedFields, TranslatableTabularInline):
    model = Involvement
    extra = 0
    autocomplete_fields = ["person"]


class JourneyStopInline(SearchedFields, admin.TabularInline):
    model = JourneyStop
    formset = JourneyStops
    extra = 0
    fields = ["place", "position"]
    autocomplete_fields = ["place"]


class AlsoThereInline(SearchedFields, admin.TabularInline):
    model = AlsoThere
    extra = 0
    autocomplete_fields = ["place"]


class CitationInline(SearchedFields, TranslatableStackedInline):
    model = Citation
    extra = 0
    autocomplete_fields = ["source"]
    fields = [("source", "locator"), "note"]


@admin.register(Event)
class EventAdmin(SearchedFields, Guarded, Thrown, KeepsDrafts, TranslatingAdmin):
    form = EventForm
    spoken = ("title", "summary", "attributed_to", "note")
    examples = {
        "title": gettext_lazy("For example: The garden wall is breached."),
        "place": gettext_lazy("For example: Residence of the Japanese ambassador."),
    }
    nothing_yet = gettext_lazy(
        "No events yet: an event is one thing that happened, such as “The garden wall is breached”."
    )
    list_display = ["__str__", "date_words", "place", "status"]
    list_filter = ["status", "sensitivity", "later"]
    search_fields = ["slug", "translations__title__finds"]
    autocomplete_fields = ["place"]
    inlines = [JourneyStopInline, AlsoThereInline, CitationInline, InvolvementInline]
    fieldsets = [
        (gettext_lazy("What happened"), {"fields": ["title", "summary", "note"], "classes": ["text"]}),
        (
            gettext_lazy("How far it is established"),
            {"fields": ["status", "attributed_to", "sensitivity", "later"], "classes": ["claim"]},
        ),
        (gettext_lazy("When and where"), {"fields": ["date", "time", "place", "slug"], "classes": ["where"]}),
        (
            gettext_lazy("Journey"),
            {
                "fields": [("journey_mode", "journey_date")],
                "classes": ["journey"],
                "description": gettext_lazy(
                    "Only for a way that was really travelled, and whose order is known: its stops stand below, "
                    "where it began and where it ended among them. The map joins them by a line. "
                    "Other places that the event concerns are “places also concerned”, without a line."
                ),
            },
        ),
    ]

    class Media:
        css = {"all": ["storymap/joined/admin.css"]}
        js = [Script("storymap/joined/event-form.js", type="module")]

    @admin.display(description=gettext_lazy("date"), ordering=Coalesce("earliest", "latest"))
    def date_words(self, event: Event) -> str:
        return when.words(event.date, get_language() or "en") if event.date else ""

    def get_urls(self) -> list[URLPattern]:
        return [
            path("understand/", self.admin_site.admin_view(self.understand_view), name="places_event_understand"),
            *super().get_urls(),
        ]

    def understand_view(self, request: HttpRequest) -> HttpResponse:
        """What the form's script asks: what a date is understood as."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method != "GET":
            return JsonResponse({"understood": _("Only GET is answered here.")}, status=405)
        return JsonResponse(understanding_of(request.GET.get("q", "")))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("place").prefetch_related("place__translations")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        found, _duplicates = super().get_search_results(request, queryset, term)
        keys = found.order_by().values("pk")
        return queryset.filter(Q(pk__in=keys) | Q(pk__in=events_on(term).order_by().values("pk"))), False
