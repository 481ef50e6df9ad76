"""Events in the workshop, with their citations, the people involved, a journey and places also concerned."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language, gettext as _, gettext_lazy
from parler.admin import TranslatableStackedInline, TranslatableTabularInline

from places import when
from places.form_fields import TranslatingAdmin
from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Place
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.searched_fields import SearchedFields
from storymap.admin.record.event_form import EventForm, JourneyStops, events_on, understanding_of
from storymap.numbers import OF_A_KEY, whole
from storymap.story.storyfile import EVENT_TEXTS


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
class EventAdmin(EditingAdmin, TranslatingAdmin):
    form = EventForm
    spoken = EVENT_TEXTS
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
        place = Place.objects.filter(pk=whole(request.GET.get("place"), digits=OF_A_KEY) or 0).first()
        return JsonResponse(understanding_of(request.GET.get("q", ""), place))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("place").prefetch_related("place__translations")

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        """By title, and by the day or span that the term names."""
        rows, _duplicates = super().search(request, queryset, term)
        keys = rows.order_by().values("pk")
        return queryset.filter(Q(pk__in=keys) | Q(pk__in=events_on(term).order_by().values("pk"))), False
