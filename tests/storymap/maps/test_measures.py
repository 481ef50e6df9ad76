from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from storymap.maps.furniture import angle_words, length_words, nice_angle, nice_length


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "0 m"),
        (60, "60 m"),
        (214, "210 m"),
        (996, "1 km"),
        (1234, "1.2 km"),
        (9_960, "10 km"),
        (15_502_300, "15 502 km"),
    ],
)
def test_lengths_are_written_in_digits_and_units(metres: float, words: str) -> None:
    assert length_words(metres) == words


@given(st.floats(0.001, 1e8))
def test_a_nice_length_fits_and_uses_the_room(most: float) -> None:
    nice = nice_length(most)
    assert nice <= most * 1.000001
    assert nice > most * 0.39


@given(st.floats(0.0001, 30))
def test_a_nice_angle_is_wide_enough(least: float) -> None:
    assert nice_angle(least) >= least * 3600


def test_angles_leave_out_what_is_nought() -> None:
    assert angle_words(0) == "0°"
    assert angle_words(-43_500) == "12°05'"
    assert angle_words(277_395) == "77°03'15\""
