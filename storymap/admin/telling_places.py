"""Places to choose from: those of the record, and those that a search has found."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django import forms
from django.utils.translation import get_language, gettext as _

from places.coordinates import read
from places.geo import LatLng
from places.geocoding import CREDITS, find
from places.models import Place, Precision
from places.models.gazetteer import fold
from places.models.validators import validate_country, validate_plain_text
from storymap.maps.countries import country_at
from storymap.numbers import OF_A_KEY, whole
from storymap.services.telling import NewPlace

MOST_KNOWN = 5


@dataclass(frozen=True)
class Choice:
    """A place to choose: `value` is what the form sends."""

    value: str
    label: str


def places_for(text: str) -> tuple[list[Choice], str]:
    """What to choose from, the record's own places first; and who is to be credited, or what is wrong."""
    rows = Place.objects.filter(translations__name__icontains=text).distinct()
    known = [Choice(f"place:{place.pk}", str(place)) for place in rows[:MOST_KNOWN]]
    if (reading := read(text)) is not None:
        return ([*known, _new("", reading.at, "", "")], "") if reading.at else (known, reading.problem)
    answer = find(text, get_language() or "en")
    new = [_new(c.name, LatLng(c.lat, c.lng), c.country, answer.attribution) for c in answer.candidates]
    return [*known, *new], answer.attribution or answer.problem


def likeliest(choices: list[Choice], asked: str) -> str:
    """The place of the record that is called so, else the first that was found."""
    called = [c for c in choices if fold(c.label) == fold(asked)]
    new = [c for c in choices if not c.value.startswith("place:")]
    return next((choice.value for choice in (*called, *new, *choices)), "")


def _new(name: str, at: LatLng, country: str, credit: str) -> Choice:
    value = json.dumps({"name": name, "lat": at.lat, "lng": at.lng, "country": country, "credit": credit})
    return _labelled(value, name, at)


def _labelled(value: str, name: str, at: LatLng) -> Choice:
    return Choice(value, f"{name} ({at.lat:.4f}, {at.lng:.4f})".strip())


def known_choice(value: str) -> Choice:
    """The choice that a form has sent back, with words for it."""
    try:
        if place := _of_record(value):
            return Choice(value, str(place))
        name, at, _country, _credit = _told(value)
    except forms.ValidationError:
        return Choice(value, "?")
    return _labelled(value, name, at)


def _of_record(value: str) -> Place | None:
    kind, _colon, key = value.partition(":")
    return Place.objects.filter(pk=whole(key, digits=OF_A_KEY) or 0).first() if kind == "place" else None


def _told(value: str) -> tuple[str, LatLng, str, str]:
    """Name, position, country and credit of a place that was found. Raises ValidationError."""
    try:
        told = json.loads(value)
        at = LatLng(float(told["lat"]), float(told["lng"]))
        name, country, credit = str(told["name"]), str(told["country"]), str(told["credit"])[:300]
        validate_plain_text(name + credit)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, forms.ValidationError):
        raise forms.ValidationError(_("Search again, and choose one of the found places.")) from None
    return name, at, country, credit


def chosen_place(value: str, name: str, country: str) -> Place | NewPlace:
    """What a choice stands for. Raises ValidationError; its code is "country" or "place_name" where that is missing.
    A country that nobody has said is the one that the map shows."""
    if place := _of_record(value):
        return place
    called, at, known, credit = _told(value)
    name, country = name or called, country or known or country_at(at)
    if not name.strip():
        raise forms.ValidationError(_("Give the place a name."), code="place_name")
    try:
        validate_plain_text(name)
        validate_country(country)
    except forms.ValidationError:
        raise forms.ValidationError(_("Say in which country this is."), code="country") from None
    city = credit == CREDITS["gazetteer"]  # it knows no streets
    return NewPlace(name[:200], at, country, Precision.CITY if city else Precision.BUILDING, credit)
