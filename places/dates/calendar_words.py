"""Years, months, days, decades, centuries and millennia in words, as CLDR writes them in each language."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import DateTimeFormat, DateTimePattern, get_era_names, match_skeleton, parse_pattern
from django.utils.translation import gettext, pgettext

from places.dates.edtf import years_of

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


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def years_words(pattern: str, locale: Locale) -> str:
    """“the 1850s”, “the 19th century”, “the 2nd millennium BC”; empty where other digits than the last are missing."""
    digits = pattern.rstrip("X")
    unknown = len(pattern) - len(digits)
    if "X" in digits or not digits.lstrip("-"):
        return ""
    if unknown == 1:
        return _decade(pattern, locale)
    number = {"number": numbered(pattern)}
    if unknown == 2:
        text = gettext("the %(number)s century BC") if digits[0] == "-" else gettext("the %(number)s century")
    else:
        text = gettext("the %(number)s millennium BC") if digits[0] == "-" else gettext("the %(number)s millennium")
    return text % number


def _decade(pattern: str, locale: Locale) -> str:
    years = years_of(pattern)
    if years[0] > 0 and years[0] % 100:  # “the 1800s” are a century to many
        return gettext("the %(year)ss") % {"year": years[0]}
    ends = {"first": named((years[0], 0, 0), locale), "last": named((years[-1], 0, 0), locale, era=years[0] < 1)}
    return gettext("the decade from %(first)s to %(last)s") % ends


def numbered(pattern: str) -> str:
    """The number of a century or millennium, as the language writes it: 19th, XIX or 19."""
    number = abs(int(pattern.rstrip("X").replace("-", "") or 0)) + 1
    # Translators: how centuries are numbered. Write “ordinal” (19th), “roman” (XIX) or “digits” (19).
    style = pgettext("numbers of centuries: ordinal, roman or digits", "ordinal")
    return _roman(number) if style == "roman" else _ordinal(number) if style == "ordinal" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def third_words(whole: str, which: int, locale: Locale) -> str:
    """“early September 1854”, “late 1914”, “the mid-1850s”, “the early 19th century”."""
    unknown = whole.count("X")
    if unknown == 2:
        return (_century_before_christ if whole[0] == "-" else _century)()[which] % {"number": numbered(whole)}
    if unknown == 1:
        return _thirds_of_a_decade()[which] % {"year": years_of(whole)[0]}
    year, _hyphen, month = whole.rpartition("-") if len(whole.lstrip("-")) > 4 else (whole, "", "0")
    texts = _thirds_of_a_month() if int(month) else _thirds_of_a_year()
    return texts[which] % {"date": named((int(year), int(month), 0), locale)}


def _century() -> tuple[str, str, str]:
    return (
        gettext("the early %(number)s century"),
        gettext("the mid-%(number)s century"),
        gettext("the late %(number)s century"),
    )


def _century_before_christ() -> tuple[str, str, str]:
    return (
        gettext("the early %(number)s century BC"),
        gettext("the mid-%(number)s century BC"),
        gettext("the late %(number)s century BC"),
    )


def _thirds_of_a_decade() -> tuple[str, str, str]:
    return (gettext("the early %(year)ss"), gettext("the mid-%(year)ss"), gettext("the late %(year)ss"))


def _thirds_of_a_month() -> tuple[str, str, str]:
    return (
        pgettext("a month", "early %(date)s"),
        pgettext("a month", "mid-%(date)s"),
        pgettext("a month", "late %(date)s"),
    )


def _thirds_of_a_year() -> tuple[str, str, str]:
    return (
        pgettext("a year", "early %(date)s"),
        pgettext("a year", "mid-%(date)s"),
        pgettext("a year", "late %(date)s"),
    )
