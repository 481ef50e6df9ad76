"""Tables whose latitude and longitude seem to have changed seats: what speaks for it, and the same the other way round.

Nothing is turned round unasked: a table that speaks for itself is asked about, and until somebody has answered none of
its positions is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from places.countries import AT_SEA
from places.geo import LatLng
from storymap.formats.tables.csv_text import Table
from storymap.formats.tables.record_rows import country_code
from storymap.maps.countries import country_at
from storymap.services.imports.table_rows import TableRow

NOBODY = (AT_SEA, "AQ")  # where hardly anybody lives
LOOKED_AT = 200  # rows that say in which countries a table lies
ENOUGH = 3  # rows that may all lie where nobody lives; fewer are chance
_PLAIN = re.compile(r"\s*([+-]?[0-9]{1,3}(?:[.,][0-9]+)?)\s*")
_PAIR = re.compile(r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]+)?)(\s*[,;/]\s*|\s+)([+-]?[0-9]{1,3}(?:\.[0-9]+)?)\s*")


@dataclass(frozen=True)
class _PositionRow:
    """Two numbers in degrees, in the order latitude, longitude; and the country that the row names."""

    first: float
    second: float
    country: str

    @property
    def as_written(self) -> LatLng | None:
        return _position(self.first, self.second)

    @property
    def exchanged(self) -> LatLng | None:
        return _position(self.second, self.first)


def seem_exchanged(table: Table, columns: Sequence[str]) -> bool:
    """Whether more of its rows make sense the other way round than as they are written."""
    rows = list(_position_rows(table, columns))
    sure = [vote for row in rows if (vote := _by_range(row))]
    sure += [vote for row in rows[:LOOKED_AT] if row.country and (vote := _by_country(row))]
    likely = [vote for row in rows[:LOOKED_AT] if not row.country and (vote := _by_land(row))]
    for_it, against = ([*sure, *likely].count(vote) for vote in (1, -1))
    return for_it > against and (1 in sure or for_it >= ENOUGH)


def _position_rows(table: Table, columns: Sequence[str]) -> Iterator[_PositionRow]:
    for row in table.rows:
        cells = {field: cell for field, cell in zip(columns, row.cells, strict=False) if field and cell.strip()}
        numbers = _numbers(cells)
        if numbers and any(numbers):
            yield _PositionRow(*numbers, country_code(cells.get("country", "")))


def _numbers(cells: Mapping[str, str]) -> tuple[float, float] | None:
    """None where a letter or a sign says which of them is which, or where there is no position."""
    lat, lng = (_PLAIN.fullmatch(cells.get(name, "")) for name in ("latitude", "longitude"))
    if lat and lng:
        return float(lat[1].replace(",", ".")), float(lng[1].replace(",", "."))
    pair = _PAIR.fullmatch(cells.get("coordinates", ""))
    return (float(pair[1]), float(pair[3])) if pair else None


def _position(lat: float, lng: float) -> LatLng | None:
    return LatLng(lat, lng) if abs(lat) <= 90 and abs(lng) <= 180 else None


def _by_range(row: _PositionRow) -> int:
    """1 where only the turned numbers are a position, -1 where only the others are."""
    return bool(row.exchanged) - bool(row.as_written)


def _by_country(row: _PositionRow) -> int:
    """1 where only the turned position lies in the country that the row names, -1 where only the other one does."""
    here, there = (at is not None and country_at(at) == row.country for at in (row.as_written, row.exchanged))
    return there - here


def _by_land(row: _PositionRow) -> int:
    """1 where only the turned position lies where people live, -1 where only the other one does."""
    if not (row.as_written and row.exchanged):
        return 0
    here, there = (country_at(at) for at in (row.as_written, row.exchanged))
    if not (here and there):
        return 0  # somewhere no map decides
    return (there not in NOBODY) - (here not in NOBODY)


def exchanged_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row by field, with latitude and longitude in each other's seats."""
    turned_cells = dict(cells)
    if "latitude" in cells and "longitude" in cells:
        turned_cells["latitude"], turned_cells["longitude"] = cells["longitude"], cells["latitude"]
    elif pair := _PAIR.fullmatch(cells.get("coordinates", "")):
        turned_cells["coordinates"] = f"{pair[3]}{pair[2]}{pair[1]}"
    return turned_cells


def in_question(table_row: TableRow) -> TableRow:
    """A row whose position nobody may take yet."""
    part = table_row if "name" in table_row.values else table_row.place
    if table_row.problems or part is None or not part.has_position:
        return table_row
    return replace(table_row, problems=(_("latitude and longitude seem exchanged: answer the question above"),))
