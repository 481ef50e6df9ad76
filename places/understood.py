"""What was understood of a typed date, told back to whoever typed it. Pure."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from places.typed_dates import TypedDate
from places.when import When, parse, words

_PLAIN = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_DAYS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/[0-9]{4}-[0-9]{2}-[0-9]{2})?")  # the words already say all


def as_understood(typed: TypedDate, language: str) -> str:
    """“about January 1997, between 1996-12 and 1997-02”: the words that readers get, and the days that are covered."""
    said = words(typed.edtf, language)
    if typed.time:
        return f"{said}, {typed.time:%H:%M}"
    when = parse(typed.edtf)
    if when.is_open or _DAYS.fullmatch(when.text):
        return said
    first, last = _margins(when)
    return _("%(date)s, between %(first)s and %(last)s") % {"date": said, "first": first, "last": last}


def _margins(when: When) -> tuple[str, str]:
    """The first and the last day, month or year that may be meant: a doubted end reaches one unit further."""
    start, _slash, end = when.text.partition("/")
    assert when.earliest and when.latest  # noqa: S101  asked for closed spans only
    return _edge(start, when.earliest, -1), _edge(end or start, when.latest, 1)


def _edge(text: str, day: date, way: int) -> str:
    plain = text.rstrip("~?%")
    doubted = plain != text
    if not doubted or not _PLAIN.fullmatch(plain):
        return day.isoformat()
    if len(plain) == 4:
        return f"{day.year + way:04}"
    if len(plain) == 7:
        months = day.year * 12 + day.month - 1 + way
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return date.fromordinal(min(max(day.toordinal() + way, 1), date.max.toordinal())).isoformat()
