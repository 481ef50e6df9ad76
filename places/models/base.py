"""What all models share: a version that counts saves, a name in one line, and a search without case."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.lookups import IContains


class Stale(Exception):
    """Somebody has saved the row since it was shown. `seen` and `now` are its versions then and now; now is None
    when the row is gone."""

    def __init__(self, row: Any, seen: int, now: int | None) -> None:
        self.row, self.seen, self.now = row, seen, now
        super().__init__(f"{row} was saved by somebody else: version {seen} was shown, {now} is stored")


class Versioned(models.Model):
    # A number, not a time: two saves in one instant must not look alike, and clocks go back.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def claim(self, seen: int | None = None) -> None:
        """Take the next version, first thing in a transaction that changes the row. Raises Stale unless the stored
        version is `seen` (any is right when None). From then on nobody else can change it before the end."""
        rows = type(self)._base_manager.filter(pk=self.pk)
        mine = rows if seen is None else rows.filter(version=seen)
        if not mine.update(version=F("version") + 1):
            raise Stale(self, seen or 0, rows.values_list("version", flat=True).first())
        self.version = rows.values_list("version", flat=True)[0]


def name_of(row: Any, field: str) -> str:
    """In the language at hand, else in whichever it has a name in: a translation begun is empty; else its slug."""
    if name := row.safe_translation_getter(field, any_language=True):
        return name
    written = row.translations.all() if row.pk else ()
    return next((name for words in written if (name := getattr(words, field))), row.slug)


class Finds(IContains):
    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """SQLite's LIKE knows the case of A to Z only; its REGEXP is Python's."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} REGEXP %s", [*parameters, f"(?i){re.escape(str(self.rhs))}"]


for kind in (models.CharField, models.TextField):
    kind.register_lookup(Finds, "finds")
