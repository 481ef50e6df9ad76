"""“Early”, “mid” and “late”: of a month, a year, a decade or a century.

EDTF has no such word. They are written as the third that is meant, and as approximate, which other programs can read:
early September 1854 is 1854-09-01~/1854-09-10~, late 1914 is 1914-39~ (the last four months), the mid-1850s are
1854~/1856~, and the early 19th century is 1800~/1833~.
"""

from __future__ import annotations

import re

from places.dates.edtf import month_length

_MONTH, _YEAR = re.compile(r"(-?[0-9]{4})-(0[1-9]|1[0-2])"), re.compile(r"-?[0-9]{4}")
_QUADRIMESTERS = (37, 38, 39)  # stretches of four months
_DAYS, _YEARS = ((1, 10), (11, 20), (21, 31)), ((0, 3), (4, 6), (7, 9))
_YEARS_OF_A_CENTURY = ((0, 33), (34, 66), (67, 99))


def third_of(whole: str, which: int) -> str:
    """The EDTF of the first (0), middle (1) or last (2) third of a month, a year, a decade (185X) or a century (18XX).

    Empty for anything else.
    """
    if month := _MONTH.fullmatch(whole):
        first, last = _DAYS[which]
        last = min(last, month_length(int(month[1]), int(month[2])))
        return f"{whole}-{first:02}~/{whole}-{last:02}~"
    if _YEAR.fullmatch(whole):
        return f"{whole}-{_QUADRIMESTERS[which]}~"
    digits = whole.rstrip("X")
    unknown = len(whole) - len(digits)
    if unknown not in (1, 2) or not re.fullmatch(r"[0-9]{2,3}|-[0-9]{2}", digits):
        return ""
    first, last = (_YEARS, _YEARS_OF_A_CENTURY)[unknown - 1][which]
    if digits.startswith("-"):  # time runs against the digits
        first, last = 99 - first, 99 - last
    return f"{digits}{first:0{unknown}}~/{digits}{last:0{unknown}}~"


def as_third(text: str) -> tuple[str, int] | None:
    """The month, year, decade or century, and which third of it; None where the text is no third."""
    if not text.endswith("~"):
        return None
    first = text.split("~", 1)[0]
    year = re.match(r"-?[0-9]{4}", first)
    wholes = [first.rpartition("-")[0], f"{first[:-1]}X", f"{first[:-2]}XX"] if year else []
    return next(((whole, n) for whole in wholes for n in range(3) if third_of(whole, n) == text), None)
