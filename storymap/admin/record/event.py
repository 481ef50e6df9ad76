"""Events in the workshop, with their citations, the people involved, a journey and places also concerned."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.forms import BaseInlineFormSet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext as _, gettext_lazy
from parler.admin import TranslatableStackedInline, TranslatableTabularInline
from parler.forms import TranslatableModelForm

from places import when
from places.dates.seasons import hemisphere_at
from places.form_fields import TranslatingAdmin, TypedDateField
from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Place
from places.typed_dates import as_understood, understand
from places.when import DateProblem, parse
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.fields import Addressed, SearchedFields
from storymap.numbers import OF_A_KEY, whole_number
from storymap.story.references import way_problems
from storymap.story.storyfile import EVENT_TEXTS


class EventForm(Addressed, TranslatableModelForm):
    date = TypedDateField(
        label=capfirst(gettext_lazy("date")),
        help_text=gettext_lazy(
            "As you write it: 22 April 1997 15:23, about January 1997, from 18 to 22 December 1996, late 1914, "
            "before 1850, 44 BC; or as EDTF: 1996-12-17, 1996~, 1997-10/.."
        ),
    )

    journey_date = TypedDateField(
        label=capfirst(gettext_lazy("date of the journey")),
        help_text=gettext_lazy("Where it is another than the date of the event."),
    )

    class Meta:
        model = Event
        fields = "__all__"
        widgets = {
            **dict.fromkeys(("title", "attributed_to"), AdminTextInputWidget),
            **{name: AdminTextareaWidget(attrs={"rows": 4}) for name in ("summary", "note")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if date := self.fields.get("date"):  # who may only look has no fields
            date.widget.attrs["data-understand"] = reverse("admin:places_event_understand")
            if read := understanding_of(self.instance.date, self.instance.place):
                date.help_text = format_html("<span data-understood>{}</span> {}", read["understood"], date.help_text)

    def clean(self) -> dict[str, Any]:
        """A time typed behind the date counts when none is typed in its own field."""
        cleaned = super().clean()
        date = self.fields.get("date")
        if isinstance(date, TypedDateField) and date.typed_time and not self.cleaned_data.get("time"):
            self.cleaned_data["time"] = date.typed_time
        return cleaned


class JourneyStops(BaseInlineFormSet):
    """The stops of an event's journey: none at all, or the whole way."""

    def clean(self) -> None:
        super().clean()
        forms = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        filled = [form.cleaned_data for form in forms if form.cleaned_data.get("place")]
        stops = [one["place"] for one in sorted(filled, key=lambda one: one.get("position") or 0)]
        is_described = bool(self.instance.journey_mode or self.instance.journey_date)
        if (stops or is_described) and (problems := list(way_problems(stops, is_described=is_described))):
            raise ValidationError(problems)


def understanding_of(typed: str, place: Place | None = None) -> dict[str, str]:
    """What a date typed for a place is understood as, in words of the editor's language; or what is wrong with it."""
    if not typed.strip():
        return {}
    try:
        understood = understand(typed)
        hemisphere = hemisphere_at(place.latitude, place.radius) if place else ""
        words = as_understood(understood, get_language() or "en", hemisphere)
    except DateProblem as problem:
        return {"understood": str(problem), "edtf": ""}
    return {"understood": gettext("Understood as: %(date)s.") % {"date": words}, "edtf": understood.edtf}


def events_on(term: str) -> QuerySet[Event]:
    """The events that may have happened on the day, or in the span, that the term names; none where it is no date."""
    try:
        edtf = understand(term).edtf
        if not edtf:
            return Event.objects.none()
        span = parse(edtf)
    except DateProblem:
        return Event.objects.none()
    overlapping = Q()
    if span.latest is not None:
        overlapping &= Q(earliest__lte=span.latest) | Q(earliest=None)
    if span.earliest is not None:
        overlapping &= Q(latest__gte=span.earliest) | Q(latest=None)
    return Event.objects.filter(overlapping).exclude(earliest=None, latest=None)


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
                    "where it began and where it ended among them. Number them under “order”, 1 for the start. "
                    "The map joins them by a line. "
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
        place = Place.objects.filter(pk=whole_number(request.GET.get("place"), digits=OF_A_KEY) or 0).first()
        return JsonResponse(understanding_of(request.GET.get("q", ""), place))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("place").prefetch_related("place__translations")

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        """By title, and by the day or span that the term names."""
        rows, _duplicates = super().search(request, queryset, term)
        keys = rows.order_by().values("pk")
        return queryset.filter(Q(pk__in=keys) | Q(pk__in=events_on(term).order_by().values("pk"))), False
