"""A table on its way into a story: read by its columns, shown, searched for positions, carried out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from storymap.formats.tables.columns import guessed_fields, guessed_kind
from storymap.formats.tables.csv_text import Row, Table, read_table
from storymap.formats.tables.positions import (
    Knowledge,
    chosen_candidate,
    rows_with_positions,
    search,
    texts_to_search,
    with_places_of_the_table,
)
from storymap.formats.tables.record_rows import event_row, place_row
from storymap.formats.tables.swapped import exchanged_cells, in_question, seem_exchanged
from storymap.models import Chapter, ImportBatch, Story
from storymap.services.accounts import Actor
from storymap.services.imports.carry_out import carry_out
from storymap.services.imports.known import KnownPlaces
from storymap.services.imports.planning import Planned, plan
from storymap.services.imports.table_rows import TableRow

FORGOTTEN = timedelta(days=1)  # a table that was looked at and not imported


@dataclass(frozen=True)
class Preview:
    table: Table
    plan: list[Planned]
    wanted: list[str]  # texts of rows that have no position
    seem_exchanged: bool  # latitude and longitude


def begin(*, story: Story, name: str, text: str, kind: str = "", notes: Sequence[str] = ()) -> ImportBatch:
    """Keeps the table to look at. Raises CannotRead."""
    table = read_table(text)
    kind = kind or guessed_kind(table.header)
    ImportBatch.objects.filter(imported_at=None, created_at__lt=timezone.now() - FORGOTTEN).delete()
    digest = hashlib.sha256(text.encode()).hexdigest()
    columns = guessed_fields(table.header, kind)
    values = {"name": name, "digest": digest, "text": text, "columns": columns, "notes": list(notes)}
    return ImportBatch.objects.create(story=story, kind=kind, **values)


def look(batch: ImportBatch) -> Preview:
    """What an import would do now."""
    table, known = read_table(batch.text), KnownPlaces()
    seem = seem_exchanged(table, batch.columns)
    table_rows = _table_rows(batch, table)
    if seem and batch.exchanged is None:
        table_rows = [in_question(table_row) for table_row in table_rows]
    knowledge = Knowledge(known, batch.answers, batch.choices, batch.country)
    texts = texts_to_search(table_rows, known)
    joined = {int(line): key for line, key in batch.joined.items()}
    return Preview(
        table, plan(batch.story, batch.kind, rows_with_positions(table_rows, knowledge), known, joined), texts, seem
    )


def _table_rows(batch: ImportBatch, table: Table) -> list[TableRow]:
    return with_places_of_the_table(table_rows_of(table, batch.kind, batch.columns, exchanged=bool(batch.exchanged)))


def choose(batch: ImportBatch, *, kind: str, columns: Sequence[str], country: str) -> bool:
    """What the editor says of the table; whether that is something new."""
    if kind != batch.kind:
        columns = guessed_fields(read_table(batch.text).header, kind)
    before = (batch.kind, batch.columns, batch.country)
    batch.kind, batch.columns, batch.country = kind, list(columns), country
    is_new = before != (batch.kind, batch.columns, batch.country)
    if before[1] != batch.columns:
        batch.exchanged = None  # it was said of other columns
    batch.save(update_fields=["kind", "columns", "country", "exchanged"])
    return is_new


def choose_places(batch: ImportBatch, choices: Mapping[str, int]) -> bool:
    """Which of the places found is meant; whether that is something new."""
    changed = any(chosen_candidate(text, batch.answers, batch.choices) != number for text, number in choices.items())
    batch.choices = {**batch.choices, **choices}
    batch.save(update_fields=["choices"])
    return changed


def searched_for(batch: ImportBatch) -> list[str]:
    """The texts of rows that have no position, in the order in which the preview numbers them."""
    return texts_to_search(_table_rows(batch, read_table(batch.text)), KnownPlaces())


def search_more(batch: ImportBatch, language: str, seconds: float) -> None:
    """Asks the gazetteer and the operator's service for positions that are missing."""
    batch.answers = search(searched_for(batch), batch.answers, language, seconds)
    batch.save(update_fields=["answers"])


def choose_events(batch: ImportBatch, joined: Mapping[int, int]) -> bool:
    """For lines of the table, the event that is meant: 0 for a new one. Whether that is something new."""
    before = batch.joined
    merged = {**before, **{str(line): key for line, key in joined.items()}}
    batch.joined = {line: key for line, key in merged.items() if key}
    batch.save(update_fields=["joined"])
    return before != batch.joined


def choose_all_events(batch: ImportBatch, *, join: bool) -> None:
    """Every row that looks like an event of the record is joined to it, or none is."""
    offered = {p.table_row.line: p.offers[0].pk for p in look(batch).plan if p.offers} if join else {}
    batch.joined = {str(line): key for line, key in offered.items()}
    batch.save(update_fields=["joined"])


def exchange(batch: ImportBatch, *, exchanged: bool) -> None:
    """Whether latitude and longitude have changed seats in the table."""
    batch.exchanged = exchanged
    batch.save(update_fields=["exchanged"])


def import_batch(batch: ImportBatch, chapter: Chapter | None, by: Actor) -> ImportBatch:
    return carry_out(batch=batch, plan_of=lambda fresh: look(fresh).plan, chapter=chapter, by=by)


def earlier(batch: ImportBatch) -> ImportBatch | None:
    """An import of the same file into the same story that was not taken back."""
    same = ImportBatch.objects.filter(story=batch.story, digest=batch.digest, undone_at=None)
    return same.exclude(imported_at=None).exclude(pk=batch.pk).first()


_READERS = {"places": place_row, "events": event_row}


def table_rows_of(table: Table, kind: str, columns: Sequence[str], *, exchanged: bool = False) -> list[TableRow]:
    """One for each row of the file; `columns` has the field of each column, empty for those that are left out.
    `exchanged` says that latitude and longitude have changed seats."""
    return [_table_row(row, kind, columns, len(table.header), exchanged=exchanged) for row in table.rows]


def _table_row(row: Row, kind: str, columns: Sequence[str], width: int, *, exchanged: bool) -> TableRow:
    if any(cell.strip() for cell in row.cells[width:]):
        values = {"cells": len(row.cells), "columns": width}
        said = _("has %(cells)d cells for %(columns)d columns: is a quote missing round a text with a comma?") % values
        return TableRow(row.line, problems=(said,))
    cells = zip(columns, row.cells, strict=False)
    words = {field: cell.strip() for field, cell in cells if field and cell.strip()}
    return _READERS[kind](row.line, exchanged_cells(words) if exchanged else words)
