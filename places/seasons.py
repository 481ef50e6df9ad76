"""Parts of a year that EDTF numbers like months: 21–24 are seasons, 25–32 those of one hemisphere, 33–36 quarters, and
37–41 stretches of four or six months. Pure."""

from __future__ import annotations

import re

from django.utils.translation import gettext, pgettext

_PART = re.compile(r"[0-9]{4}-(2[1-9]|3[0-9]|4[01])")
SEASONS, NORTHERN, SOUTHERN, STRETCHES = range(21, 25), range(25, 29), range(29, 33), range(37, 42)


def part_of_year(date: str) -> int:
    """Its number; 0 where the date is something else."""
    found = _PART.fullmatch(date)
    return int(found[1]) if found else 0


def season_words(part: int, year: str) -> str:
    """“Spring 1997”, and of which hemisphere where that was said; empty where the part is no season."""
    if part in NORTHERN:
        return gettext("%(season)s (Northern Hemisphere)") % {"season": _season(part - NORTHERN.start, year)}
    if part in SOUTHERN:
        return gettext("%(season)s (Southern Hemisphere)") % {"season": _season(part - SOUTHERN.start, year)}
    return _season(part - SEASONS.start, year) if part in SEASONS else ""


def _season(number: int, year: str) -> str:
    said = (
        pgettext("season", "Spring %(year)s"),
        pgettext("season", "Summer %(year)s"),
        pgettext("season", "Autumn %(year)s"),
        pgettext("season", "Winter %(year)s"),
    )
    return said[number] % {"year": year}
