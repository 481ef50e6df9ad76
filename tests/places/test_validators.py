"""Single values that several models check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from places.models.base import (
    validate_edtf,
    validate_local_time,
    validate_plain_text,
    validate_slug,
    validate_time_zone,
)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (validate_edtf, "1996-12-17~/1997"),
        (validate_local_time, "00:00"),
        (validate_local_time, "23:59"),
        (validate_time_zone, "America/Lima"),
        (validate_time_zone, "UTC"),
        (validate_plain_text, "Él dijo “sí” – 日本 😀\n"),
        (validate_plain_text, "{{ 7*7 }}<script>"),
        (validate_slug, "lima-1996-97"),
    ],
)
def test_what_is_right_is_taken(check: Callable[[str], None], value: str) -> None:
    check(value)


@pytest.mark.parametrize(
    ("check", "values"),
    [
        (validate_edtf, ["yesterday", "1996-13"]),
        (
            validate_local_time,
            ["24:00", "8:20", "20.20", "T2020", "2020Z", "20:60", "20:20:00", "20:2a", "٢٠:٢٠", "20:20\n"],
        ),
        (validate_time_zone, ["Lima", "america/lima", "../etc/passwd", "UTC+5"]),
        (validate_plain_text, ["a\x00b", "\ud83d"]),
        (validate_slug, ["Lima", "a_b", "a--b", "-a", "a-", "", "lima\n", "lima/x", "niño"]),
    ],
)
def test_what_is_wrong_is_refused_with_words(check: Callable[[str], None], values: list[str]) -> None:
    for value in values:
        with pytest.raises(ValidationError) as refused:
            check(value)
        assert all(refused.value.messages)
