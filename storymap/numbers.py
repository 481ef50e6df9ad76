"""Numbers as forms and addresses send them. Pure."""

from __future__ import annotations

from typing import Any

OF_A_KEY = 18  # digits that every database can store


def whole_number(text: Any, *, digits: int = 9) -> int | None:
    """The number that is written in at most so many digits 0 to 9; None for everything else.

    `str.isdigit` alone lets pass what `int` refuses (“²”), and what takes `int` for ever or is refused (5,000 digits).
    """
    plain = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if plain else None
