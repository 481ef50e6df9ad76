"""Every address pattern of the project, and how to fill one in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, get_resolver

_PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """The full pattern of every address, as it is written in the urls.py files; language prefixes count as nothing."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        full = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield full
        else:
            yield from routes(entry.url_patterns, full)


def filled(route: str, values: Mapping[str, object]) -> str:
    """An address that the pattern matches; a value may be a function that makes it.
    Raises KeyError for a part of the pattern that has no value here."""

    def value(match: re.Match[str]) -> str:
        given = values[match[1]]
        return str(given() if callable(given) else given)

    named = route.replace("(.+)", "<object_id>", 1).replace("(.+)", "<language_code>", 1)  # as parler writes them
    plain = _PLACEHOLDER.sub(value, _GROUP.sub(value, named))
    return "/" + plain.replace("^", "").replace("$", "").replace("\\", "")


def is_admin(route: str) -> bool:
    return route.startswith("admin/")
