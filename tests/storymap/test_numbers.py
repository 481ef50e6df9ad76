"""What is a number when somebody sends it, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.numbers import OF_A_KEY, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("17", 17), ("007", 7), ("9" * 9, 999_999_999)])
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", "1e3", " 1", "1_0", "²", "٣", "x", "1" * 10, "9" * 5000, None, 3]
)
def test_everything_else_is_none(text: Any) -> None:
    assert whole_number(text) is None


def test_a_key_may_be_longer() -> None:
    assert whole_number("9" * OF_A_KEY, digits=OF_A_KEY) == int("9" * OF_A_KEY)
    assert whole_number("9" * (OF_A_KEY + 1), digits=OF_A_KEY) is None
