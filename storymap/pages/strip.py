"""The timeline as the page shows it: positions from maps.timeline, labels and spans in the reader’s language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from places import when
from places.dates.days import day_number, iso_of
from places.dates.edtf import Choice, Interval, edtf_day
from places.when import iso_ends, parse
from storymap.maps.timeline import Mark, timeline_of
from storymap.story.document import EventDocument, StoryDocument

PLAIN = re.compile(r"-?[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?[~?%]?")  # no season, no decade


@dataclass(frozen=True)
class Span:
    """First and last day, ISO; empty when nothing is dated. `written` (EDTF) is no more exact than the dates are."""

    first: str
    last: str
    written: str


def span_of(events: Sequence[EventDocument]) -> Span:
    counted = _counted(events)
    days = sorted({day for e in counted for day in (e.earliest, e.latest) if day}, key=day_number)
    if not days:
        return Span("", "", "")
    dates = {event.date for event in counted if event.earliest or event.latest}
    return Span(days[0], days[-1], dates.pop() if len(dates) == 1 else _as_written(counted, days[0], days[-1]))


def _counted(events: Sequence[EventDocument]) -> Sequence[EventDocument]:
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
class StripView:
    segments: tuple[SegmentView, ...]
    marks: tuple[Mark, ...]
    day_zero: str
    day_last: str


def strip_of(document: StoryDocument) -> StripView:
    timeline = timeline_of(document)
    return StripView(
        segments=tuple(
            SegmentView(
                start=segment.start,
                width=segment.width,
                counted=segment.counted,
                ticks=tuple(
                    TickView(tick.at, when.axis_label(tick.day, tick.kind, document.language, era=tick.era))
                    for tick in segment.ticks
                ),
            )
            for segment in timeline.segments
        ),
        marks=timeline.marks,
        day_zero=timeline.day_zero,
        day_last=timeline.day_last,
    )
