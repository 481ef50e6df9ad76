"""The forms of places and people: what readers are told comes first; country and address may be left to the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm

from places.accuracy import of_digits
from places.countries import CountrySelect, country_choices, country_question
from places.geo import LatLng
from places.models import Person, Place, Precision
from storymap.admin.editing.slug_forms import Addressed
from storymap.maps.countries import country_at


class PersonForm(Addressed, TranslatableModelForm):
    named_by = "name"

    class Meta:
        model = Person
        fields = "__all__"
        widgets = {"name": AdminTextInputWidget}


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
