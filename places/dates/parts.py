"""Words of dates as they are typed in English, Spanish and Japanese, folded to one form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from babel import Locale

from places.dates.thirds import third_of


def fold(text: str) -> str:
    """Lower case, one kind of space and dash, and no accents on Latin letters (those of kana stay)."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"([a-z])[\u0300-\u036f]+", r"\1", unicodedata.normalize("NFD", text))
    return " ".join(re.sub("[–—−〜]", "–", unicodedata.normalize("NFC", text)).split())


def _months() -> dict[str, int]:
    names = {"sept": 9, "set": 9, "setiembre": 9}  # as written in Peru, and in English papers
    for locale in (Locale("en"), Locale("en", "GB"), Locale("es"), Locale("es", "PE")):
        for width in ("wide", "abbreviated"):
            names |= {fold(name).rstrip("."): number for number, name in locale.months["format"][width].items()}
    return names


MONTHS = _months()
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASONS |= {"primavera": 21, "verano": 22, "otono": 23, "invierno": 24, "春": 21, "夏": 22, "秋": 23, "冬": 24}
HEMISPHERES = {"northern hemisphere": 4, "hemisferio norte": 4, "北半球": 4}  # to add to the number of the season
HEMISPHERES |= {"southern hemisphere": 8, "hemisferio sur": 8, "南半球": 8}

UNDATED = re.compile(
    r"[-–?]|n\. ?d\.?|nd|undated|not dated|no date|(?:date )?unknown|s\. ?f\.?|s/f|sin fecha|(?:fecha )?desconocida"
    r"|日付なし|日付不明|年月日不明|不明|不詳|o\. ?d\.?|ohne datum|undatiert|unbekannt|s\. ?d\.?|sans date"
)

# An era before or behind a date, and whether it counts the years before Christ.
_BC = (
    r"b\. ?c\. ?e\.?|b\. ?c\.?|bce|bc|a\. ?(?:de )?c\.?|a\. ?e\. ?c\.?|a\. ?n\. ?e\.?|antes de cristo"
    r"|v\. ?chr\.?|av\. ?j\.-c\.?"
)
_AD = r"a\. ?d\.?|ad|c\. ?e\.?|ce|d\. ?(?:de )?c\.?|e\. ?c\.?|despues de cristo|n\. ?chr\.?|apr\. ?j\.-c\.?"
ERAS = [
    (re.compile(rf"(?P<date>.*[0-9ivx]|.*0'?s|.*(?:century|c\.)) ?(?:{_BC})"), True),
    (re.compile(rf"(?P<date>.*[0-9ivx]|.*0'?s|.*(?:century|c\.)) ?(?:{_AD})"), False),
    (re.compile(r"(?:紀元前|西暦前|前) ?(?P<date>.+)"), True),
    (re.compile(r"(?:西暦|紀元|a\. ?d\.?|ad) ?(?P<date>.+)"), False),
]

ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|circa|ca?\.|ca?(?= )|hacia|alrededor de|aproximadamente|約) ?(.+)"
)
ABOUT_AFTER = re.compile(r"(.+?) ?(?:ごろ|頃|~|\(aprox\.\))")
UNCERTAIN = re.compile(
    r"(?:perhaps|possibly|probably|maybe|quizas?|tal vez|posiblemente|probablemente|おそらく|恐らく) ?(?:in |en )?(.+)"
)
UNCERTAIN_AFTER = re.compile(
    r"(.+?),? ?(?:\?|\(\?\)|\(?(?:uncertain|incierto|incierta|fecha incierta|不確か|不確実)\)?)"
)

# Which third of a month, a year, a decade or a century; “of” and “de” are optional behind it.
_EARLY = r"early|(?:the )?(?:beginning|start)(?= of )|(?:a )?(?:principios|comienzos|inicios)(?= del? )"
_MID = r"mid|(?:the )?middle(?= of )|(?:a )?mediados(?= del? )"
_LATE = r"late|(?:the )?end(?= of )|(?:a )?(?:fines|finales)(?= del? )"
THIRDS = [
    (re.compile(rf"(?:the )?(?:{_EARLY})(?:-| )(?:of |de |del )?(?P<whole>.+)"), 0),
    (re.compile(rf"(?:the )?(?:{_MID})(?:-| )(?:of |de |del )?(?P<whole>.+)"), 1),
    (re.compile(rf"(?:the )?(?:{_LATE})(?:-| )(?:of |de |del )?(?P<whole>.+)"), 2),
    (re.compile(r"(?P<whole>.+?[年月代紀])の? ?(?:初頭|初旬|初め|始め|はじめ|上旬)"), 0),
    (re.compile(r"(?P<whole>.+?[年月代紀])の? ?(?:半ば|なかば|中頃|中ごろ|中旬)"), 1),
    (re.compile(r"(?P<whole>.+?[年月代紀])の? ?(?:末期?|下旬|終わり|おわり)"), 2),
]

CLOCK = re.compile(
    r"(.+?)(?:,? (?:at |a las? )?|t|(?<=日))([0-9]{1,2})(?::|時)([0-9]{2})(?::([0-9]{2})|分| ?h(?:rs?)?\.?)?"
    r"(?: ?([ap])\.?m\.?)?"
)


_ROMAN = {"i": 1, "v": 5, "x": 10}
_D, _M = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})"
_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_HEMISPHERE = rf"(?: ?\((?P<hemisphere>{'|'.join(HEMISPHERES)})\))?"
_OF = r"(?:,? (?:de |del |del ano |of )?)"
YEARS_OF_SEASON = [
    re.compile(pattern + _HEMISPHERE)
    for pattern in (
        rf"(?:the |el |la )?{_SEASON}{_OF}(?P<first>[0-9]{{4}}) ?(?:[-/–]| to | a )? ?(?P<last>[0-9]{{4}}|[0-9]{{2}})",
        rf"(?P<first>[0-9]{{4}}) ?年?(?:[-/–]|から) ?(?P<last>[0-9]{{4}}|[0-9]{{2}})年?(?:にかけて)?の?{_SEASON}",
    )
]
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
    tens = r"[0-9]{1,3}" if year == _WITH_ERA else r"[0-9]{2,3}"  # of a decade
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
            rf"(?:the )?(?P<years>{tens})0'?s",
            rf"(?:los )?anos (?P<years>{tens})0",
            rf"(?P<years>{tens})0年代",
            rf"(?:the )?decade (?:of|from) (?P<decade>{tens})0(?: to [0-9]{{3,4}})?",
            rf"(?P<decade>{tens})0年から[0-9]{{3,4}}年までの10年間",
            rf"(?:la )?decada de (?P<decade>{tens})0(?: a [0-9]{{3,4}})?",
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
            ends = f"{years}9", f"{years[:-1]}99"
            raise TwoReadings(*(f"{end}–{years}0 BC" if is_before else f"{years}0–{end}" for end in ends))
        found["decade"] = years
    if tens := found.get("decade"):
        if is_before:  # no ten years BC share their digits: 49 to 40 BC are -0048 to -0039
            return Parts(whole=f"[-{10 * int(tens) + 8:04}..-{10 * int(tens) - 1:04}]")
        return Parts(whole=f"{int(tens):03}X")
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
