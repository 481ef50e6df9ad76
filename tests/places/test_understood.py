"""What was understood of a typed date is told back."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from places.dates.seasons import Hemisphere
from places.typed_dates import as_understood, understand
from places.when import DateProblem
from tests.places.edtf_texts import texts


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("22 April 1997", "22 April 1997"),
        ("22 April 1997 15:23", "22 April 1997, 15:23"),
        ("about January 1997", "about January 1997, between December 1996 and February 1997"),
        ("about 1997", "about 1997, between 1996 and 1998"),
        ("about 1 January 1997", "about 1 January 1997, between 31 December 1996 and 2 January 1997"),
        ("January 1997", "January 1997, between 1 January 1997 and 31 January 1997"),
        (
            "1996-12/1997-01~",
            "December 1996 – about January 1997, between 1 December 1996 and February 1997",
        ),
        ("about 44 BC", "about 44 BC, between 45 BC and 43 BC"),
        ("about 12000 BC", "about 12000 BC, between 12001 BC and 11999 BC"),
        ("winter 1915", "winter 1915"),
        ("before 1850", "before 1850"),
        ("1996 or 1997", "1996 or 1997"),
        ("n.d.", "no date"),
        ("from 18 to 22 December 1996", "18–22 December 1996"),
        ("since 1997", "since 1997"),
    ],
)
def test_the_words_and_the_days_that_are_meant(typed: str, told: str) -> None:
    assert as_understood(understand(typed), "en") == told


@pytest.mark.parametrize(
    ("hemisphere", "told"),
    [
        ("south", "winter 1915, between 1 June 1915 and 23 September 1915"),
        ("north", "winter 1915, between 1 December 1914 and 21 March 1916"),
    ],
)
def test_a_season_is_told_with_the_days_of_its_hemisphere(hemisphere: Hemisphere, told: str) -> None:
    assert as_understood(understand("winter 1915"), "en", hemisphere) == told


@given(
    st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/([0-9]{4}(-[0-9]{2}){0,2}[~?%]?|\.\.)?)?", fullmatch=True) | texts
)
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
