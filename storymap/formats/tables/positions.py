"""Rows without a position: searched for by their address or name, offered to the editor, filled in once it is sure."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _, ngettext

from places.cities import fold
from places.countries import AT_SEA
from places.geo import LatLng
from places.geocoding import find
from storymap.maps.countries import country_at
from storymap.services.imports.known import KnownPlaces
from storymap.services.imports.table_rows import TableRow

Answers = dict[
    str, dict[str, Any]
]  # text searched → {"candidates": [[name, lat, lng, precision, radius]], "problem": text}


@dataclass(frozen=True)
class Knowledge:
    """What is known of positions beside the table: the record, what was found, what the editor chose."""

    places: KnownPlaces
    answers: Answers = field(default_factory=dict)
    choices: Mapping[str, int] = field(default_factory=dict)
    country: str = ""  # of rows that name none, where the map does not know it


def chosen_candidate(text: str, answers: Answers, choices: Mapping[str, int]) -> int:
    """The number of the place that is meant: what the editor says; else the only one; else none, which is -1."""
    return choices.get(text, 0 if len(answers.get(text, {}).get("candidates", [])) == 1 else -1)


def with_places_of_the_table(table_rows: Iterable[TableRow]) -> list[TableRow]:
    """Events whose place has nothing but a name are at the place which another row of the table brings under it."""
    rows = list(table_rows)
    in_table: dict[str, dict[LatLng, dict[str, Any]]] = defaultdict(dict)
    for table_row in rows:
        if table_row.place and table_row.place.has_position and not table_row.problems:
            values = table_row.place.values
            in_table[fold(values["name"])].setdefault(LatLng(values["latitude"], values["longitude"]), values)
    return [_at_place_of_the_table(table_row, in_table) for table_row in rows]


def _at_place_of_the_table(table_row: TableRow, in_table: Mapping[str, dict[LatLng, dict[str, Any]]]) -> TableRow:
    place = table_row.place
    if place is None or table_row.problems or place.has_position or "address" in place.values:
        return table_row
    answered = list(in_table.get(fold(place.values["name"]), {}).values())
    if len(answered) > 1:
        return replace(table_row, problems=(_("table rows have several places of this name: give the position"),))
    if not answered:
        return table_row
    return replace(table_row, place=replace(place, values={**answered[0], **place.values}, asked=""), asked="")


def texts_to_search(table_rows: Iterable[TableRow], places: KnownPlaces) -> list[str]:
    """The texts to search: of rows that have no position and do not name a place of the record."""
    asked = [table_row for table_row in table_rows if table_row.asked and not table_row.problems]
    return list(dict.fromkeys(table_row.asked for table_row in asked if not _is_known(_placed_part(table_row), places)))


def search(texts: Iterable[str], answers: Answers, language: str, seconds: float) -> Answers:
    """The answers so far and new ones, as many as the time allows."""
    answered, until = dict(answers), time.monotonic() + seconds
    for text in texts:
        if time.monotonic() > until:
            break
        if text not in answered:
            answer = find(text, language)
            if answer.retry_after:
                break  # the service wants a rest; what is left is asked at the next press
            candidates = [[one.name, one.lat, one.lng, one.precision, one.radius] for one in answer.candidates]
            answered[text] = {"candidates": candidates, "problem": answer.problem}
    return answered


def rows_with_positions(table_rows: Iterable[TableRow], knowledge: Knowledge) -> list[TableRow]:
    """The table rows with positions and countries, or with what is missing of them as a problem."""
    return [_row_with_position(table_row, knowledge) for table_row in table_rows]


def _row_with_position(table_row: TableRow, knowledge: Knowledge) -> TableRow:
    part = _placed_part(table_row)
    if table_row.problems or part is None or _is_known(part, knowledge.places):
        return table_row
    values, problem = _with_position(part, table_row.asked, knowledge)
    if not problem:
        values, problem = _with_country(values, knowledge)
    problems = (problem,) if problem else ()
    if table_row.place is None:
        return replace(table_row, values=values, problems=problems)
    return replace(table_row, place=replace(table_row.place, values=values), problems=problems)


def _placed_part(table_row: TableRow) -> TableRow | None:
    """What has a position: a place itself, or the place of an event. Of an event that happens nowhere, nothing."""
    return table_row if "name" in table_row.values else table_row.place


def _is_known(part: TableRow | None, places: KnownPlaces) -> bool:
    return part is not None and places.like(part) is not None


def _with_position(part: TableRow, asked: str, knowledge: Knowledge) -> tuple[dict[str, Any], str]:
    values = dict(part.values)
    if part.has_position:
        return values, ""
    if len(named := knowledge.places.places_named(part)) > 1:
        slugs = ", ".join(place.slug for place in named)
        return values, _("several places have this name: write the slug of one, %(slugs)s") % {"slugs": slugs}
    answer = knowledge.answers.get(asked)
    if answer is None:
        return values, _("has no position, and was not searched for yet")
    candidates = answer["candidates"]
    meant = chosen_candidate(asked, knowledge.answers, knowledge.choices)
    if not candidates:
        return values, _("has no position. %(problem)s") % {"problem": answer["problem"]}
    if not 0 <= meant < len(candidates):
        number = len(candidates)
        return values, ngettext(
            "%(number)d place was found: choose it", "%(number)d places were found: choose one", number
        ) % {"number": number}
    _name, values["latitude"], values["longitude"], *accuracy = candidates[meant]
    values = {**dict(zip(("precision", "radius"), accuracy, strict=False)), **values}
    values.setdefault("coordinate_source", _("Found for “%(text)s”") % {"text": asked[:200]})
    return values, ""


def _with_country(values: dict[str, Any], knowledge: Knowledge) -> tuple[dict[str, Any], str]:
    if "country" in values:
        return values, ""
    country = country_at(LatLng(values["latitude"], values["longitude"]))
    if country in ("", AT_SEA):
        country = knowledge.country or country
    if not country:
        return values, _(
            "no country is given, and the map does not decide it there (no country, a border near by, or a disputed "
            "area): add a column, or name one for all"
        )
    return {**values, "country": country}, ""
