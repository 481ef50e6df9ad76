"""EDTF dates: the days they cover, in order of time."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, strategies as st

from places.dates.seasons import Hemisphere, hemisphere_at
from places.when import DateProblem, EndsBeforeStart, iso_ends, iso_span, parse, words
from tests.places.edtf_texts import texts


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1996-12-17", "1996-12-17", "1996-12-17"),
        ("1996-12", "1996-12-01", "1996-12-31"),
        ("1996-02", "1996-02-01", "1996-02-29"),
        ("1996", "1996-01-01", "1996-12-31"),
        ("1996~", "1996-01-01", "1996-12-31"),
        ("1997-04-22?", "1997-04-22", "1997-04-22"),
        ("1997-04%", "1997-04-01", "1997-04-30"),
        ("1996-12-17T20:20:00Z", "1996-12-17", "1996-12-17"),
        ("1996-12-17/1997-04-22", "1996-12-17", "1997-04-22"),
        ("1997-01~/1997-02~", "1997-01-01", "1997-02-28"),
        ("1997/1997-04-22", "1997-01-01", "1997-04-22"),
        ("1997-10/..", "1997-10-01", ""),
        ("../1997-10", "", "1997-10-31"),
        ("1997-10/", "1997-10-01", ""),
        ("/1997-10", "", "1997-10-31"),
        ("../..", "", ""),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("1XXX", "1000-01-01", "1999-12-31"),
        ("1996-12-XX", "1996-12-01", "1996-12-31"),
        ("1996-02-3X/1997", "", None),
        ("1996-1X", "1996-10-01", "1996-12-31"),
        ("199X-02-29", "1992-02-29", "1996-02-29"),
        ("[1996,1997]", "1996-01-01", "1997-12-31"),
        ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31"),
        ("[..1850]", "", "1850-12-31"),
        ("[1850-12..]", "1850-12-01", ""),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("0850", "0850-01-01", "0850-12-31"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15"),
        ("-0043/0014", "-0043-01-01", "0014-12-31"),
        ("-01XX", "-0199-01-01", "-0100-12-31"),
        ("0000-02-29", "0000-02-29", "0000-02-29"),
        ("Y-12000", "-12000-01-01", "-12000-12-31"),
        ("1915-33", "1915-01-01", "1915-03-31"),
        ("1915-38", "1915-05-01", "1915-08-31"),
        ("1915-41", "1915-07-01", "1915-12-31"),
    ],
)
def test_a_date_covers_its_days(text: str, earliest: str, latest: str | None) -> None:
    if latest is None:
        with pytest.raises(DateProblem):
            parse(text)
    else:
        assert iso_span(parse(text)) == (earliest, latest)
        assert parse(text).text == text


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1915-24", "1915-01-01", "1915-12-31"),
        ("1915-22", "1915-01-01", "1915-12-31"),
        ("1915-21", "1915-01-01", "1915-12-31"),
        ("1915-28", "1914-12-01", "1916-03-21"),  # of either turn of the year
        ("1915-32", "1915-06-01", "1915-09-23"),
        ("1915-29", "1915-09-01", "1915-12-22"),
        ("1915-25", "1915-03-01", "1915-06-21"),
    ],
)
def test_a_season_is_somewhere_in_its_year_unless_it_says_its_hemisphere(text: str, earliest: str, latest: str) -> None:
    assert iso_span(parse(text)) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "hemisphere", "earliest", "latest"),
    [
        ("1915-24", "south", "1915-06-01", "1915-09-23"),
        ("1915-24", "north", "1914-12-01", "1916-03-21"),
        ("1915-22~", "north", "1915-06-01", "1915-09-23"),
        ("1915-28", "south", "1914-12-01", "1916-03-21"),  # what is said counts
        ("1915-21/1915-24", "south", "1915-09-01", "1915-09-23"),
        ("[1915-21,1915-23]", "north", "1915-03-01", "1915-12-22"),
        ("1915-23/1915-21", "north", "1915-01-01", "1915-12-31"),  # backwards there: nothing more is known
        ("1915-33", "south", "1915-01-01", "1915-03-31"),
        ("1915-06", "south", "1915-06-01", "1915-06-30"),
    ],
)
def test_where_a_place_is_known_its_hemisphere_says_when_a_season_is(
    text: str, hemisphere: Hemisphere, earliest: str, latest: str
) -> None:
    assert iso_span(parse(text, hemisphere)) == (earliest, latest)
    assert parse(text, hemisphere).stated == parse(text).stated


@pytest.mark.parametrize(
    ("latitude", "radius", "hemisphere"),
    [
        (-12.05, 10_000, "south"),  # Lima
        (51.5, 0, "north"),  # London
        (-0.18, 0, ""),  # Quito
        (6.2, 0, ""),  # Medellín
        (-10.8, 2_000_000, ""),  # somewhere in Brazil
        (40, 5_000_000, ""),
    ],
)
def test_near_the_equator_a_season_says_nothing_of_the_month(
    latitude: float, radius: float, hemisphere: Hemisphere
) -> None:
    assert hemisphere_at(latitude, radius) == hemisphere


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1996-12-17", "1996-12-17", "1996-12-17"),
        ("1996-12", "1996-12", "1996-12"),
        ("1915-24", "1915", "1915"),  # never a month, let alone a day
        ("1915-38", "1915-05", "1915-08"),
        ("185X", "1850", "1859"),
        ("1996-12-XX", "1996-12", "1996-12"),
        ("1996-XX-17", "1996", "1996"),
        ("1996-12/1997-04-22", "1996-12", "1997-04-22"),
        ("1997-10/..", "1997-10", ""),
        ("[1996,1998-05]", "1996", "1998-05"),
        ("[..1849-12-31]", "", "1849-12-31"),
        ("-0043", "-0043", "-0043"),
        ("../..", "", ""),
    ],
)
def test_other_programs_are_told_no_more_than_is_known(text: str, start: str, end: str) -> None:
    assert iso_ends(parse(text)) == (start, end)


@pytest.mark.parametrize("text", ["1996~", "1996-12?", "1997-04-22%", "1996-12-17~/1996-12-18", "185X", "[1996,1997]"])
def test_a_doubted_or_incomplete_date_is_approximate(text: str) -> None:
    assert parse(text).is_approximate


def test_a_plain_date_is_not_approximate_and_only_a_day_is_one_day() -> None:
    assert not parse("1996-12").is_approximate
    assert not parse("1996-12").is_one_day
    assert parse("1996-12-17").is_one_day
    assert parse("1996-12-17/1996-12-17").is_one_day
    assert parse("1997-10/..").is_open
    assert not parse("1996").is_open


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "yesterday", "17 December 1996", "17/12/1996", "1996-13", "1996-02-30", "1996-00", "96", "/"),
        *("1997-04-22/1996-12-17", "19961217", "1996-W51-2", "1996-W51", "1996-12-17T20:20", "1996-12-17 ", "１９９６"),
        *("/..", "../", "1996-12-17\x00", "1996~" + " " * 80, "X" * 61, "-" * 60, "[" * 60, "1996/1997/1998"),
        *("Y1E99999999999", "Y-17E9999999", "y170000002"),  # numbers that would take all of a machine's memory
        *("[1996]", "[]", "[1996,]", "[1996", "{1996]", "[1996..,1997]", "[1997,..1996]", "[1997..1996]", "-0000"),
        *("1950S2", "Y1E7", "Y12000-03", "1996-42", "1996-20", "185X-21", "1996-21-05", "850", "-43"),
    ],
)
def test_nonsense_is_refused_with_an_example_of_what_was_expected(text: str) -> None:
    with pytest.raises(DateProblem, match=r"is not a date\. Write 1996-12-17|ends before it starts"):
        parse(text)


@given(st.text("0123456789-/~?%.XYZ[]{}, TW", max_size=70) | st.text(max_size=70) | texts)
def test_any_text_is_a_span_in_order_or_a_date_problem(text: str) -> None:
    try:
        span = parse(text)
    except DateProblem:
        return
    assert span.earliest is None or span.latest is None or span.earliest <= span.latest
    assert words(text, "es")


days = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@given(days, st.integers(0, 4000))
def test_the_bounds_of_an_interval_are_the_outer_bounds_of_its_ends(first: date, length: int) -> None:
    last = min(first + timedelta(length), date(2999, 12, 31))
    assert iso_span(parse(f"{first}/{last}")) == (first.isoformat(), last.isoformat())
    start, end = iso_span(parse(f"{first:%Y-%m}/{last:%Y-%m}"))
    assert start <= first.isoformat() and end >= last.isoformat()


_MONTHS = ("", "-00", "-01", "-02", "-12", "-13", "-XX", "-1X", "-33", "-41")
_DAYS = ("-02-00", "-02-28", "-04-30", "-12-31", "-02-XX", "-02-2X", "-XX-XX")
simple = st.builds(
    "{:04}{}{}".format,
    st.integers(1, 9999),
    st.sampled_from([*_MONTHS, *_DAYS]),
    st.sampled_from(["", "~", "?", "%"]),
)


@given(st.lists(simple, min_size=1, max_size=2))
def test_a_date_covers_what_the_library_of_edtf_says(ends: list[str]) -> None:
    text = "/".join(ends)
    try:
        there = parse_edtf(text)
        expected = tuple(_iso(moment) for moment in (there.lower_strict(), there.upper_strict()))
    except (EDTFParseException, ValueError, AttributeError, TypeError):  # it fails in many ways, also where it need not
        return
    try:
        assert iso_span(parse(text)) == expected
    except EndsBeforeStart:
        assert expected[0] > expected[1]


def _iso(moment: object) -> str:
    if isinstance(moment, float) and math.isinf(moment):
        return ""
    year, month, day = moment[:3]  # type: ignore[index]
    return f"{year:04}-{month:02}-{day:02}"
