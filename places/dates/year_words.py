"""Decades, centuries and millennia in words, and their first, middle and last thirds.

The language is the active one. EDTF counts by digits: 18XX is 1800 to 1899, and is read as the 19th century. Before
Christ the digits of centuries agree with the usual count (-01XX is 200 to 101 BC, the 2nd century), those of decades do
not, and both years are named.
"""

from __future__ import annotations

from babel import Locale
from django.utils.translation import gettext, pgettext

from places.dates.calendar_words import named
from places.dates.edtf import years_of

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
