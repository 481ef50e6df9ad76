"""Hosts that may hold a story's embed, as an editor types them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from storymap.models.story import MOST, hosts_of, validate_hosts

GOOD = [
    *("news.example.org", "*.example.org", "https://example.org", "http://localhost:8080", "example.org:*"),
    *("HTTPS://News.Example.org/", "xn--bcher-kva.example", "a.b.c.d.example", "127.0.0.1"),
]
BAD = [
    *(
        "*",
        "'none'",
        "'self'",
        "https:",
        "https://example.org/path",
        "example.org; script-src *",
        "a b",
        "a,b",
        "//a.org",
    ),
    *("ftp://example.org", "exa_mple.org", "-a.org", "a-.org", "*.*.org", "a.*.org", "bücher.example", "a..b", ".org"),
    *("example.org:port", "example.org:999999", "me@example.org", "data:", "blob:", "[::1]", "<b>"),
]


@pytest.mark.parametrize("line", GOOD)
def test_a_host_is_taken_as_a_policy_names_it(line: str) -> None:
    validate_hosts(line)
    assert hosts_of(line) == (line.lower().removesuffix("/"),)


@pytest.mark.parametrize("line", BAD)
def test_what_is_no_host_is_refused_and_never_part_of_a_policy(line: str) -> None:
    with pytest.raises(ValidationError):
        validate_hosts(f"example.org\n{line}")
    assert hosts_of(f"example.org\n{line}") == ("example.org",)


def test_lines_may_be_empty_and_no_host_is_said_twice() -> None:
    assert hosts_of("\n b.org \r\n\r\na.org\nB.org/\n") == ("b.org", "a.org")
    validate_hosts("\n\n")


def test_there_is_an_end_to_them() -> None:
    validate_hosts("\n".join(f"h{n}.org" for n in range(MOST)))
    with pytest.raises(ValidationError):
        validate_hosts("\n".join(f"h{n}.org" for n in range(MOST + 1)))
