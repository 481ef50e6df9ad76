"""Parts of a year that EDTF numbers like months: 21–24 are seasons, 25–32 those of one hemisphere, 33–36 quarters, and
37–41 stretches of four or six months."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext, pgettext

from places.dates.days import month_start, number_of

Hemisphere = Literal["", "north", "south"]  # empty where it is not known, or where the year has no seasons
BELT_WITHOUT_SEASONS = 10.0  # degrees: nearer to the equator “winter” says nothing of the month
METRES_PER_DEGREE = 111_195.0

PARTS = range(21, 42)
SEASONS, NORTHERN, SOUTHERN, QUARTERS = range(21, 25), range(25, 29), range(29, 33), range(33, 37)
_MONTHS = {**dict.fromkeys(range(33, 37), 3), **dict.fromkeys(range(37, 40), 4), **dict.fromkeys(range(40, 42), 6)}
_FIRST_OF_ITS_KIND = {3: 33, 4: 37, 6: 40}
# From the first day by the months to the last by the sun: (year counted from the named one, month, day). A season
# may begin or end in another year: the winter of 1915 is that of 1914–15 or of 1915–16.
_EARLY, _NORTHERN_SUMMER, _LATE = ((0, 3, 1), (0, 6, 21)), ((0, 6, 1), (0, 9, 23)), ((0, 9, 1), (0, 12, 22))
_TURN_OF_THE_YEAR = ((-1, 12, 1), (1, 3, 21))
_IN_THE_NORTH = (_EARLY, _NORTHERN_SUMMER, _LATE, _TURN_OF_THE_YEAR)
_IN_THE_SOUTH = (_LATE, _TURN_OF_THE_YEAR, _EARLY, _NORTHERN_SUMMER)


def hemisphere_at(latitude: float, radius: float = 0) -> Hemisphere:
    """Whose seasons a place in `latitude` (degrees) has; empty where some place within `radius` (metres) has none."""
    if abs(latitude) - radius / METRES_PER_DEGREE <= BELT_WITHOUT_SEASONS:
        return ""
    return "north" if latitude > 0 else "south"


def season_there(part: int, hemisphere: Hemisphere) -> int:
    """The number of a season as that of a hemisphere; every other part, and every part where none is known, as is."""
    if part not in SEASONS or not hemisphere:
        return part
    return part - SEASONS.start + (NORTHERN if hemisphere == "north" else SOUTHERN).start


def season_days(part: int, year: int) -> tuple[int, int]:
    """The first and the last day that may be meant. Of a season of no hemisphere: those of the year it is named after,
    for which months it covers is not known."""
    if months := _MONTHS.get(part):
        start = 1 + months * (part - _FIRST_OF_ITS_KIND[months])
        return month_start(year, start), month_start(year, start + months) - 1
    if part in SEASONS:
        return month_start(year, 1), month_start(year, 13) - 1
    first, last = (_IN_THE_NORTH if part in NORTHERN else _IN_THE_SOUTH)[(part - SEASONS.start) % 4]
    return number_of(year + first[0], *first[1:]), number_of(year + last[0], *last[1:])


def season_words(part: int, year: str) -> str:
    """“spring 1997”, and of which hemisphere where that was said; empty where the part is no season."""
    if part in NORTHERN:
        return gettext("%(season)s (Northern Hemisphere)") % {"season": _season(part - NORTHERN.start, year)}
    if part in SOUTHERN:
        return gettext("%(season)s (Southern Hemisphere)") % {"season": _season(part - SOUTHERN.start, year)}
    return _season(part - SEASONS.start, year) if part in SEASONS else ""


def _season(number: int, year: str) -> str:
    said = (
        pgettext("season", "spring %(year)s"),
        pgettext("season", "summer %(year)s"),
        pgettext("season", "autumn %(year)s"),
        pgettext("season", "winter %(year)s"),
    )
    return said[number] % {"year": year}
