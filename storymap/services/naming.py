"""Slugs from titles: what an editor types becomes an address without being asked for."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify

LONGEST = 60  # leaves room for a number


def free_slug(title: str, rows: models.QuerySet, otherwise: str) -> str:
    """A slug that none of `rows` has; `otherwise` for titles without a Latin letter."""
    wanted = slugify(title)[:LONGEST].strip("-").replace("_", "-") or otherwise
    wanted = "-".join(part for part in wanted.split("-") if part) or otherwise
    taken = set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
