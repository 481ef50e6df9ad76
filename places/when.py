"""When things happened: EDTF dates (ISO 8601-2:2019) as days that can be sorted, and as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext, override

from places.dates.calendar_words import Ymd, formatted, locale_of
from places.dates.days import iso_of, iso_year, parts_of
from places.dates.edtf import Choice, Interval, Stated, Statement, days_of, in_hemisphere, statement
from places.dates.seasons import SEASONS, SOUTHERN, Hemisphere
from places.dates.words import in_words

_SEASONS = range(SEASONS.start, SOUTHERN.stop)
_SKELETONS = {"date": "yMMMd", "day": "MMMd", "month": "yMMM", "year": "y"}


class DateProblem(ValueError):
    """A date that is not EDTF, with what was expected, in the language of whoever asks."""


class EndsBeforeStart(DateProblem):
    """Both ends are dates, but in the wrong order."""


@dataclass(frozen=True)
class When:
    """A dated span of days, as numbers of places.dates.days.

    `earliest` is None when the start is open or unknown, `latest` when the end is.
    """

    text: str
    earliest: int | None
    latest: int | None
    stated: Statement

    @property
    def is_approximate(self) -> bool:
        """Whether something of it is doubted, missing, a season or one of several: nobody knows where it begins."""
        doubted = (date.is_doubted or date.precision == "" or date.part in _SEASONS for date in self.dates)
        return isinstance(self.stated, Choice) or any(doubted)

    @property
    def depends_on_hemisphere(self) -> bool:
        """Whether it names a season without saying whose."""
        return in_hemisphere(self.stated, "south") != self.stated

    @property
    def is_open(self) -> bool:
        return self.earliest is None or self.latest is None

    @property
    def is_one_day(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest

    @property
    def dates(self) -> tuple[Stated, ...]:
        """Of a date or an interval: those that are written. None of a choice."""
        if isinstance(self.stated, Interval):
            return tuple(end for end in (self.stated.start, self.stated.end) if end)
        return (self.stated,) if isinstance(self.stated, Stated) else ()


@lru_cache(maxsize=4096)
def parse(text: str, hemisphere: Hemisphere = "") -> When:
    """The span an EDTF date covers, its seasons as those of the hemisphere it is about. Raises DateProblem."""
    try:
        stated = statement(text)
        lower, upper = days_of(stated)
    except ValueError:
        raise DateProblem(
            gettext(
                "“%(text)s” is not a date. Write 1996-12-17, 1996-12, 1996~ (about 1996), "
                "1996-12-17/1996-12-18 (from/to) or 1997-10/.. (open end)."
            )
            % {"text": text}
        ) from None
    if _runs_backwards(stated):
        raise EndsBeforeStart(gettext("“%(text)s” ends before it starts.") % {"text": text})
    there = in_hemisphere(stated, hemisphere)
    if there != stated and not _runs_backwards(there):  # from autumn to spring of one year, said of the north
        lower, upper = days_of(there)
    return When(text, lower, upper, stated)


def _runs_backwards(stated: Statement) -> bool:
    if isinstance(stated, Choice):
        return any(_runs_backwards(member) for member in stated.members)
    first, last = days_of(stated)
    return first is not None and last is not None and first > last


@lru_cache(maxsize=4096)
def words(text: str, language: str) -> str:
    """The date as people of that language write it: “about December 1996”. Raises DateProblem."""
    when = parse(text)
    with override(language):
        return in_words(when.text, when.stated, locale_of(language))


def axis_label(day: int, unit: str, language: str, *, era: bool = False) -> str:
    """A date, day, month or year on a scale: “17 Dec 1996”, “17 Dec”, “Dec 1996”, “44 BC”.

    `era`: also after Christ, beside years before.
    """
    at: Ymd = parts_of(day)
    return formatted(at, _SKELETONS[unit], locale_of(language), era=era)


def iso_span(when: When) -> tuple[str, str]:
    """The first and the last day as ISO dates; empty where open or unknown."""
    first, last = (iso_of(day) if day is not None else "" for day in (when.earliest, when.latest))
    return first, last


def iso_ends(when: When) -> tuple[str, str]:
    """The start and the end as ISO 8601 writes them, no more exactly than they are known. Empty where open or unknown.

    1996-12 stays a month, and a season becomes the year that it is named after.
    """
    members = when.stated.members if isinstance(when.stated, Choice) else (when.stated,)
    starts = [member.start if isinstance(member, Interval) else member for member in members]
    ends = [member.end if isinstance(member, Interval) else member for member in members]
    return _reduced(starts, last=False), _reduced(ends, last=True)


def _reduced(dates: Sequence[Stated | None], *, last: bool) -> str:
    known = [(days_of(date)[last], date) for date in dates if date]
    if len(known) < len(dates):
        return ""
    day, date = (max if last else min)(known, key=lambda pair: pair[0] or 0)
    year, month, _day = parts_of(day or 0)
    if date.precision == "day":
        return iso_of(day or 0)
    if "X" in date.year + date.month or not date.month or date.part in _SEASONS:
        return iso_year(int(date.year) if "X" not in date.year else year)
    return f"{iso_year(year)}-{month:02}"
