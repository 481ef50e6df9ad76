"""EDTF dates: spans, day numbers, words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from places.when import DateProblem, EndsBeforeStart, day_number, grammatical_span, parse, words

D = date
OPEN = None


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1996-12-17", D(1996, 12, 17), D(1996, 12, 17)),
        ("1996-12", D(1996, 12, 1), D(1996, 12, 31)),
        ("1996-02", D(1996, 2, 1), D(1996, 2, 29)),
        ("1996", D(1996, 1, 1), D(1996, 12, 31)),
        ("1996~", D(1996, 1, 1), D(1996, 12, 31)),
        ("1997-04-22?", D(1997, 4, 22), D(1997, 4, 22)),
        ("1997-04%", D(1997, 4, 1), D(1997, 4, 30)),
        ("1996-12-17/1997-04-22", D(1996, 12, 17), D(1997, 4, 22)),
        ("1997-01~/1997-02~", D(1997, 1, 1), D(1997, 2, 28)),
        ("1997/1997-04-22", D(1997, 1, 1), D(1997, 4, 22)),
        ("1997-10/..", D(1997, 10, 1), OPEN),
        ("../1997-10", OPEN, D(1997, 10, 31)),
        ("1997-10/", D(1997, 10, 1), OPEN),
        ("/1997-10", OPEN, D(1997, 10, 31)),
        ("../..", OPEN, OPEN),
        ("199X", D(1990, 1, 1), D(1999, 12, 31)),
        ("19XX", D(1900, 1, 1), D(1999, 12, 31)),
        ("1996-12-XX", D(1996, 12, 1), D(1996, 12, 31)),
    ],
)
def test_a_date_covers_its_days(text: str, earliest: date | None, latest: date | None) -> None:
    span = parse(text)
    assert (span.earliest, span.latest) == (earliest, latest)
    assert span.text == text


@pytest.mark.parametrize("text", ["1996~", "1996-12?", "1997-04-22%", "1996-12-17~/1996-12-18"])
def test_a_qualified_date_is_approximate(text: str) -> None:
    assert parse(text).approximate


def test_a_plain_date_is_not_approximate_and_only_a_day_is_one_day() -> None:
    assert not parse("1996-12").approximate
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
    ],
)
def test_nonsense_is_refused_with_an_example_of_what_was_expected(text: str) -> None:
    with pytest.raises(DateProblem, match=r"is not a date\. Write 1996-12-17|ends before it starts"):
        parse(text)


@given(st.text("0123456789-/~?%.XYZ[]{}, TW", max_size=70) | st.text(max_size=70))
def test_any_text_is_a_span_in_order_or_a_date_problem(text: str) -> None:
    try:
        span = parse(text)
    except DateProblem:
        return
    assert span.earliest is None or span.latest is None or span.earliest <= span.latest
    assert words(text, "es")


days = st.dates(D(1000, 1, 1), D(2999, 12, 31))


@given(days, st.integers(0, 4000))
def test_the_bounds_of_an_interval_are_the_outer_bounds_of_its_ends(first: date, length: int) -> None:
    last = min(first + timedelta(length), D(2999, 12, 31))
    span = parse(f"{first.isoformat()}/{last.isoformat()}")
    assert (span.earliest, span.latest) == (first, last)
    coarse = parse(f"{first:%Y-%m}/{last:%Y-%m}")
    assert coarse.earliest is not None and coarse.earliest <= first
    assert coarse.latest is not None and coarse.latest >= last


_MONTHS = ("", "-00", "-01", "-02", "-12", "-13", "-21")
_DAYS = ("-02-00", "-02-28", "-02-29", "-02-30", "-04-31", "-12-31", "-12-32")
simple = st.builds(
    "{:04}{}{}".format,
    st.integers(0, 9999),
    st.sampled_from([*_MONTHS, *_DAYS]),
    st.sampled_from(["", "~", "?", "%"]),
)


@given(st.lists(simple, min_size=1, max_size=2))
def test_a_date_read_without_the_grammar_covers_what_the_grammar_says(ends: list[str]) -> None:
    text = "/".join(ends)
    try:
        expected = grammatical_span(text)
    except ValueError:
        expected = None
    try:
        span = parse(text)
    except EndsBeforeStart:
        assert expected and expected[0] and expected[1] and expected[0] > expected[1]
    except DateProblem:
        assert expected is None
    else:
        assert (span.earliest, span.latest) == expected


@pytest.mark.parametrize(
    ("day", "number"),
    [(D(1996, 12, 17), 0), (D(1996, 12, 18), 1), (D(1997, 1, 1), 15), (D(1997, 4, 22), 126), (D(1996, 12, 16), -1)],
)
def test_days_are_counted_from_the_seventeenth_of_december(day: date, number: int) -> None:
    assert day_number(day, D(1996, 12, 17)) == number


@pytest.mark.parametrize(
    ("text", "english", "spanish", "japanese"),
    [
        ("1996-12-17", "17 December 1996", "17 de diciembre de 1996", "1996年12月17日"),
        ("1996-12", "December 1996", "diciembre de 1996", "1996年12月"),
        ("1996", "1996", "1996", "1996年"),
        ("1996-12-17/1996-12-18", "17–18 December 1996", "17–18 de diciembre de 1996", "1996年12月17日～18日"),
        (
            "1996-12/1997-01",
            "December 1996 – January 1997",
            "diciembre de 1996 – enero de 1997",
            "1996年12月～1997年1月",
        ),
        ("1996-12-17/1996-12-17", "17 December 1996", "17 de diciembre de 1996", "1996年12月17日"),
        ("2006/2011", "2006 – 2011", "2006 – 2011", "2006年 – 2011年"),
        ("199X", "199X", "199X", "199X"),
        ("1997-21", "Spring 1997", "primavera de 1997", "1997年春"),
        ("1997-22", "Summer 1997", "verano de 1997", "1997年夏"),
        ("1997-23", "Autumn 1997", "otoño de 1997", "1997年秋"),
        ("1997-24", "Winter 1997", "invierno de 1997", "1997年冬"),
        ("1997-21/1997-23", "Spring 1997 – Autumn 1997", "primavera de 1997 – otoño de 1997", "1997年春 – 1997年秋"),
        (
            "1996-12/1997-21",
            "December 1996 – Spring 1997",
            "diciembre de 1996 – primavera de 1997",
            "1996年12月 – 1997年春",
        ),
        (
            "1997-29",
            "Spring 1997 (Southern Hemisphere)",
            "primavera de 1997 (hemisferio sur)",
            "1997年春（南半球）",
        ),
        (
            "1997-28",
            "Winter 1997 (Northern Hemisphere)",
            "invierno de 1997 (hemisferio norte)",
            "1997年冬（北半球）",
        ),
        ("1997-33", "1st quarter 1997", "1.er trimestre de 1997", "1997年第1四半期"),
        ("1997-38", "May – August 1997", "mayo–agosto de 1997", "1997年5月～8月"),
        ("1997-41", "July – December 1997", "julio–diciembre de 1997", "1997年7月～12月"),
    ],
)
def test_a_date_is_written_as_in_the_readers_language(text: str, english: str, spanish: str, japanese: str) -> None:
    assert [words(text, language) for language in ("en", "es", "ja")] == [english, spanish, japanese]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("1996~", "about 1996"),
        ("1997-04-22?", "about 22 April 1997"),
        ("1997~/1997-04-22", "about 1997 – 22 April 1997"),
        ("1997-10/..", "since October 1997"),
        ("../1997-10-05", "until 5 October 1997"),
        ("1997~/..", "since about 1997"),
        ("../..", "date unknown"),
        ("1997-10/", "since October 1997"),
        ("../1997-10?", "until about October 1997"),
        ("1997-21/..", "since Spring 1997"),
        ("1997-21~/1997-22", "about Spring 1997 – Summer 1997"),
    ],
)
def test_doubt_and_open_ends_are_said(text: str, english: str) -> None:
    assert words(text, "en") == english


@pytest.mark.parametrize("language", ["xx-nonsense", "tlh", "../etc"])
def test_a_language_that_nobody_knows_reads_english(language: str) -> None:
    assert words("1996-12-17", language).endswith("1996")
