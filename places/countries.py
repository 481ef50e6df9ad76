"""Countries by name, the form field to choose one, and areas that more than one government calls its own."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from babel import Locale
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _

from places.geo import LatLng

AT_SEA = "XZ"  # what UN/LOCODE calls international waters
_NONE = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # of Babel's territories: no countries


def country_choices(present: str = "") -> list[tuple[str, str]]:
    """Code and name in the editor's language, by name; the open sea last. `present` stays choosable whatever it is."""
    names = Locale.parse((get_language() or "en").replace("-", "_")).territories
    known = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NONE}
    choices = sorted(known.items(), key=lambda one: one[1])
    if present and present not in {*known, AT_SEA}:
        choices.append((present, present))
    return [("", "—"), *choices, (AT_SEA, _("the open sea"))]


def country_question() -> str:
    """What an editor is asked where nobody has said the country and the map must not decide it."""
    return _("Say in which country this is. The map does not decide it near a border or in a disputed area.")


class CountrySelect(forms.Select):
    """Writes its hundreds of options in one go: a template for each of them takes as long as the rest of the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen, named = self.format_value(value), {"name": name, **(attrs or {})}
        options = [(code, mark_safe(" selected" if code in chosen else ""), label) for code, label in self.choices]  # noqa: S308
        return format_html(
            "<select{}>\n{}\n</select>",
            flatatt(self.build_attrs(self.attrs, named)),
            format_html_join("\n", '<option value="{}"{}>{}</option>', options),
        )


Corner = tuple[float, float]  # longitude, latitude in degrees


def _box(west: float, south: float, east: float, north: float) -> tuple[Corner, ...]:
    return (west, south), (east, south), (east, north), (west, north)


DISPUTED: dict[str, tuple[Corner, ...]] = {
    "Abkhazia": _box(39.9, 42.4, 42.2, 43.6),
    "South Ossetia": _box(43.4, 42.0, 44.6, 42.65),
    "Transnistria": (
        *((28.45, 48.0), (28.5, 48.2), (29.1, 48.1), (29.35, 47.4), (30.0, 46.85), (30.0, 46.4)),
        *((29.4, 46.55), (29.2, 46.8), (28.95, 47.2), (28.85, 47.5)),
    ),
    "Crimea": _box(32.3, 44.2, 36.8, 46.3),
    "Kherson and Zaporizhzhia": _box(31.9, 45.9, 37.2, 47.9),
    "Donetsk and Luhansk": _box(36.4, 46.8, 40.3, 50.1),
    "Northern Cyprus": _box(32.5, 34.9, 34.8, 35.8),
    "Golan Heights": ((35.6, 32.6), (35.95, 32.6), (35.95, 33.45), (35.55, 33.35)),
    "West Bank and East Jerusalem": _box(34.87, 31.33, 35.6, 32.57),
    "Gaza": _box(34.2, 31.2, 34.6, 31.62),
    "Western Sahara": (
        *((-13.25, 27.75), (-8.6, 27.75), (-8.6, 25.95), (-11.95, 25.95), (-11.95, 23.4), (-13.0, 23.0)),
        *((-12.95, 21.25), (-16.9, 21.25), (-17.0, 20.7), (-17.3, 20.7), (-16.2, 23.9), (-14.7, 26.2)),
    ),
    "Hala'ib and Bir Tawil": _box(33.0, 21.7, 37.2, 23.2),
    "Abyei": _box(27.8, 9.4, 29.1, 10.35),
    "Ilemi Triangle": _box(34.0, 4.3, 36.0, 5.6),
    "Somaliland": _box(42.6, 8.0, 49.1, 11.6),
    "Jammu and Kashmir, Ladakh, Gilgit-Baltistan, Aksai Chin": (
        *((73.6, 33.0), (73.35, 34.3), (72.4, 35.8), (72.5, 36.9), (74.9, 37.2), (76.5, 36.2), (79.5, 36.2)),
        *((80.5, 35.4), (79.4, 32.3), (78.3, 32.3), (76.7, 32.9), (75.9, 32.3), (75.2, 32.2), (74.5, 32.5)),
    ),
    "Kalapani and Lipulekh": _box(80.5, 29.9, 81.1, 30.5),
    "Arunachal Pradesh": (
        *((91.5, 27.75), (92.0, 26.8), (94.0, 26.95), (96.0, 27.1), (97.5, 28.1), (96.3, 29.6)),
        *((94.0, 29.4), (92.4, 28.2)),
    ),
    "Southern Kurils": ((145.35, 43.75), (145.8, 43.33), (149.2, 44.8), (149.0, 45.7), (146.8, 45.5), (145.3, 44.3)),
    "Liancourt Rocks": _box(131.7, 37.1, 132.05, 37.4),
    "Senkaku Islands": _box(123.3, 25.6, 124.8, 26.05),
    "Paracel Islands": _box(111.0, 15.6, 113.0, 17.3),
    "Spratly Islands": _box(111.0, 6.0, 116.9, 12.0),
    "Scarborough Shoal": _box(117.6, 15.0, 117.95, 15.3),
    "Abu Musa and the Tunbs": _box(54.8, 25.75, 55.5, 26.4),
    "Chagos": _box(70.9, -7.8, 73.0, -4.6),
    "Guayana Esequiba": (
        *((-61.5, 5.9), (-59.9, 8.6), (-58.4, 6.95), (-58.3, 3.0), (-58.8, 1.1), (-60.1, 1.8), (-60.2, 5.1)),
    ),
}


def is_disputed(at: LatLng) -> bool:
    """Whether the position lies in one of the areas."""
    lng = (at.lng + 180) % 360 - 180
    return any(_holds(corners, lng, at.lat) for corners in DISPUTED.values())


def _holds(corners: tuple[Corner, ...], lng: float, lat: float) -> bool:
    """By the even-odd rule."""
    inside = False
    for (ax, ay), (bx, by) in pairwise((*corners, corners[0])):
        if (ay > lat) != (by > lat) and lng < ax + (lat - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside
