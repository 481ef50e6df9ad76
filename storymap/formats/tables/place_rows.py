"""A row of a table as a place: positions in any way people write them, words in any language of the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.translation import gettext as _, override

from places.accuracy import USUAL
from places.coordinates import read
from places.models import ClaimStatus, Precision
from places.models.gazetteer import fold
from storymap.services.imports.table_rows import Draft

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]+)?")
_PLAIN = ("kind", "address", "coordinate_source", "time_zone", "slug")


def place_draft(line: int, cells: Mapping[str, str]) -> Draft:
    """`cells` has the cells by field, without empty ones."""
    values: dict[str, Any] = {name: cells[name] for name in ("name", *_PLAIN) if name in cells}
    problems = [] if "name" in cells else [_("the name is missing")]
    read_position(cells, values, problems)
    read_country(cells, values, problems)
    if "precision" in cells:
        read_choice(Precision, "precision", cells["precision"], values, problems)
        values["radius"] = USUAL.get(values.get("precision", ""), values.get("radius", 0))
    if "radius" in cells:
        _read_radius(cells["radius"], values, problems)
    asked = cells.get("address") or cells.get("name", "")
    return Draft(line, values, tuple(problems), asked="" if "latitude" in values or problems else asked)


def read_position(cells: Mapping[str, str], values: dict[str, Any], problems: list[str]) -> None:
    lat, lng = cells.get("latitude", ""), cells.get("longitude", "")
    pair = cells.get("coordinates", "")
    if not (lat or lng or pair):
        return
    if bool(lat) != bool(lng) and not pair:
        problems.append(_("latitude and longitude belong together: one is missing"))
        return
    if _NUMBER.fullmatch(lat) and _NUMBER.fullmatch(lng):
        lat, lng = lat.replace(",", "."), lng.replace(",", ".")
    text = f"{lat}, {lng}" if lat and lng else pair
    reading = read(text)
    if reading and reading.at:
        values |= {"latitude": reading.at.lat, "longitude": reading.at.lng}
        values |= {"precision": Precision.POINT.value, "radius": reading.radius}
    else:
        problems.append(reading.problem if reading else _("“%(text)s” is no position") % {"text": text[:100]})


def read_country(cells: Mapping[str, str], values: dict[str, Any], problems: list[str]) -> None:
    if "country" in cells:
        if code := country_code(cells["country"]):
            values["country"] = code
        else:
            said = _("“%(text)s” is no country: write its two letters, PE for Peru")
            problems.append(said % {"text": cells["country"][:100]})


def country_code(text: str) -> str:
    """ISO 3166-1 alpha-2 of a country named by its code or in a language of the site; empty where it is none."""
    return _codes().get(fold(text), "")


def read_choice(choices: Any, name: str, text: str, values: dict[str, Any], problems: list[str]) -> None:
    """One of the choices, by its code or by its name in a language of the site."""
    if code := _labels(choices).get(fold(text)):
        values[name] = code
        return
    known = ", ".join(str(label) for label in choices.labels)
    problems.append(_("“%(text)s” is none of: %(known)s") % {"text": text[:100], "known": known})


def _read_radius(text: str, values: dict[str, Any], problems: list[str]) -> None:
    try:
        values["radius"] = float(re.sub(r"\s*m(?:et(?:er|re|ro)s?)?\.?$", "", text).replace(",", "."))
    except ValueError:
        problems.append(_("“%(text)s” is no number of metres") % {"text": text[:100]})


@cache
def _codes() -> dict[str, str]:
    """Country codes by code and by name, in every language of the site."""
    codes: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        territories: dict[str, str] = dict(Locale.parse(language.replace("-", "_")).territories)
        countries = {code: name for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}
        codes |= {fold(name): code for code, name in countries.items()}
        codes |= {code.casefold(): code for code in countries}
    return codes


@cache
def _labels(choices: type[Precision] | type[ClaimStatus]) -> dict[str, str]:
    codes = {fold(value): value for value in choices.values}
    for language, _name in settings.LANGUAGES:
        with override(language):
            codes |= {fold(str(choice.label)): choice.value for choice in choices}
    return codes
