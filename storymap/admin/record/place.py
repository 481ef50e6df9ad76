"""Places in the workshop: country and address may be left to the site, and a map sets the position."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _, gettext_lazy
from parler.forms import TranslatableModelForm

from places.accuracy import of_digits
from places.coordinates import read
from places.countries import CountrySelect, country_choices, country_question
from places.form_fields import TranslatingAdmin
from places.geo import LatLng
from places.geocoding import Candidate, find
from places.models import Place, Precision, Toponym
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.fields import Addressed
from storymap.maps.countries import country_at
from storymap.pages.addresses import workshop_ground
from storymap.services.stories.record import reckon_seasons_at

MOST_NEIGHBOURS = 2000


def answer_to(request: HttpRequest) -> JsonResponse:
    """A position that was pasted, a question whether it is swapped, candidates, or a problem with the next step."""
    if request.method != "GET":
        return JsonResponse({"problem": _("Only GET is answered here.")}, status=405)
    text = request.GET.get("q", "")
    if (reading := read(text)) is None:
        results = find(text, get_language() or "en")
        called = Counter(one.name for one in results.candidates)
        shown = [
            {
                "name": _distinct_name(one, called[one.name]),
                "at": [one.lat, one.lng],
                "precision": one.precision,
                "radius": one.radius,
            }
            for one in results.candidates
        ]
        problem = f"{results.problem} {_('Or click the map.')}" if results.problem else ""
        return JsonResponse({"candidates": shown, "attribution": results.attribution, "problem": problem})
    said = {"at": _pair(reading.at), "swapped": _pair(reading.swapped), "problem": reading.problem}
    return JsonResponse({**said, "precision": Precision.POINT, "radius": reading.radius})


def _distinct_name(one: Candidate, namesakes: int) -> str:
    return f"{one.name} ({one.lat:.2f}, {one.lng:.2f})" if namesakes > 1 else one.name


def _pair(at: LatLng | None) -> list[float] | None:
    return [at.lat, at.lng] if at else None


def neighbours(place: Place) -> list[list[float]]:
    """Where the other places are of the stories that use this one, or of all when none does yet."""
    others = Place.objects.exclude(pk=place.pk)
    stories = place.events.values("moments__chapter__story").exclude(moments=None) if place.pk else None
    if stories:
        others = others.filter(events__moments__chapter__story__in=stories)
    return [[lat, lng] for lat, lng in others.values_list("latitude", "longitude").distinct()[:MOST_NEIGHBOURS]]


def picker_words() -> dict[str, str]:
    return {
        "search": _("Find an address or name, or paste coordinates or a map link"),
        "find": _("Find"),
        "undo": _("Undo"),
        "map": _("Map: click it or drag the pin; arrow keys move the pin, with Shift ten times as far"),
        "searching": _("Searching …"),
        "failed": _("The search cannot be reached. Click the map, or type the coordinates."),
        "swap": _("Yes, swap them"),
        "zero": _("0, 0 lies in the sea off Africa: is this really meant?"),
        "far": _("This is {number} km from every other place of the story: is this really meant?"),
        "moved": _("The pin is at {at}, known to within {radius} m. If you know better, change precision and radius."),
        "results": _("Found places"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
    }


class PlaceForm(Addressed, TranslatableModelForm):
    named_by = "name"
    country = forms.ChoiceField(
        label=capfirst(gettext_lazy("country")),
        required=False,
        widget=CountrySelect,
        help_text=gettext_lazy("Left empty, the map says which it is, but not near a border or in a disputed area."),
    )

    class Meta:
        model = Place
        fields = "__all__"
        widgets = {
            "name": AdminTextInputWidget,
            "address": AdminTextInputWidget,
            "coordinate_source": AdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if country := self.fields.get("country"):
            country.choices = country_choices(self.instance.country)
        if (zone := self.fields.get("time_zone")) is not None:
            zone.help_text = gettext_lazy("Of its clocks, by the IANA name: Europe/London.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        lat, lng = cleaned.get("latitude"), cleaned.get("longitude")
        if self.instance.pk is None and lat is not None and lng is not None:
            self._say_how_precise(cleaned)
        if "country" in self.errors or cleaned.get("country") or lat is None or lng is None:
            return cleaned
        if code := country_at(LatLng(lat, lng)):
            cleaned["country"] = code
        else:
            self.add_error("country", country_question())
        return cleaned

    def _say_how_precise(self, cleaned: dict[str, Any]) -> None:
        """Of a new place: by the digits that were typed, where the editor has not said it."""
        if not {"precision", "radius"} & set(self.changed_data):
            typed = (str(self[name].value()) for name in ("latitude", "longitude"))
            cleaned["precision"], cleaned["radius"] = Precision.POINT, of_digits(*typed)


class ToponymInline(admin.TabularInline):
    model = Toponym
    extra = 0


@admin.register(Place)
class PlaceAdmin(EditingAdmin, TranslatingAdmin):
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
            picker = {
                "find": reverse("admin:places_place_find"),
                "ground": workshop_ground(),
                "words": picker_words(),
                "neighbours": neighbours(context["original"] or Place()),
            }
            fields["latitude"].widget.attrs["data-picker"] = json.dumps(picker)
            for name in ("latitude", "longitude", "radius"):
                fields[name].widget.attrs["step"] = "any"
        return super().render_change_form(request, context, **kwargs)

    def save_row(self, form: Any, *, change: bool) -> None:
        super().save_row(form, change=change)
        if change and {"latitude", "radius"} & {*form.changed_data}:
            reckon_seasons_at(form.instance)

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        rows, _duplicates = super().search(request, queryset, term)
        return rows.distinct(), False  # one row for each place, however many of its names match
