"""When things happened: EDTF dates (ISO 8601-2:2019) as sortable ranges, day numbers and words. Pure."""

from __future__ import annotations

import re
import time
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, parse_pattern
from django.utils.translation import gettext, override

from places.seasons import STRETCHES, part_of_year, season_words

_SIMPLE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?[~?%]?")
# The grammar passes over spaces and digits of other scripts; and for Y1E999999999 it would reckon with a number
# that no memory holds. Years have four digits here.
_PLAIN = re.compile(r"[-+0-9/.,:~?%\[\]{}XxuTZ]+")
MAX_LENGTH = 60  # an EDTF date longer than this is a mistake, and parsing time grows with it


class DateProblem(ValueError):
    """A date that is not EDTF, with what was expected, in the language of whoever asks."""


class EndsBeforeStart(DateProblem):
    """Both ends are dates, but in the wrong order."""


@dataclass(frozen=True)
class When:
    """A dated span: `earliest` is None when the start is open or unknown, `latest` when the end is."""

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool = False

    @property
    def is_open(self) -> bool:
        return self.earliest is None or self.latest is None

    @property
    def is_one_day(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest


@lru_cache(maxsize=4096)
def parse(text: str) -> When:
    """The span an EDTF date covers. Raises DateProblem."""
    try:
        lower, upper = _simple_span(text) or grammatical_span(text)
    except (ValueError, OverflowError, AttributeError, TypeError):  # the library fails in many ways
        raise DateProblem(
            gettext(
                "“%(text)s” is not a date. Write 1996-12-17, 1996-12, 1996~ (about 1996), "
                "1996-12-17/1996-12-18 (from/to) or 1997-10/.. (open end)."
            )
            % {"text": text}
        ) from None
    if lower and upper and lower > upper:
        raise EndsBeforeStart(gettext("“%(text)s” ends before it starts.") % {"text": text})
    return When(text, lower, upper, "~" in text or "?" in text or "%" in text)


def _simple_span(text: str) -> tuple[date, date] | None:
    """Of a year, a month, a day, or from one to another: nearly all dates of a story. The grammar takes 20 ms for one,
    and the first reader of a story waits for all of them. None for any other text."""
    ends = [_SIMPLE.fullmatch(end) for end in text.split("/")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2:
        return None
    year, month, day = (int(part or 1) for part in first.groups())
    until, month_until, day_until = (int(part or 0) for part in last.groups())
    month_until = month_until or 12
    return date(year, month, day), date(until, month_until, day_until or monthrange(until, month_until)[1])


def grammatical_span(text: str) -> tuple[date | None, date | None]:
    """Of any EDTF text. Raises ValueError and whatever the library does."""
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415  a grammar that few stories need

    if len(text) > MAX_LENGTH or not _PLAIN.fullmatch(text):
        raise ValueError
    try:
        parsed = parse_edtf(text)
    except EDTFParseException as problem:
        raise ValueError from problem
    # an empty end is unknown: the library would make one up ten years away
    lower = None if text.startswith("/") else _day(parsed.lower_strict())
    upper = None if text.endswith("/") else _day(parsed.upper_strict())
    return lower, upper


def _day(moment: time.struct_time | float) -> date | None:
    if isinstance(moment, float):  # ±infinity: an open end
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def day_number(day: date, zero: date) -> int:
    """Elapsed days: the day zero itself is 0."""
    return (day - zero).days


def words(text: str, language: str) -> str:
    """The date as people of that language write it: “about December 1996”. Raises DateProblem."""
    when, locale = parse(text), locale_of(language)
    first, last = when.text.split("/")[0], when.text.split("/")[-1]
    with override(language):
        if when.earliest and when.latest:
            return _doubted(when, _span(when.earliest, when.latest, when.text, locale))
        if when.earliest:
            return gettext("since %(date)s") % {"date": _doubted(when, _one(when.earliest, first, locale))}
        if when.latest:
            return gettext("until %(date)s") % {"date": _doubted(when, _one(when.latest, last, locale))}
        return gettext("date unknown")


def _doubted(when: When, text: str) -> str:
    return gettext("about %(date)s") % {"date": text} if when.approximate else text


def locale_of(language: str) -> Locale:
    if language == "en":
        language = "en_GB"  # day before month: the order that no reader of English misreads
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def _span(earliest: date, latest: date, text: str, locale: Locale) -> str:
    first, _, last = text.partition("/")
    if not last and part_of_year(first) in STRETCHES:
        return _interval(earliest, latest, "yMMMM", locale)  # people name the months
    if not last:
        return _one(earliest, first, locale)
    precision = {_precision(first), _precision(last)}
    skeleton = {frozenset({10}): "yMMMMd", frozenset({7}): "yMMMM"}.get(frozenset(precision))
    one, other = _one(earliest, first, locale), _one(latest, last, locale)
    if one == other:
        return one
    return _interval(earliest, latest, skeleton, locale) if skeleton else f"{one} – {other}"


def _interval(first: date, last: date, skeleton: str, locale: Locale) -> str:
    """What both dates share is written once. English has patterns for short months only; they are lengthened."""
    formats = locale.interval_formats
    patterns = formats.get(skeleton) or formats[skeleton.replace("MMMM", "MMM")]
    differing = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    pieces = (re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern) for pattern in patterns[differing])
    ends = zip(pieces, (first, last), strict=True)
    return _tidy("".join(parse_pattern(piece).apply(day, locale) for piece, day in ends))


def _precision(text: str) -> int:
    plain = text.rstrip("~?%")
    return 0 if part_of_year(plain) else len(plain)


def _one(day: date, text: str, locale: Locale) -> str:
    if part := part_of_year(text.rstrip("~?%")):
        return season_words(part, text[:4]) or format_skeleton("yQQQQ", day, locale=locale)
    if not text.rstrip("~?%").replace("-", "").isdigit():
        return text  # a decade (199X): shown as it was written
    match _precision(text):
        case 10:
            return format_date(day, "long", locale=locale)
        case 7:
            return format_skeleton("yMMMM", day, locale=locale)
        case 4:
            return format_skeleton("y", day, locale=locale)
        case _:
            return text


def _tidy(text: str) -> str:
    """CLDR sets intervals with thin spaces that few text fonts have."""
    return text.replace("\u2009", " ").replace("\u202f", " ")
