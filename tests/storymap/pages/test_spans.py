"""The dates of a chapter are no more exact than those of its events."""

from __future__ import annotations

import pytest

from places.when import iso_span, parse, words
from storymap.pages.strip import span_of
from storymap.story.document import EventDocument
from tests.factories_documents import make_event


def event(date: str, **fields: object) -> EventDocument:
    earliest, latest = iso_span(parse(date)) if date else ("", "")
    return make_event(date or "undated", date=date, earliest=earliest, latest=latest, **fields)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["1996-12-17", "1997-04-22"], "17 December 1996 – 22 April 1997"),
        (["1996-12-17", "1997-04"], "17 December 1996"),  # a month counts where no day is known
        (["1996-12", "1997-04"], "December 1996 – April 1997"),
        (["1996-12", "1996-12-05/1996-12-31"], "5–31 December 1996"),
        (["1915-24"], "winter 1915"),
        (["1915-24", "1917"], "winter 1915 – 1917"),
        (["185X"], "the 1850s"),
        (["185X", "18XX"], "the 19th century"),
        (["1914-39~"], "late 1914"),
        (["[1996,1997]"], "1996 or 1997"),
        (["[1996,1997]", "1999"], "1996 – 1999"),
        (["[..1849-12-31]"], "before 1850"),
        (["[..1849-12-31]", "1860"], "until 1860"),
        (["1860", "[1870..]"], "1860 – 1870"),
        (["1997-10/.."], "since October 1997"),
        (["1996-12", "1997-10/.."], "December 1996 – October 1997"),
        (["-0043-03-15", "0014-08-19"], "15 March 44 BC – 19 August 14 AD"),
        (["0850", "-0043"], "44 BC – 850 AD"),
        (["Y-12000", "-0043"], "12001 BC – 44 BC"),
        (["", ""], ""),
    ],
)
def test_a_span_is_told_as_its_ends_are(dates: list[str], said: str) -> None:
    written = span_of([event(date) for date in dates]).written
    assert (words(written, "en") if written else "") == said


def test_the_first_day_before_christ_is_the_first() -> None:
    span = span_of([event("1996-12-17"), event("-0043-03-15"), event("-0099-01-01")])
    assert (span.first, span.last) == ("-0099-01-01", "1996-12-17")
