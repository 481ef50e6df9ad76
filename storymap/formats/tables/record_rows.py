"""Rows of a table as places and as events: positions and dates in any way people write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.translation import gettext as _, override

from places.accuracy import USUAL
from places.cities import fold
from places.coordinates import read
from places.models import ClaimStatus, JourneyMode, Precision
from places.references.reading import names_from_text, storable
from places.typed_dates import understand
from places.when import DateProblem
from storymap.services.imports.table_rows import Mention, TableRow
from storymap.story.references import way_problems
from storymap.story.storyfile import EVENT_TEXTS

_FIELDS = ("title", "type", "container", "issued", "url", "accessed", "archived_url", "language")


def sources_cell(sources: Sequence[Any]) -> str:
    """Sources with what is said of them (see geojson_file) as one cell."""
    return json.dumps(sources, ensure_ascii=False) if sources else ""


def mentions_in(cell: str) -> tuple[Mention, ...]:
    whole = _entries_in(cell)
    if whole is None:
        return tuple(Mention((name,)) for name in dict.fromkeys(re.split(r"[;\s]+", cell)) if name)
    return tuple(_mention(entry) for entry in whole)


def _entries_in(cell: str) -> list[Mapping[str, Any]] | None:
    if not cell.startswith("[{"):
        return None
    try:
        entries = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else None


def _mention(entry: Mapping[str, Any]) -> Mention:
    said = {name: storable(value) for name, value in entry.items() if isinstance(value, str) and value.strip()}
    fields: dict[str, Any] = {name: said[name] for name in _FIELDS if name in said}
    if "author" in said:
        fields["author"] = names_from_text(said["author"].replace("; ", "\n"))
    names = tuple(said[name] for name in ("slug", "url") if name in said)
    return Mention(names, fields, said.get("locator", ""), said.get("note", ""))


_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]+)?")
_PLAIN = ("kind", "address", "coordinate_source", "time_zone", "slug")


def place_row(line: int, cells: Mapping[str, str]) -> TableRow:
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
    return TableRow(line, values, tuple(problems), asked="" if "latitude" in values or problems else asked)


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


_CLOCK = re.compile(r"([0-9]{1,2})[:.h時]\s?([0-9]{2})(?:分|:[0-9]{2}|\s?h(?:rs?)?\.?)?")


def event_row(line: int, cells: Mapping[str, str]) -> TableRow:
    """`cells` has the cells by field, without empty ones."""
    values: dict[str, Any] = {name: cells[name] for name in (*EVENT_TEXTS, "slug") if name in cells}
    problems = [] if "title" in cells else [_("the title is missing")]
    _read_date(cells, values, problems)
    if "status" in cells:
        read_choice(ClaimStatus, "status", cells["status"], values, problems)
    if "sources" in cells:
        values["sources"] = mentions_in(cells["sources"])
    _read_elsewhere(cells, values, problems)
    place = _place(line, cells, problems)
    return TableRow(line, values, tuple(problems), place=place, asked=place.asked if place and not problems else "")


def _read_date(cells: Mapping[str, str], values: dict[str, Any], problems: list[str]) -> None:
    clock = _CLOCK.fullmatch(cells["time"]) if "time" in cells else None
    if "time" in cells and not (clock and int(clock[1]) < 24 and int(clock[2]) < 60):
        problems.append(_("“%(text)s” is no time of day: write 20:20") % {"text": cells["time"][:100]})
    if "date" in cells:
        try:
            understood = understand(cells["date"])
        except DateProblem as problem:
            problems.append(str(problem))
            return
        values["date"] = understood.edtf
        if understood.time:
            values["time"] = f"{understood.time:%H:%M}"
    if clock:
        values["time"] = f"{int(clock[1]):02}:{clock[2]}"


def _read_elsewhere(cells: Mapping[str, str], values: dict[str, Any], problems: list[str]) -> None:
    """Names or slugs of the places also concerned, and of the stops of a journey in order of travel."""
    if also := _names(cells.get("also_there", "")):
        values["also_there"] = also
    stops, is_described = _names(cells.get("journey", "")), "journey_mode" in cells or "journey_date" in cells
    if not (stops or is_described):
        return
    if len(stops) == 1:
        problems.append(_("a journey has two stops or more, in order and with a semicolon between them"))
    else:
        problems += way_problems(stops, is_described=is_described)
    values["journey"] = stops
    if "journey_mode" in cells:
        read_choice(JourneyMode, "journey_mode", cells["journey_mode"], values, problems)
    if "journey_date" in cells:
        try:
            values["journey_date"] = understand(cells["journey_date"]).edtf
        except DateProblem as problem:
            problems.append(str(problem))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for part in re.split(r"[;；→\n]|->", cell) if (name := part.strip()))


def _place(line: int, cells: Mapping[str, str], problems: list[str]) -> TableRow | None:
    """The place by its name, its slug or its address; its position and country where the row has them."""
    values: dict[str, Any] = {}
    read_position(cells, values, problems)
    read_country(cells, values, problems)
    name = cells.get("place") or cells.get("address", "")
    if not name and "latitude" not in values:
        return None
    values["name"] = name or cells.get("title", "")
    if cells.get("address"):
        values["address"] = cells["address"]
    asked = "" if "latitude" in values else cells.get("address") or cells.get("place", "")
    return TableRow(line, values, asked=asked)
