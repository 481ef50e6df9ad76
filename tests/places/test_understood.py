"""What was understood of a typed date is told back."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from places.typed_dates import understand
from places.understood import as_understood
from places.when import DateProblem


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("22 April 1997", "22 April 1997"),
        ("22 April 1997 15:23", "22 April 1997, 15:23"),
        ("about January 1997", "about January 1997, between 1996-12 and 1997-02"),
        ("about 1997", "about 1997, between 1996 and 1998"),
        ("about 1 January 1997", "about 1 January 1997, between 1996-12-31 and 1997-01-02"),
        ("January 1997", "January 1997, between 1997-01-01 and 1997-01-31"),
        ("1996-12/1997-01~", "about December 1996 – January 1997, between 1996-12-01 and 1997-02"),
        ("from 18 to 22 December 1996", "18–22 December 1996"),
        ("since 1997", "since 1997"),
    ],
)
def test_the_words_and_the_days_that_are_meant(typed: str, told: str) -> None:
    assert as_understood(understand(typed), "en") == told


@given(st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/([0-9]{4}(-[0-9]{2}){0,2}[~?%]?|\.\.)?)?", fullmatch=True))
def test_whatever_is_a_date_can_be_told(text: str) -> None:
    try:
        understood = understand(text)
    except DateProblem:
        return
    assert as_understood(understood, "en")


@pytest.mark.parametrize("typed", ["yesterday", "03/04/1997", "1997/1996", "1997 15:23"])
def test_what_is_wrong_with_a_date_is_said_in_the_editors_language(typed: str) -> None:
    said = []
    for language in ("en", "es", "ja"):
        with override(language), pytest.raises(DateProblem) as problem:
            understand(typed)
        said.append(str(problem.value))
    assert len(set(said)) == 3
