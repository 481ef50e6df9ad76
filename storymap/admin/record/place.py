"""Places in the workshop: country and address may be left to the site, and a map sets the position."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm

from places.accuracy import of_digits
from places.countries import CountrySelect, country_choices, country_question
from places.form_fields import TranslatingAdmin
from places.geo import LatLng
from places.models import Place, Precision, Toponym
from storymap.admin.atlas import atlas_levels
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.slug_forms import Addressed
from storymap.admin.record.place_search import answer_to, neighbours, picker_words
from storymap.maps.countries import country_at
from storymap.services.stories.record import reckon_seasons_at


class PlaceForm(Addressed, TranslatableModelForm):
    named_by = "name"
    country = forms.ChoiceField(
        label=capfirst(_("country")),
        required=False,
        widget=CountrySelect,
        help_text=_("Left empty, the map says which it is, but not near a border or in a disputed area."),
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
            zone.help_text = _("Of its clocks, by the IANA name: Europe/London.")

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
            _("Where it is"),
            {"fields": [("latitude", "longitude"), ("precision", "radius"), "country", "address", "kind"]},
        ),
        (
            _("More about it"),
            {"classes": ["collapse"], "fields": ["coordinate_source", "time_zone", "slug"]},
        ),
    ]
    nothing_yet = _("No places yet: a place is where something happened, such as the ambassador’s residence in Lima.")
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
                "levels": atlas_levels(),
                "words": picker_words(),
                "neighbours": neighbours(context["original"] or Place()),
            }
            fields["latitude"].widget.attrs["data-picker"] = json.dumps(picker)
            for name in ("latitude", "longitude", "radius"):
                fields[name].widget.attrs["step"] = "any"
        return super().render_change_form(request, context, **kwargs)

    def save_row(self, row: Place, *, change: bool) -> None:
        row.save()
        if change:
            reckon_seasons_at(row)

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        rows, _duplicates = super().search(request, queryset, term)
        return rows.distinct(), False  # one row for each place, however many of its names match
