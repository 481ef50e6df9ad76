"""The same page in the other languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str  # in its own language
    url: str
    current: bool


def language_links(codes: Iterable[str], current: str, name: str, *arguments: str) -> tuple[LanguageLink, ...]:
    """The address `name` of urls.py in each language."""
    links = []
    for code in codes:
        with translation.override(code):
            links.append(LanguageLink(code, _own_name(code), reverse(name, args=arguments), code == current))
    return tuple(links)


def _own_name(code: str) -> str:
    return translation.get_language_info(code)["name_local"].capitalize()
