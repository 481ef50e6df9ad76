"""Checks of single values that several models share."""

from __future__ import annotations

from datetime import time
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from places import when


def validate_edtf(text: str) -> None:
    try:
        when.parse(text)
    except when.DateProblem as problem:
        raise ValidationError(str(problem), code="edtf") from None


def validate_local_time(text: str) -> None:
    try:
        time.fromisoformat(text)
        if len(text) != 5:
            raise ValueError
    except ValueError:
        raise ValidationError(_("Write the local time as 20:20."), code="time") from None


def validate_time_zone(text: str) -> None:
    if text not in available_timezones():
        raise ValidationError(_("“%(name)s” is not an IANA time zone such as America/Lima.") % {"name": text}, code="zone")


def validate_plain_text(text: str) -> None:
    """Refuses what no font shows and PostgreSQL cannot store: NUL and lone surrogates."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValidationError(_("The text holds a character that cannot be stored."), code="character")
