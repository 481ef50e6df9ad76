"""Cells of a table that a spreadsheet program will open: a text that it would take for a formula is made harmless.

Such a text gets an apostrophe in front, and reading takes exactly that away again. Numbers stay numbers. Pure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from storymap.document import EventDocument
from storymap.storyfile import EventEntry, Journey

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def guarded(text: str) -> str:
    """What is written into the file."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """What was meant by a cell of the file."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def elsewhere(event: EventEntry | EventDocument) -> list[str]:
    """Slugs of the places also concerned; of the journey its stops, by what and when."""
    journey = event.journey or Journey(stops=())
    return ["; ".join(event.also_there), "; ".join(journey.stops), journey.mode, journey.date]


def number(value: float) -> str:
    """Never with an exponent, which spreadsheets and readers take in different ways."""
    return f"{Decimal(repr(value)):f}"
