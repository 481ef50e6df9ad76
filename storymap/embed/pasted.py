"""Which of our pages somebody has pasted the address of. Whatever is odd about an address, it is none of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

PAGES = ("story", "chapter", "editions", "share")
EMBEDS = ("embed", "embed-chapter")
LONGEST = 2000
_ODD = re.compile(r"[\x00-\x20\x7f\\]")  # browsers read them otherwise than servers do


@dataclass(frozen=True)
class Pasted:
    """A page of a story, in the language of its address."""

    language: str
    story: str
    chapter: str
    fragment: str  # a chapter or a moment, or anything else
    options: dict[str, str] = field(default_factory=dict)  # of an embed


def pasted(address: str) -> Pasted | None:
    """http or https, with or without www and the last slash, with whatever query others have added."""
    address = address.strip()
    if len(address) > LONGEST or _ODD.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return _page(parts) if parts.scheme in ("http", "https") and parts.netloc.lower() in _hosts() else None


def _hosts() -> set[str]:
    """Names with their port as they stand in an address; user names and other ports make another text."""
    own = urlsplit(settings.STORYMAP_SITE_URL).netloc.lower()
    return {own, f"www.{own}", own.removeprefix("www.")}


def _page(parts: SplitResult) -> Pasted | None:
    path = unquote(parts.path)
    path = path if path.endswith("/") else f"{path}/"
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            match = resolve(path)
    except Resolver404:
        return None
    if match.url_name not in (*PAGES, *EMBEDS) or match.namespace:
        return None
    options = dict(parse_qsl(parts.query)) if match.url_name in EMBEDS else {}
    return Pasted(language, match.kwargs["story"], match.kwargs.get("chapter", ""), unquote(parts.fragment), options)
