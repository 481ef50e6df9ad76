"""From when to when a number of events are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.document import EventDocument

EXACT = len("1996-12-17")
PLAIN = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?[~?%]?")  # no season, no decade


@dataclass(frozen=True)
class Span:
    """First and last day, ISO; empty when nothing is dated. `written` (EDTF) is no more exact than the dates are."""

    first: str
    last: str
    written: str


def span_of(events: Sequence[EventDocument]) -> Span:
    counted = _counted(events)
    days = [day for e in counted for day in (e.earliest, e.latest) if day]
    if not days:
        return Span("", "", "")
    return Span(min(days), max(days), _as_written(counted, min(days), max(days)))


def _counted(events: Sequence[EventDocument]) -> Sequence[EventDocument]:
    """What is dated roughly, or known only later, counts when nothing else is there."""
    exact = [
        e for e in events if e.earliest and e.latest and not e.later and len(e.date) >= EXACT and "~" not in e.date
    ]
    return exact or events


def _as_written(events: Sequence[EventDocument], first: str, last: str) -> str:
    """A month stays a month."""
    starts = [e.date.split("/")[0] for e in events if e.earliest == first]
    ends = [e.date.split("/")[-1] for e in events if e.latest == last]
    start = max(filter(PLAIN.fullmatch, starts), key=len, default=first)
    end = max(filter(PLAIN.fullmatch, ends), key=len, default=last)
    return start if start == end else f"{start}/{end}"
