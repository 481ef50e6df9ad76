"""One date as people type it, taken apart: a day, a month, a year, a season, a decade or a century."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from places.dates.thirds import third_of
from places.dates.vocabulary import (
    ABOUT,
    ABOUT_AFTER,
    ERAS,
    HEMISPHERES,
    MONTHS,
    SEASONS,
    THIRDS,
    UNCERTAIN,
    UNCERTAIN_AFTER,
)

_ROMAN = {"i": 1, "v": 5, "x": 10}
_D, _M = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})"
_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_HEMISPHERE = rf"(?: ?\((?P<hemisphere>{'|'.join(HEMISPHERES)})\))?"
_OF = r"(?:,? (?:de |del |del ano |of )?)"
_CENTURY = r"(?P<century>[0-9]{1,2}|[ivx]{1,5})"


class TwoReadings(ValueError):
    """Both readings of a date, as ISO dates or words, that cannot be distinguished."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} or {second}")
        self.first, self.second = first, second


@dataclass(frozen=True)
class Parts:
    year: str = ""  # EDTF
    month: int | None = None
    day: int | None = None
    whole: str = ""  # EDTF of what nothing completes: a decade, a season, a third
    doubt: str = ""  # "", "?", "~" or "%"

    @property
    def edtf(self) -> str:
        """Empty where the year or the month is missing."""
        if self.whole:
            return self.whole if not self.doubt or self.whole.endswith("~") else self.whole + self.doubt
        if not self.year or (self.day and not self.month):
            return ""
        numbers = [f"{number:02}" for number in (self.month, self.day) if number is not None]
        return "-".join([self.year, *numbers]) + self.doubt

    @property
    def is_before_christ(self) -> bool:
        return self.year.lstrip("Y").startswith("-") or self.year == "0000"

    def completed(self, other: Parts) -> Parts:
        """17–22 December 1996: what one end leaves out, the other says."""
        if self.whole or self.year:
            return self
        month = self.month or (other.month if self.day else None)
        return replace(self, year=other.year, month=month)


@lru_cache(maxsize=4)
def _patterns(year: str) -> list[re.Pattern[str]]:
    year = rf"(?P<year>{year})"
    return [
        re.compile(pattern)
        for pattern in (
            rf"{_D}(?:st|nd|rd|th)?{_OF}{_MONTH}(?:{_OF}{year})?",
            rf"{_D}[- ]{_MONTH}[- ]{year}",
            rf"{_MONTH} {_D}(?:st|nd|rd|th)?(?:,? {year})?",
            rf"{_MONTH}(?:{_OF}{year})?",
            rf"(?:{year}年 ?)?{_M}月(?: ?{_D}日)?",
            rf"{year}年?",
            rf"{_D}日?",
            rf"{year}[-/.]{_M}(?:[-/.]{_D})?",
            rf"{_SEASON}{_OF}{year}{_HEMISPHERE}",
            rf"{year}年?の?{_SEASON}{_HEMISPHERE}",
            rf"{_M}[/.]{year}",
            r"(?:the )?(?P<years>[0-9]{2,3})0'?s",
            r"(?:los )?anos (?P<years>[0-9]{2,3})0",
            r"(?P<years>[0-9]{2,3})0年代",
            r"(?:the )?decade (?:of|from) (?P<decade>[0-9]{2,3})0(?: to [0-9]{3,4})?",
            r"(?P<decade>[0-9]{2,3})0年から[0-9]{3,4}年までの10年間",
            r"(?:la )?decada de (?P<decade>[0-9]{2,3})0(?: a [0-9]{3,4})?",
            rf"(?:the )?{_CENTURY}(?:st|nd|rd|th)?[ -](?:century|cent\.|c\.)",
            rf"(?:el )?(?:siglo|s\.) {_CENTURY}",
            rf"{_CENTURY} ?世紀",
        )
    ]


_WITHOUT_ERA, _WITH_ERA = r"[0-9]{3,4}", r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}"
_SIGNED = re.compile(r"-([0-9]{1,4})")  # as spreadsheets keep -0300
_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")


def parts_of(text: str) -> Parts | None:
    """Of a folded text; None where it is no date. Raises TwoReadings."""
    for pattern, doubt in ((ABOUT, "~"), (ABOUT_AFTER, "~"), (UNCERTAIN, "?"), (UNCERTAIN_AFTER, "?")):
        if (found := pattern.fullmatch(text)) and (parts := parts_of(found[1])):
            return replace(parts, doubt=doubt if parts.doubt in ("", doubt) else "%")
    return _third(text) or _sure(text)


def _third(text: str) -> Parts | None:
    for pattern, which in THIRDS:
        found = pattern.fullmatch(text)
        parts = _sure(found["whole"]) if found else None
        if parts and (third := third_of(parts.edtf, which)):
            return Parts(whole=third)
    return None


def _sure(text: str) -> Parts | None:
    if numbers := _NUMBERS.fullmatch(text):
        return _from_numbers(int(numbers[1]), int(numbers[3]), numbers[4])
    if signed := _SIGNED.fullmatch(text):
        return Parts(f"-{int(signed[1]):04}")
    for pattern, is_before in ERAS:
        found = pattern.fullmatch(text)
        if found and (parts := _matched(found["date"], _WITH_ERA, is_before=is_before)):
            return parts
    return _matched(text, _WITHOUT_ERA, is_before=False)


def _matched(text: str, year: str, *, is_before: bool) -> Parts | None:
    for pattern in _patterns(year):
        found = pattern.fullmatch(text)
        if found and (parts := _from_names(found.groupdict(), is_before=is_before)):
            has_era = year == _WITH_ERA
            if not has_era or parts.whole or parts.year:
                return parts
    return None


def _from_numbers(one: int, other: int, year: str) -> Parts:
    if one <= 12 and other <= 12 and one != other:
        raise TwoReadings(f"{year}-{other:02}-{one:02}", f"{year}-{one:02}-{other:02}")
    return Parts(year, other, one) if other <= 12 else Parts(year, one, other)


def _from_names(found: dict[str, str | None], *, is_before: bool) -> Parts | None:
    if years := found.get("years"):
        if years.endswith("0"):
            raise TwoReadings(f"{years}0–{years}9", f"{years}0–{years[:-1]}99")
        found["decade"] = years
    if decade := found.get("decade"):
        return None if is_before else Parts(whole=f"{int(decade):03}X")  # decades BC have no digits of their own
    if century := found.get("century"):
        number = _century(century)
        return Parts(whole=f"{'-' if is_before else ''}{number - 1:02}XX") if number else None
    year = _year(found.get("year"), is_before=is_before)
    if season := found.get("season"):
        hemisphere = HEMISPHERES.get(found.get("hemisphere") or "", 0)
        return Parts(whole=f"{year}-{SEASONS[season] + hemisphere}")
    name, month, day = found.get("name"), found.get("month"), found.get("day")
    month_number = MONTHS[name] if name else int(month) if month else None
    return Parts(year, month_number, int(day) if day else None)


def _year(digits: str | None, *, is_before: bool) -> str:
    """As EDTF writes it: four digits, or Y and more. 44 BC is -0043, 1 BC is 0000."""
    if not digits:
        return ""
    number = int(digits.replace(",", ""))
    number = 1 - number if is_before else number
    text = f"-{-number:04}" if number < 0 else f"{number:04}"
    return f"Y{text}" if abs(number) > 9999 else text


def _century(text: str) -> int:
    """Of digits or Roman numerals; 0 where there is no such century."""
    if text.isdigit():
        return int(text)
    values = [_ROMAN[sign] for sign in text]
    signed = (-value if any(value < after for after in values[n + 1 :]) else value for n, value in enumerate(values))
    return max(sum(signed), 0)
