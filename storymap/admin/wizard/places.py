"""Places to choose from: those of the record, and the results of a search."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace

import msgspec
from django import forms
from django.utils.translation import get_language, gettext as _

from places.cities import fold
from places.coordinates import Reading, read
from places.countries import country_question
from places.geo import LatLng, distance
from places.geocoding import CREDITS, Candidate, find, town_of
from places.models import Place, Precision
from places.models.base import validate_country, validate_plain_text
from places.models.place import MAX_RADIUS
from storymap.maps.countries import country_of
from storymap.numbers import OF_A_KEY, whole_number
from storymap.services.stories.wizard import NewPlace

MOST_KNOWN = 5
KNOWN = "place:"
SAME_SPOT = 25  # metres: nobody means another building
MAX_RADIUS_OF_A_SPOT = 100  # metres
LATITUDE_SPAN = 0.0005  # degrees, 55 m


@dataclass(frozen=True)
class Choice:
    """A place to choose: `value` is what the form sends, `radius` metres within which it surely lies."""

    value: str
    label: str
    at: LatLng | None = None
    radius: float = 0

    @property
    def is_known(self) -> bool:
        """Whether the record has it already: then it is not to be moved from here."""
        return self.value.startswith(KNOWN)


def places_for(text: str) -> tuple[list[Choice], str]:
    """What to choose from, the record's own places first; and who is to be credited, or what is wrong."""
    rows = Place.objects.filter(translations__name__finds=text).distinct()
    known = [_choice_of(place) for place in rows[:MOST_KNOWN]]
    if (reading := read(text)) is not None:
        return _choices_at(reading, known) if reading.at else (known, reading.problem)
    language = get_language() or "en"
    answer = find(text, language)
    new = [_new(one, answer.attribution) for one in answer.candidates]
    if known or new:
        return [*known, *new], answer.attribution or answer.problem
    return _towns(text, language, answer.problem)


def _choices_at(reading: Reading, known: list[Choice]) -> tuple[list[Choice], str]:
    """Typed coordinates: a new place, unless the record has one that lies there."""
    at = reading.at or LatLng(0, 0)
    near = [_choice_of(place) for place in _standing_at(at)]
    return [*near, *known, _new(Candidate("", at.lat, at.lng, "", Precision.POINT, reading.radius), "")], ""


def _standing_at(at: LatLng) -> list[Place]:
    """Places of the record that are known to stand there, the nearest first."""
    around = LATITUDE_SPAN / max(math.cos(math.radians(at.lat)), 0.01)
    rows = Place.objects.filter(
        latitude__range=(at.lat - LATITUDE_SPAN, at.lat + LATITUDE_SPAN),
        longitude__range=(at.lng - around, at.lng + around),
        precision__in=[Precision.BUILDING, Precision.POINT],
        radius__lte=MAX_RADIUS_OF_A_SPOT,
    )

    def away(place: Place) -> float:
        return distance(at, place.at)

    return [place for place in sorted(rows[:50], key=away) if away(place) <= SAME_SPOT]


def _towns(text: str, language: str, problem: str) -> tuple[list[Choice], str]:
    """A story goes on when the search has failed: a town is better than no place, and says that it is one."""
    credit = CREDITS["gazetteer"]
    towns = [_new(one, credit) for one in town_of(text, language)]
    said = _("Its town is known, and will do until then.")
    return towns, f"{problem} {said} {credit}" if towns else problem


def likeliest(choices: list[Choice], asked: str) -> str:
    """The place of the record that is called so, else the first result."""
    if choices and read(asked):
        return choices[0].value  # what stands there, before a new place at the same spot
    called = [c for c in choices if fold(c.label) == fold(asked)]
    new = [c for c in choices if not c.is_known]
    return next((choice.value for choice in (*called, *new, *choices)), "")


def _new(candidate: Candidate, credit: str) -> Choice:
    return _labelled_choice(json.dumps({**asdict(candidate), "credit": credit}), candidate)


def _labelled_choice(value: str, candidate: Candidate) -> Choice:
    """With how precisely it is known: the editor may say it better beside it."""
    reach = f"{candidate.radius / 1000:g} km" if candidate.radius >= 1000 else f"{candidate.radius:g} m"
    known = _("within %(length)s") % {"length": reach}
    label = f"{candidate.name} ({candidate.lat:.4f}, {candidate.lng:.4f}, {known})".strip()
    return Choice(value, label, LatLng(candidate.lat, candidate.lng), candidate.radius)


def _choice_of(place: Place) -> Choice:
    return Choice(f"{KNOWN}{place.pk}", str(place), LatLng(place.latitude, place.longitude), place.radius)


def known_choice(value: str) -> Choice:
    """The choice that a form has sent back, with words for it."""
    try:
        if place := _of_record(value):
            return _choice_of(place)
        candidate, _credit = _candidate(value)
    except forms.ValidationError:
        return Choice(value, "?")
    return _labelled_choice(value, candidate)


def _of_record(value: str) -> Place | None:
    kind, _colon, key = value.partition(":")
    return Place.objects.filter(pk=whole_number(key, digits=OF_A_KEY) or 0).first() if kind == KNOWN[:-1] else None


def _candidate(value: str) -> tuple[Candidate, str]:
    """A result of the search, and whom to credit for it. Raises ValidationError."""
    try:
        said = json.loads(value)
        credit = str(said.pop("credit"))[:300]
        candidate = msgspec.convert(said, Candidate)
        LatLng(candidate.lat, candidate.lng)
        validate_plain_text(candidate.name + candidate.country + credit)
        if candidate.precision not in Precision.values or not 0 <= candidate.radius <= MAX_RADIUS:
            raise ValueError
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError, forms.ValidationError):
        raise forms.ValidationError(_("Search again, and choose one of the found places.")) from None
    return candidate, credit


def chosen_place(value: str, name: str, country: str) -> Place | NewPlace:
    """What a choice stands for. Raises ValidationError; its code is "country" or "place_name" where that is missing.
    A country that nobody has said is the one that the map shows."""
    if place := _of_record(value):
        return place
    candidate, credit = _candidate(value)
    at = LatLng(candidate.lat, candidate.lng)
    name, country = name or candidate.name, country or country_of(at, candidate.country)
    if not name.strip():
        raise forms.ValidationError(_("Give the place a name."), code="place_name")
    try:
        validate_plain_text(name)
        validate_country(country)
    except forms.ValidationError:
        raise forms.ValidationError(country_question(), code="country") from None
    return NewPlace(name[:200], at, country, candidate.precision, candidate.radius, credit)


def moved(place: NewPlace, to: Reading) -> NewPlace:
    """Where the editor says it is, not where the search has found it."""
    at = to.at or place.at
    at = LatLng(round(at.lat, 6), round(at.lng, 6))  # decimetres
    return replace(place, at=at, precision=Precision.POINT, radius=to.radius, credit="")


class FoundPlaceField(forms.CharField):
    """Chosen among the results of a search. Autosaves show it by its name."""

    widget = forms.HiddenInput

    def words_of(self, value: str) -> str:
        return known_choice(value).label


def places_map_words() -> dict[str, str]:
    return {
        "map": _("Map: click it or drag the pin; arrow keys move the pin, with Shift ten times as far"),
        "moved": _("The pin is at {at}, known to within {radius} m. If you know better, change precision and radius."),
        "undo": _("Back to the found position"),
        "back": _("The pin is where it was found."),
        "known": _(
            "This place is in the record already, and is moved on its own page. "
            "For another one, write its coordinates into “Where”."
        ),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
    }
