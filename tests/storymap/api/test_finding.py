"""The index finds what a look at each thing finds."""

from __future__ import annotations

from math import inf

from hypothesis import given, strategies as st

from storymap.api.features import Box, Days, Finder, Spans
from storymap.api.parameters import READERS

numbers = st.integers(-6, 6).map(float) | st.floats(-1e6, 1e6)
spans = st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair)))
grid = st.integers(-18, 18).map(lambda n: n * 10.0)  # edges meet often
lngs, lats = grid | st.floats(-180, 180), st.integers(-9, 9).map(lambda n: n * 10.0)
dates = st.integers(-16, 16) | st.none()  # the days around 1970-01-01, number 0


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    west, east = sorted((draw(lngs), draw(lngs)))
    south, north = sorted((draw(lats), draw(lats)))
    return west, south, east, north


@st.composite
def days(draw: st.DrawFn) -> Days | None:
    if draw(st.integers(0, 5)) == 0:
        return None
    first, last = draw(dates), draw(dates)
    return (last, first) if first is not None and last is not None and first > last else (first, last)


@given(st.lists(spans, max_size=30), spans)
def test_spans_that_meet(held: list[tuple[float, float]], asked: tuple[float, float]) -> None:
    found = Spans((low, high, number) for number, (low, high) in enumerate(held)).meeting(*asked)
    assert found == {n for n, (low, high) in enumerate(held) if low <= asked[1] and high >= asked[0]}


def meets(held: Box, west: float, south: float, east: float, north: float) -> bool:
    """By hand, all round the globe: the meridians -180 and 180 are one."""
    spans = [(held[0], held[2])] + [(s, s) for s in (-180.0, 180.0) if -s in (held[0], held[2])]
    asked = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return held[1] <= north and held[3] >= south and any(a <= d and b >= c for a, b in spans for c, d in asked)


@given(st.lists(st.lists(boxes(), max_size=3), max_size=20), lngs, lngs, boxes())
def test_what_lies_in_a_box(held: list[list[Box]], west: float, east: float, other: Box) -> None:
    _, south, _, north = other
    asked = READERS["bbox"](f"{west!r},{south!r},{east!r},{north!r}")
    found = Finder(held, [None] * len(held)).within(asked)
    assert found == {n for n, parts in enumerate(held) if any(meets(b, west, south, east, north) for b in parts)}


@given(st.lists(days(), max_size=30), dates, dates)
def test_what_may_have_happened_meanwhile(held: list[Days | None], since: int | None, until: int | None) -> None:
    """Open ends reach everywhere; what has no date is never found by one."""
    found = Finder([[]] * len(held), held).during(since, until)

    def reach(first: int | None, last: int | None) -> tuple[float, float]:
        return -inf if first is None else first, inf if last is None else last

    low, high = reach(since, until)
    wanted = {n for n, d in enumerate(held) if d and reach(*d)[0] <= high and reach(*d)[1] >= low}
    assert low > high or found == wanted
