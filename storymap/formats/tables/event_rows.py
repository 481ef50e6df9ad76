"""A row of a table as an event: dates as people write them, and where it happened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from places.models import ClaimStatus, JourneyMode
from places.typed_dates import understand
from places.when import DateProblem
from storymap.formats.tables import mentions
from storymap.formats.tables.place_rows import read_choice, read_country, read_position
from storymap.services.imports.table_rows import Draft

_CLOCK = re.compile(r"([0-9]{1,2})[:.h時]\s?([0-9]{2})(?:分|:[0-9]{2}|\s?h(?:rs?)?\.?)?")
_PLAIN = ("title", "summary", "attributed_to", "note", "slug")


def event_draft(line: int, cells: Mapping[str, str]) -> Draft:
    """`cells` has the cells by field, without empty ones."""
    values: dict[str, Any] = {name: cells[name] for name in _PLAIN if name in cells}
    problems = [] if "title" in cells else [_("the title is missing")]
    _read_date(cells, values, problems)
    if "status" in cells:
        read_choice(ClaimStatus, "status", cells["status"], values, problems)
    if "sources" in cells:
        values["sources"] = mentions.read(cells["sources"])
    _read_elsewhere(cells, values, problems)
    place = _place(line, cells, problems)
    return Draft(line, values, tuple(problems), place=place, asked=place.asked if place and not problems else "")


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
    if not (stops := _names(cells.get("journey", ""))):
        return
    if len(stops) < 2:
        problems.append(_("a journey has two stops or more, in order and with a semicolon between them"))
    problems += [_("“%(place)s” stands twice in a row") % {"place": a[:100]} for a, b in pairwise(stops) if a == b]
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


def _place(line: int, cells: Mapping[str, str], problems: list[str]) -> Draft | None:
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
    return Draft(line, values, asked=asked)
