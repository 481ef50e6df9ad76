"""Dates as people type them: understood, or refused with what to write instead."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, strategies as st

from places.typed_dates import understand
from places.when import DateProblem, parse, words


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("17 December 1996", "1996-12-17"),
        ("17 de diciembre de 1996", "1996-12-17"),
        ("1996年12月17日", "1996-12-17"),
        ("Dec 17, 1996", "1996-12-17"),
        ("17.12.1996", "1996-12-17"),
        ("12/17/1996", "1996-12-17"),
        ("04/04/1997", "1997-04-04"),
        ("1997/4/22", "1997-04-22"),
        ("about January 1997", "1997-01~"),
        ("hacia enero de 1997", "1997-01~"),
        ("enero de 1997 (aprox.)", "1997-01~"),
        ("1997年1月ごろ", "1997-01~"),
        ("between 18 and 22 December 1996", "1996-12-18/1996-12-22"),
        ("entre el 18 y el 22 de diciembre de 1996", "1996-12-18/1996-12-22"),
        ("from 18 December 1996 to 22 April 1997", "1996-12-18/1997-04-22"),
        ("del 18 de diciembre de 1996 al 22 de abril de 1997", "1996-12-18/1997-04-22"),
        ("1996年12月18日から22日まで", "1996-12-18/1996-12-22"),
        ("since 1997", "1997/.."),
        ("desde enero de 1997", "1997-01/.."),
        ("until March 1997", "../1997-03"),
        ("1997年3月まで", "../1997-03"),
        ("1990s", "199X"),
        ("1990年代", "199X"),
        ("spring 1997", "1997-21"),
        ("c. 1996", "1996~"),
        ("setiembre de 1996", "1996-09"),
        (" 1996-12-17/.. ", "1996-12-17/.."),
    ],
)
def test_what_people_type_is_understood(typed: str, edtf: str) -> None:
    assert understand(typed).edtf == edtf
    assert understand(typed).time is None


@pytest.mark.parametrize(
    "typed",
    [
        "22 April 1997 15:23",
        "22 April 1997, 3:23 pm",
        "22 de abril de 1997 a las 15:23",
        "1997年4月22日15時23分",
        "1997-04-22 15:23",
    ],
)
def test_a_day_may_carry_its_time(typed: str) -> None:
    assert (understand(typed).edtf, understand(typed).time) == ("1997-04-22", time(15, 23))


def test_two_readings_are_both_named_and_none_is_guessed() -> None:
    with pytest.raises(DateProblem, match=r"1997-04-03 .*1997-03-04"):
        understand("03/04/1997")


@pytest.mark.parametrize(
    "typed", ["", "soon", "31 February 1997", "April 1997 15:23", "22 April 1997 25:00", "17 December", "1" * 500]
)
def test_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(DateProblem, match="22 April 1997"):
        understand(typed)


def test_a_span_that_ends_before_it_starts_says_so() -> None:
    with pytest.raises(DateProblem, match="ends before"):
        understand("from 18 December to 22 April 1997")


PIECES = ["about", "17", "december", "1997", "de", "abril", "年", "4", "月", "日", "から", "to", "–", "~", "15:23", "/"]


@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_whatever_is_typed_gives_a_date_or_a_problem(typed: str) -> None:
    try:
        understood = understand(typed)
    except DateProblem:
        return
    assert parse(understood.edtf).text == understood.edtf


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["{}", "{}~", "{}/..", "../{}"]),
    st.sampled_from(["en", "es", "ja"]),
)
def test_a_date_shown_in_words_is_understood_again(day: date, length: int, form: str, language: str) -> None:
    edtf = form.format(day.isoformat()[:length])
    assert understand(words(edtf, language)).edtf == edtf


@pytest.mark.parametrize("language", ["en", "es", "ja"])
@pytest.mark.parametrize("edtf", ["1996-12-17/1996-12-22", "1996-12-17/1997-04-22", "1996-12/1997-04"])
def test_a_span_shown_in_words_is_understood_again(edtf: str, language: str) -> None:
    assert understand(words(edtf, language)).edtf == edtf
