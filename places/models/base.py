"""What all models share: a version that counts saves, a name in one line, and a search without case."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.lookups import IContains
from django.utils.translation import gettext as _

from places import when
from places.features import is_storable


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


class TrustsLoadedRows:
    """A mixin before Model: a row is checked without asking again for those it refers to that have been read."""

    def clean_fields(self: Any, exclude: Collection[str] | None = None) -> None:
        loaded = {f.name for f in self._meta.concrete_fields if f.is_relation and self._has_read(f)}
        super().clean_fields(exclude={*(exclude or ()), *loaded})  # type: ignore[misc]  # of the model behind it

    def _has_read(self, key: Any) -> bool:
        row = key.get_cached_value(self, default=None)
        return row is not None and row.pk is not None and row.pk == getattr(self, key.attname)


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


NAME_PARTS = {"literal", "family", "given"}
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")


def validate_edtf(text: str) -> None:
    try:
        when.parse(text)
    except when.DateProblem as problem:
        raise ValidationError(str(problem), code="edtf") from None


def validate_local_time(text: str) -> None:
    if not _TIME.fullmatch(text):
        raise ValidationError(_("Write the local time as 20:20."), code="time")


def validate_slug(text: str) -> None:
    """What every address can carry: our addresses, anchors and file names are made of slugs."""
    if not _SLUG.fullmatch(text):
        raise ValidationError(_("Small letters, digits and single hyphens: lima-1996-97."), code="slug")


def validate_country(text: str) -> None:
    if not _COUNTRY.fullmatch(text):
        raise ValidationError(_("Two capital letters (ISO 3166-1): PE for Peru."), code="country")


def validate_time_zone(text: str) -> None:
    if text not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not an IANA time zone such as America/Lima.") % {"name": text}, code="zone"
        )


def validate_plain_text(text: str) -> None:
    """Refuses what no font shows and PostgreSQL cannot store: NUL and lone surrogates."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValidationError(_("The text holds a character that cannot be stored."), code="character")


def validate_authors(value: Any) -> None:
    """A list of CSL names: objects of texts called literal, or family and given."""
    names = value if isinstance(value, list) else [None]
    if not all(isinstance(n, dict) and n.keys() <= NAME_PARTS and _texts(n.values()) for n in names):
        raise ValidationError(_('Names are written as [{"family": "Ogura", "given": "Hidetaka"}].'), code="authors")


def _texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) and len(value) <= 200 and is_storable(value) for value in values)
