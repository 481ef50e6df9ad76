"""What a map file holds, and the same as a table. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from math import isfinite
from typing import Any

import nh3
from django.utils.translation import gettext as _, ngettext

from places.references.reading import storable_text
from storymap.interchange.formats.cells import number
from storymap.interchange.formats.table import MAX_COLUMNS, written
from storymap.interchange.problems import CannotRead, Problem

At = tuple[float, float]  # latitude, longitude in degrees (WGS84)


@dataclass(frozen=True)
class Found:
    """One thing on a map. `words` are cells by the name of their column."""

    words: Mapping[str, str]
    at: At | None = None
    kind: str = ""  # place or event, where the file says so
    is_spot: bool = True  # an area or a line is no row
    left: tuple[str, ...] = ()  # what it tells besides, and no cell can hold


@dataclass(frozen=True)
class Brought:
    text: str
    notes: tuple[str, ...] = ()  # what is not in the table


def table_of(found: Sequence[Found], kind: str) -> Brought:
    """Raises CannotRead when nothing of it is a row."""
    rows, note = _of_one_kind([one for one in found if one.is_spot], kind)
    notes = [note] if note else []
    if left := dict.fromkeys(name for row in rows for name in row.left):
        notes.append(_("Left out, because no column can hold it: %(names)s.") % {"names": ", ".join(left)[:500]})
    if areas := sum(not one.is_spot for one in found):
        said = ngettext("%(n)d line or area was left out.", "%(n)d lines and areas were left out.", areas)
        notes.insert(0, said % {"n": areas})
    if not rows:
        raise CannotRead([Problem("file", _("This map holds no place and no event."))])
    names = list(dict.fromkeys(name for row in rows for name in row.words))
    header = ["latitude", "longitude", *(name for name in names if name not in ("latitude", "longitude"))]
    header = header[:MAX_COLUMNS]
    lines = ([storable_text(cell) for cell in _cells(row, header)] for row in rows)
    return Brought(
        written([storable_text(name) for name in header], lines).decode("utf-8-sig"), tuple(map(storable_text, notes))
    )


def _of_one_kind(rows: list[Found], kind: str) -> tuple[list[Found], str]:
    """A row of a table is a place, or an event that says where it happened. And what is not in it of the others."""
    places = [row for row in rows if row.kind == "place"]
    events = [row for row in rows if row.kind == "event"]
    if not places or not events:
        return rows, ""
    if kind == "places":
        return places, _("Its events were left out: bring the file once more, as events.")
    note = _("Of its places only name, country and position are here: bring it as places first to have all of them.")
    return [_somewhere(event, places) for event in events], note


def _somewhere(event: Found, places: list[Found]) -> Found:
    slug = event.words.get("place", "")
    here = next((p for p in places if p.words.get("slug") == slug), None) if slug else None
    here = here or next((p for p in places if p.at and p.at == event.at), None)
    if here is None:
        return event
    where = {"place": here.words.get("name", ""), "country": here.words.get("country", "")}
    return replace(event, words={**event.words, **where}, at=here.at)


def _cells(row: Found, header: Sequence[str]) -> list[str]:
    lat, lng = (number(value) for value in row.at) if row.at else ("", "")
    words = {**row.words, "latitude": lat, "longitude": lng} if row.at else row.words
    return [words.get(name, "") for name in header]


def position(lng: Any, lat: Any) -> At | None:
    """None where these are no numbers; whether they lie on the earth is for the row to say."""
    numbers = [v for v in (lat, lng) if isinstance(v, int | float) and not isinstance(v, bool) and isfinite(v)]
    return (float(numbers[0]), float(numbers[1])) if len(numbers) == 2 else None


def cell(value: Any) -> str | None:
    """A value as a cell; None for what is none."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return number(value) if isfinite(value) else None
    if isinstance(value, list) and value and all(isinstance(part, str | int | float) for part in value):
        return "; ".join(str(part) for part in value)
    return None


def plain(html: str) -> str:
    """Text that a balloon or a slide writes as HTML."""
    for tag in ("<br>", "<br/>", "<br />", "</p>", "</div>"):
        html = html.replace(tag, f"{tag}\n")
    return unescape(nh3.clean(html, tags=set())).strip()
