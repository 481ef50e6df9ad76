"""EDTF (ISO 8601-2:2019): what a text states, and which days it covers.

All of levels 0 and 1, and of level 2 seasons, sets, qualified parts and unspecified digits. Left out are years with an
exponent (Y17E8) or significant digits (1950S2): nobody could tell them in words that say no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from places.dates.days import iso_of, number_of
from places.dates.seasons import PARTS, Hemisphere, season_days, season_there

MAX_LENGTH = 60  # a longer text is a mistake
_YEAR = r"(?!-0000)(?P<year>-?[0-9X]{4}|Y-?[1-9][0-9]{4,8})"
_Q = "[?~%]?"
_DATE = re.compile(
    rf"(?P<q1>{_Q}){_YEAR}(?P<q2>{_Q})"
    rf"(?:-(?P<q3>{_Q})(?P<month>[0-9X]{{2}})(?P<q4>{_Q})(?:-(?P<q5>{_Q})(?P<day>[0-9X]{{2}})(?P<q6>{_Q}))?)?"
)
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
_MOMENT = re.compile(rf"(.+)T({_CLOCK})(Z|[-+](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?")


@dataclass(frozen=True)
class Stated:
    """One date as it is written; X stands for a digit that is not specified."""

    year: str  # without the Y of long years
    month: str = ""  # also the number of a part of the year
    day: str = ""
    doubts: tuple[str, str, str] = ("", "", "")  # of year, month and day: "", "?", "~" or "%"
    clock: str = ""  # HH:MM:SS
    zone: str = ""  # "Z" or an offset from UTC

    @property
    def part(self) -> int:
        """The number of a season, quarter or the like; 0 where there is none."""
        return int(self.month) if self.month.isdigit() and int(self.month) in PARTS else 0

    @property
    def precision(self) -> str:
        """What is known without a gap: "year", "month", "day", "part" of a year; empty where a digit is missing."""
        if "X" in self.year + self.month + self.day:
            return ""
        return "part" if self.part else "day" if self.day else "month" if self.month else "year"

    @property
    def doubt(self) -> str:
        """The doubt that holds for the whole date; empty where there is none, or only for a part of it."""
        said = set(self.doubts[: 1 + bool(self.month) + bool(self.day)])
        return said.pop() if len(said) == 1 else ""

    @property
    def is_a_sure_day(self) -> bool:
        return self.precision == "day" and not self.is_doubted

    @property
    def is_doubted(self) -> bool:
        return any(self.doubts)


@dataclass(frozen=True)
class Interval:
    """From one date to another. An end that is missing is open, or unknown."""

    start: Stated | None
    end: Stated | None
    unknown: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several dates, or every one of them. A member that is an interval stands for each date in it."""

    members: tuple[Stated | Interval, ...]
    every: bool


Statement = Stated | Interval | Choice
Days = tuple[int | None, int | None]  # as numbers of places.dates.days; None where open or unknown


def statement(text: str) -> Statement:
    """What an EDTF text says. Raises ValueError."""
    if len(text) > MAX_LENGTH:
        raise ValueError(text)
    if text[:1] in ("[", "{"):
        return _choice(text)
    if "/" in text:
        return _interval(*text.split("/", 1))
    if moment := _MOMENT.fullmatch(text):
        day = _stated(moment[1])
        if day.precision != "day" or day.is_doubted:
            raise ValueError(text)
        return Stated(day.year, day.month, day.day, clock=moment[2], zone=moment[3] or "")
    return _stated(text)


def _stated(text: str) -> Stated:
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = {name: value or "" for name, value in found.groupdict().items()}
    # a sign before a part is for that part alone, one behind it also for all that stands further left
    year = _joined(parts["q1"], parts["q2"], parts["q4"], parts["q6"])
    month, day = _joined(parts["q3"], parts["q4"], parts["q6"]), _joined(parts["q5"], parts["q6"])
    stated = Stated(parts["year"].lstrip("Y"), parts["month"], parts["day"], (year, month, day))
    is_long = parts["year"].startswith("Y")
    if (stated.part and (stated.day or "X" in stated.year)) or (is_long and stated.month):
        raise ValueError(text)
    days_of(stated)
    return stated


def _joined(*signs: str) -> str:
    said = "".join(signs)
    uncertain, approximate = "?" in said or "%" in said, "~" in said or "%" in said
    return "%" if uncertain and approximate else "?" if uncertain else "~" if approximate else ""


def _interval(start: str, end: str) -> Interval:
    if (start, end) == ("..", ".."):
        return Interval(None, None)
    first, last = (None if text in ("", "..") else _stated(text) for text in (start, end))
    if first is None and last is None:
        raise ValueError(f"{start}/{end}")
    return Interval(first, last, unknown="" in (start, end))


def _choice(text: str) -> Choice:
    inside = text[1:-1].split(",")
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise ValueError(text)
    members = tuple(_member(part) for part in inside)
    early = [m for m in members[1:] if isinstance(m, Interval) and m.start is None]
    late = [m for m in members[:-1] if isinstance(m, Interval) and m.end is None]
    if early or late or (len(members) == 1 and isinstance(members[0], Stated)):
        raise ValueError(text)
    return Choice(members, every=text[0] == "{")


def _member(text: str) -> Stated | Interval:
    first, dots, last = text.partition("..")
    if not dots:
        return _stated(first)
    ends = Interval(_stated(first) if first else None, _stated(last) if last else None)
    known = [end for end in (ends.start, ends.end) if end]
    if not known or any(end.is_doubted or end.precision in ("", "part") for end in known):
        raise ValueError(text)
    if len({end.precision for end in known}) > 1:
        raise ValueError(text)
    return ends


def days_of(stated: Statement) -> Days:
    """The first and the last day that may be meant. Raises ValueError where there is no such day."""
    if isinstance(stated, Choice):
        every = [days_of(member) for member in stated.members]
        lows, highs = [low for low, _ in every], [high for _, high in every]
        return (
            None if None in lows else min(low for low in lows if low is not None),
            None if None in highs else max(high for high in highs if high is not None),
        )
    if isinstance(stated, Interval):
        return (
            days_of(stated.start)[0] if stated.start else None,
            days_of(stated.end)[1] if stated.end else None,
        )
    return _days(stated.year, stated.month, stated.day, stated.part)


def in_hemisphere(stated: Statement, hemisphere: Hemisphere) -> Statement:
    """The same, its seasons as those of a hemisphere where none is said."""
    if isinstance(stated, Choice):
        members = (in_hemisphere(member, hemisphere) for member in stated.members)
        return replace(stated, members=tuple(member for member in members if not isinstance(member, Choice)))
    if isinstance(stated, Interval):
        start, end = (end and _in_hemisphere(end, hemisphere) for end in (stated.start, stated.end))
        return Interval(start, end, unknown=stated.unknown)
    return _in_hemisphere(stated, hemisphere)


def _in_hemisphere(stated: Stated, hemisphere: Hemisphere) -> Stated:
    return replace(stated, month=str(season_there(stated.part, hemisphere))) if stated.part else stated


@lru_cache(maxsize=1024)
def _days(year: str, month: str, day: str, part: int) -> tuple[int, int]:
    if part:
        return season_days(part, int(year))
    years, months, days = years_of(year), _numbers(month, 12), _numbers(day, 31)
    return _first_day(years, months, days), _first_day(years[::-1], months[::-1], days[::-1])


def years_of(pattern: str) -> Sequence[int]:
    """The years that the digits allow, in order of time."""
    if "X" not in pattern:
        return [int(pattern)]
    sign, digits = (-1, pattern[1:]) if pattern.startswith("-") else (1, pattern)
    choices = product(*("0123456789" if digit == "X" else digit for digit in digits))
    return sorted(sign * int("".join(chosen)) for chosen in choices)


def edtf_day(number: int) -> str:
    """A day as EDTF writes it: a year of more than four digits stands alone, behind a Y."""
    iso = iso_of(number)
    year = iso[: -len("-12-31")]
    return f"Y{year}" if len(year.lstrip("-")) > 4 else iso


def _numbers(pattern: str, most: int) -> Sequence[int]:
    """The months or days that two digits allow; all when nothing is said."""
    if pattern in ("", "XX"):
        return range(1, most + 1)
    ones = (int(pattern.replace("X", digit, 1)) for digit in "0123456789")
    return sorted({number for number in ones if 1 <= number <= most})


def _first_day(years: Iterable[int], months: Sequence[int], days: Sequence[int]) -> int:
    there = ((y, m, d) for y in years for m in months for d in days if d <= month_length(y, m))
    found = next(there, None)
    if found is None:
        raise ValueError("there is no such day")
    return number_of(*found)


def month_length(year: int, month: int) -> int:
    """In days, in the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def possible_dates(stated: Stated) -> Iterator[Stated]:
    """All that the digits allow, in order of time. Not for parts of years."""
    months = _numbers(stated.month, 12) if stated.month else [0]
    days = _numbers(stated.day, 31) if stated.day else [0]
    for year, month, day in product(years_of(stated.year), months, days):
        if not day or day <= month_length(year, month):
            yield Stated(str(year), f"{month:02}" if month else "", f"{day:02}" if day else "")
