"""Slugs from titles: what an editor types becomes an address without being asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

from anyascii import anyascii
from django.db import models
from django.utils.text import slugify

LONGEST = 60  # leaves room for a number
_ALEF = str.maketrans("اآأإى", "aaaia")  # which anyascii leaves out, or takes for another letter
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def free_slug(title: str, rows: models.QuerySet, otherwise: str) -> str:
    """A slug that none of `rows` has; `otherwise` for titles that no Latin letter can tell."""
    wanted = slug_of(title, otherwise)
    return numbered(wanted, set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True)))


def slug_of(title: str, otherwise: str) -> str:
    """The title's words in Latin letters, as many as there is room for."""
    words = "-".join(part for part in slugify(_in_latin(title)).replace("_", "-").split("-") if part)
    whole = words[:LONGEST].rpartition("-")[0] if words[LONGEST:] and words[LONGEST] != "-" else ""
    return whole or words[:LONGEST] or otherwise


def _in_latin(title: str) -> str:
    """Letter by letter, signs and pictographs apart. How a Chinese character is read depends on the language, and in
    Japanese on the words beside it: a title with one keeps the Latin letters that it has."""
    if _HAN.search(title):
        return title
    title = title.translate(_ALEF)
    return "".join(anyascii(sign) if unicodedata.category(sign)[0] in "LMN" else sign for sign in title)


def numbered(slug: str, taken: Container[str]) -> str:
    """The slug itself, or with the first number that nobody has: harbour, harbour-2, harbour-3 …"""
    return next(found for found in chain([slug], (f"{slug}-{n}" for n in count(2))) if found not in taken)
