"""An index over where things are and when: computed once for an edition, asked by bisection.

Spans are sorted by where they begin, with the farthest end so far beside them. Both columns grow, so two bisections
leave only the stretch in which an answer can be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf

from storymap.maps.geometries import Box

Days = tuple[int | None, int | None]  # numbers of the first and the last; None where open


class Spans:
    """Closed spans of a line, each with a number."""

    def __init__(self, spans: Iterable[tuple[float, float, int]]) -> None:
        self.spans = sorted(spans)
        self.lows = [low for low, _high, _number in self.spans]
        self.reach = list(accumulate((high for _low, high, _number in self.spans), max))

    def meeting(self, low: float, high: float) -> set[int]:
        """The numbers of those that have a point in common with the span."""
        end = bisect_right(self.lows, high)
        start = bisect_left(self.reach, low, 0, end)
        return {number for _low, reached, number in self.spans[start:end] if reached >= low}


class Finder:
    """Of things numbered from 0: the boxes that hold each, and its days; None for what has no date."""

    def __init__(self, boxes: Sequence[Sequence[Box]], days: Sequence[Days | None]) -> None:
        self.boxes = [(number, box) for number, held in enumerate(boxes) for box in held]
        self.across = Spans((box[0], box[2], entry) for entry, (_number, box) in enumerate(self.boxes))
        ranges = ((*_reach(*span), number) for number, span in enumerate(days) if span)
        self.through_time = Spans(ranges)

    def within(self, asked: Iterable[Box]) -> set[int]:
        """What has a box that meets one of those asked for."""
        numbers: set[int] = set()
        for west, south, east, north in asked:
            for entry in self.across.meeting(west, east):
                number, box = self.boxes[entry]
                if box[1] <= north and box[3] >= south:
                    numbers.add(number)
        return numbers

    def during(self, since: int | None, until: int | None) -> set[int]:
        """What may have happened on one of the days, as far as its date says."""
        return self.through_time.meeting(*_reach(since, until))


def _reach(first: int | None, last: int | None) -> tuple[float, float]:
    return -inf if first is None else first, inf if last is None else last
