"""A table as drafts: its columns by their fields, its cells as they were meant. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from storymap.interchange.exchanged import turned
from storymap.interchange.formats.event_rows import event_draft
from storymap.interchange.formats.place_rows import place_draft
from storymap.interchange.formats.table import Row, Table
from storymap.services.table_rows import Draft

_DRAFTS = {"places": place_draft, "events": event_draft}


def drafts_of(table: Table, kind: str, columns: Sequence[str], *, exchanged: bool = False) -> list[Draft]:
    """One draft for each row; `columns` has the field of each column, empty for those that are left out. `exchanged`
    says that latitude and longitude have changed seats."""
    return [_draft(row, kind, columns, len(table.header), exchanged=exchanged) for row in table.rows]


def _draft(row: Row, kind: str, columns: Sequence[str], width: int, *, exchanged: bool) -> Draft:
    if any(cell.strip() for cell in row.cells[width:]):
        told = {"cells": len(row.cells), "columns": width}
        said = _("has %(cells)d cells for %(columns)d columns: is a quote missing round a text with a comma?") % told
        return Draft(row.line, problems=(said,))
    cells = zip(columns, row.cells, strict=False)
    words = {field: cell.strip() for field, cell in cells if field and cell.strip()}
    return _DRAFTS[kind](row.line, turned(words) if exchanged else words)
