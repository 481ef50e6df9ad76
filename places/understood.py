"""What was understood of a typed date, repeated to whoever typed it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from places.dates.days import month_start, number_of, parts_of
from places.dates.edtf import Choice, Stated, edtf_day
from places.dates.seasons import Hemisphere
from places.typed_dates import TypedDate
from places.when import When, parse, words

_DAYS = re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/-?[0-9]{4}-[0-9]{2}-[0-9]{2})?")  # the words already say all


def as_understood(typed: TypedDate, language: str, hemisphere: Hemisphere = "") -> str:
    """The words that readers get, and what is covered: “about 1997, between 1996 and 1998”. Of a season without a
    hemisphere only the words."""
    if not typed.edtf:
        return _("no date")
    said = words(typed.edtf, language)
    if typed.time:
        return f"{said}, {typed.time:%H:%M}"
    when = parse(typed.edtf, hemisphere)
    if when.depends_on_hemisphere and not hemisphere:
        return said
    if when.is_open or isinstance(when.stated, Choice) or _DAYS.fullmatch(when.text):
        return said
    first, last = (words(day, language) for day in _margins(when))
    return _("%(date)s, between %(first)s and %(last)s") % {"date": said, "first": first, "last": last}


def _margins(when: When) -> tuple[str, str]:
    """The first and the last day, month or year that may be meant: a doubted end reaches one unit further."""
    assert when.earliest is not None and when.latest is not None  # noqa: S101  asked for closed spans only
    return _edge(when.dates[0], when.earliest, -1), _edge(when.dates[-1], when.latest, 1)


def _edge(date: Stated, day: int, way: int) -> str:
    year, month, _day = parts_of(day)
    if not date.doubt or date.precision not in ("day", "month", "year"):
        return edtf_day(day)
    if date.precision == "day":
        return edtf_day(day + way)
    if date.precision == "month":
        return edtf_day(month_start(year, month + way))[: -len("-01")]
    return edtf_day(number_of(year + way, 1, 1)).removesuffix("-01-01")
