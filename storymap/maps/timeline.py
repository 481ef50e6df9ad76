"""When a story or a chapter happens, as a strip: linear scales one after the other with ticks, all in per cent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from places.dates.days import day_number, iso_of, month_start, parts_of, unit_end, unit_of, unit_start
from places.when import parse
from storymap.story.document import ChapterDocument, EventDocument, StoryDocument

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


def _day_ticks(first: int, last: int, most: float) -> Iterator[int]:
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


_UNITS = {"day": _day_ticks, "month": _months, "year": _years}


BREAK = 3.0  # per cent between two segments
DECIMALS = 2  # of a per cent: a tenth of a pixel on a strip of 1,000
COUNTED = 60.0  # per cent for the counted days, when something lies before or after them
SMALLEST = 12.0  # per cent for a segment
MOST_SEGMENTS = 4
LARGE_GAP = 0.25  # of the whole time: a gap from here on is left out of the scale


@dataclass(frozen=True)
class Segment:
    start: float
    width: float
    first: str  # ISO date
    last: str
    ticks: tuple[Tick, ...]
    unit: str  # "day", "month" or "year"
    counted: bool  # the days of the day counter


@dataclass(frozen=True)
class Mark:
    event: str
    chapter: str
    at: float
    width: float  # above 0 for a range, an uncertain or an open time; what has no start begins with the strip
    cell: float  # the same, and for a day the width of that day
    approximate: bool
    comes_from_before: bool  # without a known start, or with one that lies before the strip
    goes_on: bool  # without a known end, or with one that lies after the strip

    @property
    def open(self) -> bool:
        return self.comes_from_before or self.goes_on


@dataclass(frozen=True)
class Timeline:
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class _Span:
    """A stretch of days with its place on the strip."""

    first: int
    last: int
    start: float
    width: float

    def at(self, day: int) -> float:
        share = (day - self.first) / max(1, self.last + 1 - self.first)
        return round(self.start + self.width * min(1.0, max(0.0, share)), DECIMALS)


def timeline_of(document: StoryDocument) -> Timeline:
    """Events without a date are left out; without any date and any count the strip has no segment."""
    return _timeline(document, document.chapters, _count(document))


def timeline_of_chapter(document: StoryDocument, chapter: ChapterDocument) -> Timeline:
    """On a scale of its own, so that a chapter of one day is not a dot between years."""
    return _timeline(document, (chapter,), None)


def _timeline(
    document: StoryDocument, chapters: tuple[ChapterDocument, ...], count: tuple[int, int] | None
) -> Timeline:
    narrated = [(chapter.slug, document.events[moment.event]) for chapter in chapters for moment in chapter.moments]
    dated = [(chapter, event) for chapter, event in narrated if event.earliest or event.latest]
    spans = _spans([_days(event) for _, event in dated], count)
    segments = tuple(_segment(span, counted=count is not None and span.first == count[0]) for span in spans)
    return Timeline(segments, tuple(_mark(chapter, event, spans) for chapter, event in dated))


def _count(document: StoryDocument) -> tuple[int, int] | None:
    """The first and the last of the counted days, if the story counts."""
    if not (document.day_zero and document.day_last):
        return None
    zero, last = day_number(document.day_zero), day_number(document.day_last)
    return (zero, last) if zero <= last else None


def _days(event: EventDocument) -> tuple[int, int]:
    first = day_number(event.earliest or event.latest)
    return first, max(first, day_number(event.latest or event.earliest))


def _spans(days: list[tuple[int, int]], count: tuple[int, int] | None) -> list[_Span]:
    if count is not None:
        return list(_around_count(days, *count))
    return list(_between_gaps(days)) if days else []


def _around_count(days: list[tuple[int, int]], zero: int, last: int) -> Iterator[_Span]:
    """Before, the counted days, after; a side without events takes no room."""
    first, final = min((f for f, _ in days), default=zero), max((e for _, e in days), default=last)
    before, after = first < zero, final > last
    side = (100 - COUNTED - BREAK * (before + after)) / max(1, before + after)
    middle = COUNTED if before or after else 100.0
    # what lies behind is usually little; what follows is usually long
    left, right = (0.6 * side, 1.4 * side) if before and after else (side * before, side * after)
    if before:
        yield _Span(unit_start(first, zero - first), zero - 1, 0.0, left)
    start = left + BREAK * before
    yield _Span(zero, last, start, middle)
    if after:
        yield _Span(last + 1, unit_end(final, final - last), start + middle + BREAK, right)


def _between_gaps(days: list[tuple[int, int]]) -> Iterator[_Span]:
    groups = [_framing(group) for group in _groups(_framing(sorted(days)))]
    room = 100 - BREAK * (len(groups) - 1)
    spare = room - SMALLEST * len(groups)
    total = sum(len(group) for group in groups)
    start = 0.0
    for group in groups:
        first, last = min(f for f, _ in group), max(e for _, e in group)
        width = SMALLEST + spare * len(group) / total
        yield _Span(unit_start(first, last - first), unit_end(last, last - first), start, width)
        start += width + BREAK


def _framing(days: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that set the scale: without the few long ones beside which most would be told in less than a quarter of it.

    “During 1996” runs beyond the strip of a chapter that tells of one day.
    """
    whole = max(e for _, e in days) - days[0][0]
    short = [(first, last) for first, last in days if last - first <= LARGE_GAP * whole]
    if 2 * len(short) <= len(days):
        return days
    told = sum(max(e for _, e in group) - group[0][0] for group in _groups(short))
    return short if told <= LARGE_GAP * whole else days


def _groups(days: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The events, parted at the largest gaps in which nothing happens."""
    whole = max(e for _, e in days) - days[0][0]
    gaps: list[tuple[int, int]] = []  # (length, index of the event after it)
    reached = days[0][1]
    for i, (first, last) in enumerate(days):
        if first - reached > max(31, LARGE_GAP * whole):
            gaps.append((first - reached, i))
        reached = max(reached, last)
    cuts = sorted(i for _, i in sorted(gaps, reverse=True)[: MOST_SEGMENTS - 1])
    return [days[a:b] for a, b in zip([0, *cuts], [*cuts, len(days)], strict=True)]


def _segment(span: _Span, *, counted: bool) -> Segment:
    unit, ticks = ticks_of(span.first, span.last, span.width, span.at, counted=counted)
    start, width = round(span.start, DECIMALS), round(span.width, DECIMALS)
    return Segment(start, width, iso_of(span.first), iso_of(span.last), ticks, unit, counted)


def _mark(chapter: str, event: EventDocument, spans: list[_Span]) -> Mark:
    first, final = _days(event)
    from_before = not event.earliest or first < spans[0].first
    goes_on = not event.latest or final > spans[-1].last
    is_approximate = parse(event.date).is_approximate
    at = 0.0 if from_before else _position(first, spans)
    until = 100.0 if goes_on else _position(final + 1, spans)
    cell = round(max(0.0, until - at), DECIMALS)
    is_day = first == final and not (from_before or goes_on or is_approximate)
    return Mark(event.slug, chapter, at, 0.0 if is_day else cell, cell, is_approximate, from_before, goes_on)


def _position(day: int, spans: list[_Span]) -> float:
    """Per cent of a day; days in a break or beyond the strip stand at the nearest edge before them."""
    reached = spans[0]
    for span in spans:
        if span.first <= day:
            reached = span
    return reached.at(day)
