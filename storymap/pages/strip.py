"""The timeline as the page shows it: positions from maps.timeline, labels and spans in the reader’s language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from places import when
from places.dates.days import day_number, iso_of
from places.dates.edtf import Choice, Interval, edtf_day
from places.when import iso_ends, parse
from storymap.maps.timeline import Mark, Segment, timeline_of, timeline_of_chapter
from storymap.story.document import ChapterDocument, EventDocument, StoryDocument

PLAIN = re.compile(r"-?[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?[~?%]?")  # no season, no decade


@dataclass(frozen=True)
class Span:
    """First and last day, ISO; empty when nothing is dated. `written` (EDTF) is no more exact than the dates are."""

    first: str
    last: str
    written: str


def span_of(events: Sequence[EventDocument]) -> Span:
    counted = _events_that_count(events)
    days = sorted({day for e in counted for day in (e.earliest, e.latest) if day}, key=day_number)
    if not days:
        return Span("", "", "")
    dates = {event.date for event in counted if event.earliest or event.latest}
    return Span(days[0], days[-1], dates.pop() if len(dates) == 1 else _as_written(counted, days[0], days[-1]))


def _events_that_count(events: Sequence[EventDocument]) -> Sequence[EventDocument]:
    """What is dated roughly, or known only later, counts when nothing else is there."""
    exact = [e for e in events if e.earliest and e.latest and not e.later and _is_exact(e.date)]
    return exact or events


def _is_exact(date: str) -> bool:
    """Whether it is a day, or a stretch between days or months."""
    span = parse(date)
    exact = {"day", "month"} if isinstance(span.stated, Interval) else {"day"}
    return not span.is_approximate and {end.precision for end in span.dates} <= exact


def _as_written(events: Sequence[EventDocument], first: str, last: str) -> str:
    """A month stays a month, and a season a season."""
    start = _edge([e for e in events if e.earliest == first], 0) or ".."
    end = _edge([e for e in events if e.latest == last], 1) or _edge([e for e in events if e.earliest == last], 0)
    return start if start == end else f"{start}/{end}"


def _edge(events: Sequence[EventDocument], end: int) -> str:
    """How the events write their start (0) or end (1), as exactly as one of them does."""
    texts = [_end_of(event.date, end) for event in events]
    return max(texts, key=lambda text: (PLAIN.fullmatch(text) is not None, len(text)), default="")


def _end_of(date: str, end: int) -> str:
    """Of several dates only the first or last year or month is shown."""
    span = parse(date)
    if not isinstance(span.stated, Choice):
        return date.split("/")[-end]
    day = (span.earliest, span.latest)[end]
    if day is None:
        return ".."
    return edtf_day(day).removesuffix(iso_of(day)[-len("-12-31") :]) if span.is_open else iso_ends(span)[end]


@dataclass(frozen=True)
class TickView:
    at: float  # per cent of the strip
    label: str


@dataclass(frozen=True)
class SegmentView:
    start: float
    width: float
    counted: bool  # the days of the day counter
    ticks: tuple[TickView, ...]


@dataclass(frozen=True)
class LineView:
    """The dated moments of a chapter in order, as the path of an SVG that is 1000 wide: a stroke for each."""

    chapter: str
    path: str


@dataclass(frozen=True)
class StripView:
    segments: tuple[SegmentView, ...]
    lines: tuple[LineView, ...]


def strip_of(document: StoryDocument) -> StripView:
    timeline = timeline_of(document)
    return StripView(
        segments=tuple(
            SegmentView(segment.start, segment.width, segment.counted, _ticks(segment, document.language))
            for segment in timeline.segments
        ),
        lines=tuple(
            LineView(chapter.slug, "".join(_stroke(mark) for mark in timeline.marks if mark.chapter == chapter.slug))
            for chapter in document.chapters
        ),
    )


def scales_of(document: StoryDocument) -> list[object]:
    """The strip of each chapter, as strip.js draws it."""
    return [_scale(document, chapter) for chapter in document.chapters]


def _ticks(segment: Segment, language: str) -> tuple[TickView, ...]:
    return tuple(TickView(t.at, when.axis_label(t.day, t.kind, language, era=t.era)) for t in segment.ticks)


def _stroke(mark: Mark) -> str:
    return f"M{_thousandths(mark.at)} {f'8h{_thousandths(mark.width) or 1}' if mark.width else '2v12'}"


def _scale(document: StoryDocument, chapter: ChapterDocument) -> list[object]:
    """Segments as [start, width], ticks as [at, label], and for each moment [start, width, what is known of it], or 0.

    All in thousandths of the strip. What is known: 1 a stretch of time, 2 roughly, 4 comes from before, 8 goes on.
    """
    timeline = timeline_of_chapter(document, chapter)
    marks = {mark.event: mark for mark in timeline.marks}
    return [
        [[_thousandths(segment.start), _thousandths(segment.width)] for segment in timeline.segments],
        [[_thousandths(t.at), t.label] for segment in timeline.segments for t in _ticks(segment, document.language)],
        [_numbers_of(marks[moment.event]) if moment.event in marks else 0 for moment in chapter.moments],
    ]


def _numbers_of(mark: Mark) -> list[int]:
    kind = (mark.width > 0) + 2 * mark.approximate + 4 * mark.comes_from_before + 8 * mark.goes_on
    return [_thousandths(mark.at), _thousandths(mark.cell), kind]


def _thousandths(per_cent: float) -> int:
    return round(10 * per_cent)
