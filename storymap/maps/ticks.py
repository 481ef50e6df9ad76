"""The ticks under a stretch of the timeline, never too close to be read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storymap.maps.calendar import iso_of, iso_year, month_start, parts_of, unit_of

ROOM = {"day": 8.0, "month": 9.0, "year": 6.0}  # per cent of the strip that a label needs
DAYS = (1, 2, 7, 14)
MONTHS = (1, 2, 3, 6, 12)
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)

PARTS_AFTER = {"day": 0, "month": 1, "year": 2}  # of an ISO date, to leave away in a label


@dataclass(frozen=True)
class Tick:
    at: float
    label_iso: str  # "1997-04-22", "1997-04" or "1997"
    kind: str  # "day", "month" or "year": what the label says


def ticks_of(
    first: int, last: int, width: float, at: Callable[[int], float], *, counted: bool
) -> tuple[str, tuple[Tick, ...]]:
    """The unit of the stretch from day `first` to `last`, `width` per cent wide, and its ticks in order."""
    unit = unit_of(last - first)
    found = list(_UNITS[unit](first, last, width / ROOM[unit]))
    if not found:  # a narrow stretch without a round number in it says at least where it begins
        found = [(first, iso_of(first).rsplit("-", PARTS_AFTER[unit])[0])]
    ticks = tuple(Tick(at(day), label, unit) for day, label in found)
    return ("day" if counted else unit), ticks


def _days(first: int, last: int, most: float) -> Iterator[tuple[int, str]]:
    step = _step(DAYS, last - first + 1, most)
    for day in range(first, last + 1, step):
        yield day, iso_of(day)


def _months(first: int, last: int, most: float) -> Iterator[tuple[int, str]]:
    year, month, _ = parts_of(first)
    final_year, final_month, _ = parts_of(last)
    count = 12 * (final_year - year) + final_month - month + 1
    step = _step(MONTHS, count, most)
    for index in range(count):
        day = month_start(year, month + index)
        label_year, label_month, _ = parts_of(day)
        if day >= first and (label_month - 1) % step == 0:
            yield day, f"{iso_year(label_year)}-{label_month:02}"


def _years(first: int, last: int, most: float) -> Iterator[tuple[int, str]]:
    start, end = parts_of(first)[0], parts_of(last)[0]
    step = _step(YEARS, end - start + 1, most)
    for year in range(-(-start // step) * step, end + 1, step):
        day = month_start(year, 1)
        if day >= first:
            yield day, iso_year(year)


def _step(steps: tuple[int, ...], count: int, most: float) -> int:
    return next((step for step in steps if count / step <= most), steps[-1])


_UNITS = {"day": _days, "month": _months, "year": _years}
