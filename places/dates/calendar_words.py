"""Years, months and days of any year in words, as CLDR writes them in each language.

A year before the hundredth is written with its era: year -43 of ISO 8601 is 44 BC, year 79 is 79 AD. Nothing is
converted to another calendar.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import DateTimeFormat, DateTimePattern, get_era_names, match_skeleton, parse_pattern

Ymd = tuple[int, int, int]  # year as ISO 8601 counts, month and day; 0 for what is not said
_QUOTED_OR_YEAR = re.compile(r"('[^']*')|y+")
FIRST_PLAIN_YEAR = 100  # “79” alone is 1979 to many
_LEAP_YEAR = 2000  # lends its months and days to every year


def locale_of(language: str) -> Locale:
    """English where nobody knows the language."""
    if language == "en":
        language = "en_GB"  # day before month: the order that no reader of English misreads
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


class _AnyYear(DateTimeFormat):
    """Babel's own ends at the years of Python's dates."""

    def __init__(self, at: Ymd, locale: Locale) -> None:
        super().__init__(date(_LEAP_YEAR, at[1] or 1, at[2] or 1), locale)
        self.year = at[0]

    def format_era(self, char: str, num: int) -> str:
        return get_era_names("abbreviated", self.locale)[int(self.year > 0)]

    def format_year(self, char: str, num: int) -> str:
        return str(self.year if self.year > 0 else 1 - self.year)


def named(at: Ymd, locale: Locale, *, era: bool = False) -> str:
    """“15 March 44 BC”, “December 1996”, “850”, “79 AD”; other years have their era where that is asked for."""
    skeleton = "long" if at[2] else "yMMMM" if at[1] else "y"
    return formatted(at, skeleton, locale, era=era)


def formatted(at: Ymd, skeleton: str, locale: Locale, *, era: bool = False) -> str:
    """By a skeleton of CLDR, or the pattern “long”."""
    shows_year = skeleton == "long" or "y" in skeleton
    pattern = _pattern(skeleton, str(locale), era=shows_year and (era or at[0] < FIRST_PLAIN_YEAR))
    return _tidy(pattern % _AnyYear(at, locale))


@lru_cache(maxsize=256)
def _pattern(skeleton: str, language: str, *, era: bool) -> DateTimePattern:
    locale = Locale.parse(language)
    skeletons = locale.datetime_skeletons
    if skeleton == "long":
        text = str(locale.date_formats["long"].pattern)
    else:
        known = skeleton if skeleton in skeletons else match_skeleton(skeleton, skeletons)
        text = str(skeletons[known].pattern)
    if era:
        with_era = re.search(r"G+.*?y+|y+.*?G+", str(skeletons["Gy"].pattern) if "Gy" in skeletons else "y G")
        year = with_era[0] if with_era else "y G"
        text = _QUOTED_OR_YEAR.sub(lambda found: found[1] or year, text)
    return parse_pattern(text)


def interval_words(first: Ymd, last: Ymd, locale: Locale) -> str:
    """From one day, month or year to another of the same kind. What both share is written once, if no era is said."""
    if first[0] < FIRST_PLAIN_YEAR:
        return f"{named(first, locale)} – {named(last, locale, era=first[0] < 1)}"
    if not first[1]:
        return f"{named(first, locale)} – {named(last, locale)}"
    formats = locale.interval_formats
    skeleton = "yMMMMd" if first[2] else "yMMMM"
    # English has patterns for short months only; they are lengthened
    patterns = formats.get(skeleton) or formats[skeleton.replace("MMMM", "MMM")]
    differing = "y" if first[0] != last[0] else "M" if first[1] != last[1] else "d"
    pieces = (re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern) for pattern in patterns[differing])
    ends = zip(pieces, (first, last), strict=True)
    return _tidy("".join(parse_pattern(piece) % _AnyYear(at, locale) for piece, at in ends))


def _tidy(text: str) -> str:
    """CLDR sets intervals with thin spaces that few text fonts have."""
    return text.replace("\u2009", " ").replace("\u202f", " ")
