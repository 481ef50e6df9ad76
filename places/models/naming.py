"""What a translated row is called where one line must do."""

from __future__ import annotations

from typing import Any


def name_of(row: Any, field: str) -> str:
    """In the language at hand, else in whichever it has a name in: a translation begun is empty; else its slug."""
    if name := row.safe_translation_getter(field, any_language=True):
        return name
    written = row.translations.all() if row.pk else ()
    return next((name for words in written if (name := getattr(words, field))), row.slug)
