"""Slugs from titles: what an editor types becomes an address without being asked for."""

from __future__ import annotations

from collections.abc import Container
from itertools import chain, count

from django.db import models
from django.utils.text import slugify

LONGEST = 60  # leaves room for a number


def free_slug(title: str, rows: models.QuerySet, otherwise: str) -> str:
    """A slug that none of `rows` has; `otherwise` for titles without a Latin letter."""
    wanted = slug_of(title, otherwise)
    return numbered(wanted, set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True)))


def slug_of(title: str, otherwise: str) -> str:
    """The title's words, as many as there is room for."""
    words = "-".join(part for part in slugify(title).replace("_", "-").split("-") if part)
    whole = words[:LONGEST].rpartition("-")[0] if words[LONGEST:] and words[LONGEST] != "-" else ""
    return whole or words[:LONGEST] or otherwise


def numbered(slug: str, taken: Container[str]) -> str:
    """The slug itself, or with the first number that nobody has: harbour, harbour-2, harbour-3 …"""
    return next(found for found in chain([slug], (f"{slug}-{n}" for n in count(2))) if found not in taken)
