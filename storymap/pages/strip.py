"""The timeline as the page shows it: positions from maps.timeline, labels in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from babel.dates import format_skeleton

from places import when
from storymap.document import StoryDocument
from storymap.maps.timeline import Mark, timeline_of


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


SHORT = {"day": "MMMd", "month": "yMMM", "year": "y"}


def strip_of(document: StoryDocument) -> StripView:
    timeline = timeline_of(document)
    return StripView(
        segments=tuple(
            SegmentView(
                start=segment.start,
                width=segment.width,
                counted=bool(timeline.day_zero) and timeline.day_zero <= segment.first <= timeline.day_last,
                ticks=tuple(TickView(t.at, _label(t.label_iso, t.kind, document.language)) for t in segment.ticks),
            )
            for segment in timeline.segments
        ),
        marks=timeline.marks,
        day_zero=timeline.day_zero,
        day_last=timeline.day_last,
    )


def _label(iso: str, kind: str, language: str) -> str:
    day = when.parse(iso).earliest
    return format_skeleton(SHORT[kind], day, locale=when.locale_of(language)) if day else iso
