"""`manage.py geocode_places FILE.csv`: positions for a table of addresses, written into a copy beside it.

Stopped half way it may be run again: what a service answered is cached in the database for thirty days.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from places.geocoding import Found, find
from storymap.formats.tables.columns import guessed_fields
from storymap.formats.tables.csv_text import Row, Table, csv_bytes, decoded, read_table
from storymap.story.problem import CannotRead

TRIES = 4
PATIENCE = 60.0  # seconds of queueing for the service, when editors ask it too
LONGEST_REST = 120.0  # seconds that a service may ask to be left alone before this gives up
NEW = ("latitude", "longitude", "found as", "precision", "radius")
WIDTH = 30  # signs of the progress bar


class Command(BaseCommand):
    help = "Finds positions for the rows of a CSV that have an address or a name and none; writes a new CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--output", type=Path, help="where to write; FILE.positions.csv unless given")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, file: Path, output: Path | None, language: str, **options: Any) -> None:
        table = _read(file)
        columns = {field: n for n, field in enumerate(guessed_fields(table.header, "places")) if field}
        if not columns.keys() & {"address", "name"}:
            raise CommandError(f"No column of {file} is called name or address: {', '.join(table.header)}")
        header, where = _with_columns(table.header, columns)
        rows, found = [], 0
        for number, row in enumerate(table.rows, start=1):
            cells, problem = _with_position(row, columns, where, language)
            found += bool(cells[where[0]])
            rows.append(cells)
            self._progress(number, len(table.rows), row.line, problem)
        target = output or file.with_suffix(".positions.csv")
        target.write_bytes(csv_bytes(header, rows))
        self.stdout.write(f"{target}: {found} of {len(rows)} rows have a position.")

    def _progress(self, number: int, total: int, line: int, problem: str) -> None:
        done = WIDTH * number // total
        bar = f"[{'#' * done}{'.' * (WIDTH - done)}] {number}/{total}"
        if problem:
            self.stderr.write(f"\rline {line}: {problem}{' ' * WIDTH}")
        self.stderr.write(f"\r{bar}", ending="\n" if number == total else "")
        self.stderr.flush()


def _read(file: Path) -> Table:
    try:
        return read_table(decoded(file.read_bytes()))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except CannotRead as refused:
        raise CommandError(str(refused)) from None


def _with_columns(header: tuple[str, ...], columns: Mapping[str, int]) -> tuple[list[str], list[int]]:
    """The header with what is missing of NEW, and where these are."""
    names = list(header)
    where = []
    for name in NEW:
        if name in columns:
            where.append(columns[name])
        elif name in names:
            where.append(names.index(name))
        else:
            names.append(name)
            where.append(len(names) - 1)
    return names, where


def _with_position(row: Row, columns: Mapping[str, int], where: list[int], language: str) -> tuple[list[str], str]:
    cells = [*row.cells, *[""] * (max(where) + 1 - len(row.cells))]
    told = {field: cells[n].strip() for field, n in columns.items()}
    if cells[where[0]].strip() or told.get("coordinates"):
        return cells, ""
    text = ", ".join(part for part in (told.get("address") or told.get("name"), told.get("country")) if part)
    answer = _candidates_for(text, language)
    if not answer.candidates:
        return cells, answer.problem
    best = answer.candidates[0]
    position = (f"{best.lat:.6f}", f"{best.lng:.6f}", best.name)
    for column, text in zip(where, (*position, best.precision, f"{best.radius:g}"), strict=True):
        cells[column] = text if text in position else cells[column].strip() or text
    more = len(answer.candidates) - 1
    return cells, f"the first of {more + 1} places was taken, {best.name}" if more else ""


def _candidates_for(text: str, language: str) -> Found:
    """The service is asked again after the rest that it wants. Raises CommandError when that is long."""
    answer = find(text, language, patience=PATIENCE)
    for _again in range(TRIES - 1):
        if not answer.retry_after:
            break
        if answer.retry_after > LONGEST_REST:
            raise CommandError(f"{answer.problem} What was found is stored: run this again then.")
        time.sleep(answer.retry_after)
        answer = find(text, language, patience=PATIENCE)
    return answer
