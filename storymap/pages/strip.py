"""The timeline as the page shows it: positions from maps.timeline, labels in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from places import when
from storymap.maps.timeline import Mark, timeline_of
from storymap.story.document import StoryDocument


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
