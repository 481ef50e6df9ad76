"""Days as numbers in any year of the Gregorian calendar, also before it was used (ISO 8601: year 0 is 1 BC).

Python's own dates end at years 1 and 9999.
"""

from __future__ import annotations

import re

ISO = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")
DAYS_OF_400_YEARS = 146_097


def day_number(iso: str) -> int:
    """Days since 1970-01-01 of an ISO 8601 date. Raises ValueError."""
    found = ISO.fullmatch(iso)
    if found is None:
        raise ValueError(f"{iso!r} is no ISO date")
    year, month, day = (int(part) for part in found.groups())
    return number_of(year, month, day)


def number_of(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01."""
    # the year is taken to begin in March, so that the leap day comes last (Howard Hinnant, days_from_civil)
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * DAYS_OF_400_YEARS + day_of_era - 719_468


def parts_of(number: int) -> tuple[int, int, int]:
    """Year, month and day."""
    era, day_of_era = divmod(number + 719_468, DAYS_OF_400_YEARS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    month = (month_from_march + 2) % 12 + 1
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    return year_of_era + era * 400 + (month <= 2), month, day


def iso_of(number: int) -> str:
    year, month, day = parts_of(number)
    return f"{iso_year(year)}-{month:02}-{day:02}"


def iso_year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def month_start(year: int, month: int) -> int:
    """Month 13 is January of the next year, and so on."""
    return number_of(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def unit_of(days: int) -> str:
    """The unit in which a stretch of days is best read."""
    return "day" if days <= 45 else "month" if days <= 1200 else "year"


def unit_start(number: int, days: int) -> int:
    """Where the month or year begins in which a stretch of so many days begins; the day itself when short."""
    year, month, _ = parts_of(number)
    return {"day": number, "month": month_start(year, month), "year": month_start(year, 1)}[unit_of(days)]


def unit_end(number: int, days: int) -> int:
    """The last day of that unit."""
    year, month, _ = parts_of(number)
    ends = {"day": number, "month": month_start(year, month + 1) - 1, "year": month_start(year + 1, 1) - 1}
    return ends[unit_of(days)]
