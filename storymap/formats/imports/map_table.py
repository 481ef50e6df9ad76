"""What a map file holds, and the same as a table; and what an importer of map files is."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from html import unescape
from math import isfinite
from typing import Any, NamedTuple

import nh3
from django.utils.translation import gettext as _, ngettext

from places.references.reading import storable_text
from storymap.formats.tables.csv_text import MAX_BYTES, MAX_COLUMNS, check_size, csv_bytes, number, text_of
from storymap.story.problem import NO_ARCHIVE, CannotRead, Problem

_JSON = re.compile(r'\s*\{\s*["}]')
_ARCHIVE = b"PK\x03\x04"
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,20}(?:\.[0-9]{0,30})?(?:[eE][+-]?[0-9]{1,2})?\s*")
At = tuple[float, float]  # latitude, longitude in degrees (WGS84)


class PositionPart(Enum):
    """How much of a feature's position a table row holds."""

    WHOLE = "whole"
    FIRST = "first"  # of several points, or of points and lines
    LOST = "lost"  # it says one that cannot be read


@dataclass(frozen=True)
class MapFeature:
    """One thing on a map. `words` are cells by the name of their column."""

    words: Mapping[str, str]
    at: At | None = None
    kind: str = ""  # place or event, where the file says so
    is_point: bool = True  # an area or a line is no table row
    left: tuple[str, ...] = ()  # names of what it says besides, and no cell can hold
    held: PositionPart = PositionPart.WHOLE


class Where(NamedTuple):
    """Where a feature lies: the position that a table row can hold, and what becomes of the rest."""

    at: At | None = None
    is_point: bool = True
    held: PositionPart = PositionPart.WHOLE


@dataclass(frozen=True)
class MapFile:
    """A file that may be a map: a format of text reads `text` or `tree`, a binary one `data`."""

    data: bytes

    @cached_property
    def text(self) -> str:
        return text_of(self.data)

    @cached_property
    def tree(self) -> Any:
        """What it holds if it is JSON, else None. Raises CannotRead, which names the line."""
        return _json(self.text) if _JSON.match(self.text) else None

    def inside(self, ending: str) -> MapFile | None:
        """The first file of that ending in it, if it is an archive. Raises CannotRead where that is too large."""
        if not self.data.startswith(_ARCHIVE):
            return None
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                names = [name for name in archive.namelist() if name.lower().endswith(ending)]
                if not names:
                    return None
                with archive.open(names[0]) as file:
                    data = file.read(MAX_BYTES + 1)
        except NO_ARCHIVE:
            return None
        check_size(data)
        return MapFile(data)


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda name: None)
    except json.JSONDecodeError as error:
        said = _("Line %(line)d: this is no JSON: %(problem)s.") % {"line": error.lineno, "problem": error.msg}
        raise CannotRead([Problem("file", said)]) from None
    except (RecursionError, ValueError):  # nested beyond reason, or a number of thousands of digits
        raise CannotRead([Problem("file", _("This JSON cannot be read."))]) from None


@dataclass(frozen=True)
class Importer:
    """A format of maps. `read` raises CannotRead."""

    names: tuple[str, ...]  # as people call it
    sniff: Callable[[MapFile], bool]  # whether a file is of this format
    read: Callable[[MapFile], list[MapFeature]]
    leaves_out: Callable[[], str] = str  # what of the format no table has; may be empty


@dataclass(frozen=True)
class ImportedTable:
    text: str
    notes: tuple[str, ...] = ()  # what is not in the table


def table_of(features: Sequence[MapFeature], kind: str) -> ImportedTable:
    """Raises CannotRead when nothing of it is a row."""
    rows, note = _of_one_kind([feature for feature in features if feature.is_point], kind)
    notes = [note] if note else []
    notes += _notes_on_spots(rows)
    if left := dict.fromkeys(name for row in rows for name in row.left):
        notes.append(_("Left out, because no column can hold it: %(names)s.") % {"names": ", ".join(left)[:500]})
    if areas := sum(not feature.is_point for feature in features):
        said = ngettext("%(n)d line or area was left out.", "%(n)d lines and areas were left out.", areas)
        notes.insert(0, said % {"n": areas})
    if not rows:
        raise CannotRead([Problem("file", _("This map holds no place and no event."))])
    names = list(dict.fromkeys(name for row in rows for name in row.words))
    header = ["latitude", "longitude", *(name for name in names if name not in ("latitude", "longitude"))]
    header = header[:MAX_COLUMNS]
    lines = ([storable_text(cell) for cell in _cells(row, header)] for row in rows)
    return ImportedTable(
        csv_bytes([storable_text(name) for name in header], lines).decode("utf-8-sig"), tuple(map(storable_text, notes))
    )


def _notes_on_spots(rows: Sequence[MapFeature]) -> Iterator[str]:
    if names := _names(rows, PositionPart.FIRST):
        yield _("Of several shapes only the first point is imported: %(names)s.") % {"names": names}
    if names := _names(rows, PositionPart.LOST):
        yield _("The position cannot be read, and is left out: %(names)s.") % {"names": names}


def _names(rows: Sequence[MapFeature], held: PositionPart) -> str:
    named = (row.words.get("name") or row.words.get("title") or _("unnamed") for row in rows if row.held is held)
    return ", ".join(f"“{name[:60]}”" for name in named)[:500]


def _of_one_kind(rows: list[MapFeature], kind: str) -> tuple[list[MapFeature], str]:
    """A row of a table is a place, or an event that says where it happened. And what is not in it of the others."""
    places = [row for row in rows if row.kind == "place"]
    events = [row for row in rows if row.kind == "event"]
    if not places or not events:
        return rows, ""
    if kind == "places":
        return places, _("Its events were left out: import the file once more, as events.")
    note = _("Of its places only name, country and position are here: import it as places first to have all of them.")
    return [_somewhere(event, places) for event in events], note


def _somewhere(event: MapFeature, places: list[MapFeature]) -> MapFeature:
    """With its places by their names, as they will be in the record, and with the position of its own."""
    slug = event.words.get("place", "")
    here = next((p for p in places if p.words.get("slug") == slug), None) if slug else None
    here = here or next((p for p in places if p.at and p.at == event.at), None)
    names = {p.words["slug"]: p.words.get("name", "") for p in places if "slug" in p.words}
    others = {name: event.words[name].split("; ") for name in ("also_there", "journey") if name in event.words}
    words = {**event.words, **{name: "; ".join(names.get(one, one) for one in o) for name, o in others.items()}}
    if here is None:
        return replace(event, words=words)
    where = {"place": here.words.get("name", ""), "country": here.words.get("country", "")}
    return replace(event, words={**words, **where}, at=here.at)


def _cells(row: MapFeature, header: Sequence[str]) -> list[str]:
    lat, lng = (number(value) for value in row.at) if row.at else ("", "")
    words = {**row.words, "latitude": lat, "longitude": lng} if row.at else row.words
    return [words.get(name, "") for name in header]


def position(lng: Any, lat: Any) -> At | None:
    """None where these are no numbers, also as texts; whether they lie on the earth is for the row to say."""
    numbers = (_degrees(lat), _degrees(lng))
    return None if None in numbers else numbers  # type: ignore[return-value]


def _degrees(value: Any) -> float | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        return float(value) if is_number and isfinite(value) else None
    except OverflowError:  # a whole number of hundreds of digits
        return None


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
