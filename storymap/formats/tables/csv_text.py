"""CSV as people have it: bytes to text, text to a header and rows that know their line; and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from storymap.story.document import EventDocument
from storymap.story.problem import CannotRead, Problem
from storymap.story.storyfile import EventEntry, Journey

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 60
DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_KANA = re.compile("[\u3040-\u30ff]")
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls


@dataclass(frozen=True)
class Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str = ","


def decoded(data: bytes) -> str:
    """The text of a file in one of the encodings that spreadsheet programs write. Raises CannotRead."""
    check_size(data)
    if data.startswith(_SHEETS):
        raise _cannot_read(_("This is a workbook. Save the sheet as CSV, and import that."))
    text = text_of(data)
    if "\x00" in text:
        raise _cannot_read(_("This is no text. Save the sheet as CSV (UTF-8), and import that."))
    return text


def check_size(data: bytes) -> None:
    """Raises CannotRead."""
    if len(data) > MAX_BYTES:
        raise _cannot_read(_("The file is larger than 5 MB: split it."))


def text_of(data: bytes) -> str:
    """The same of any bytes, though they may be no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        japanese = data.decode("cp932")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
    return japanese if _KANA.search(japanese) else data.decode("cp1252", "replace")


def read_table(text: str) -> Table:
    """Raises CannotRead, which names the line. Empty rows are passed over."""
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    header = next(rows, None)
    if header is None:
        raise _cannot_read(_("The table is empty. Its first row names the columns."))
    if len(header.cells) > MAX_COLUMNS:
        raise _cannot_read(_("The table has more than %(number)d columns.") % {"number": MAX_COLUMNS})
    table_rows: list[Row] = []
    for row in rows:
        if len(table_rows) == MAX_ROWS:
            raise _cannot_read(_("The table has more than %(number)d rows: split it.") % {"number": MAX_ROWS})
        table_rows.append(row)
    if not table_rows:
        raise _cannot_read(_("The table has a head and no rows."))
    return Table(tuple(name.strip() for name in header.cells), tuple(table_rows), delimiter)


def _delimiter(text: str) -> str:
    """What parts the names of the columns: whatever occurs most often in the first row that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    plain = _QUOTED.sub("", first)
    return max(DELIMITERS, key=plain.count)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            said = _("Line %(line)d: a quote is not closed, or something follows a closing quote.") % {"line": line}
            raise _cannot_read(said) from None
        if any(cell.strip() for cell in cells):
            yield Row(line, tuple(plain_cell(cell) for cell in cells))


def _cannot_read(what: str) -> CannotRead:
    return CannotRead([Problem("file", what)])


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheet programs know it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([guarded_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def guarded_cell(text: str) -> str:
    """What is written into the file."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def plain_cell(cell: str) -> str:
    """What was meant by a cell of the file."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def elsewhere(event: EventEntry | EventDocument) -> list[str]:
    """Slugs of the places also concerned; of the journey its stops, by what and when."""
    journey = event.journey or Journey(stops=())
    return ["; ".join(event.also_there), "; ".join(journey.stops), journey.mode, journey.date]


def number(value: float) -> str:
    """Never with an exponent, which spreadsheets and readers take in different ways."""
    return f"{Decimal(repr(value)):f}"
