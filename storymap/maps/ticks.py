"""The ticks under a stretch of the timeline, never too close to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from places.dates.days import month_start, parts_of, unit_of

ROOM = {"day": 8.0, "month": 9.0, "year": 6.0}  # per cent of the strip that a label needs
ROOM_WITH_ERA = 9.0
DAYS = (1, 2, 7, 14)
MONTHS = (1, 2, 3, 6, 12)


@dataclass(frozen=True)
class Tick:
    at: float
    day: int  # number of places.dates.days: the first of what the label names
    kind: str  # "date", "day", "month" or "year": what the label says; a lone day says its year
    era: bool = False  # also a year after Christ says so, beside years before


def ticks_of(
    first: int, last: int, width: float, at: Callable[[int], float], *, counted: bool
) -> tuple[str, tuple[Tick, ...]]:
    """The unit of the stretch from day `first` to `last`, `width` per cent wide, and its ticks in order."""
    unit = unit_of(last - first)
    is_old = parts_of(first)[0] < 1
    room = ROOM_WITH_ERA if is_old and unit == "year" else ROOM[unit]
    days = list(_UNITS[unit](first, last, width / room))
    if not days:  # a narrow stretch without a round number in it says at least where it begins
        days = [first]
    kind = "date" if unit == "day" and len(days) == 1 else unit
    ticks = tuple(Tick(at(day), day, kind, era=is_old and 0 < parts_of(day)[0] < 1000) for day in days)
    return ("day" if counted else unit), ticks


def _days(first: int, last: int, most: float) -> Iterator[int]:
    yield from range(first, last + 1, _step(DAYS, last - first + 1, most))


def _months(first: int, last: int, most: float) -> Iterator[int]:
    year, month, _ = parts_of(first)
    final_year, final_month, _ = parts_of(last)
    count = 12 * (final_year - year) + final_month - month + 1
    step = _step(MONTHS, count, most)
    for index in range(count):
        day = month_start(year, month + index)
        if day >= first and (parts_of(day)[1] - 1) % step == 0:
            yield day


def _years(first: int, last: int, most: float) -> Iterator[int]:
    """Round years as people count them: 100 BC is the year -99, and between 100 BC and 100 stands the year 1."""
    start, end = parts_of(first)[0], parts_of(last)[0]
    step = _round_step((end - start + 1) / most)
    rounded = range(-(-start // step) * step, end + step + 1, step)
    years = sorted({year + 1 if year <= 0 else year for year in rounded} | ({1} if start < 1 <= end else set()))
    for year in years:
        day = month_start(year, 1)
        if first <= day <= last:
            yield day


def _round_step(years: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 and so on."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step >= years:
                return step
        size *= 10


def _step(steps: tuple[int, ...], count: int, most: float) -> int:
    return next((step for step in steps if count / step <= most), steps[-1])


_UNITS = {"day": _days, "month": _months, "year": _years}
