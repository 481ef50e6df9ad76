"""Dates as people type them in English, Spanish and Japanese, understood as EDTF and a local time. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import time

from babel import Locale
from django.utils.translation import gettext as _

from places.when import MAX_LENGTH, DateProblem, EndsBeforeStart, parse

LONGEST = 2 * MAX_LENGTH  # words take more room than EDTF does


@dataclass(frozen=True)
class TypedDate:
    """What was understood: the EDTF date and, for one day only, the time on the clocks of the place."""

    edtf: str
    time: time | None = None


@dataclass(frozen=True)
class _Parts:
    year: str | None = None
    month: int | None = None
    day: int | None = None
    whole: str | None = None  # a decade or a season, which nothing completes
    about: bool = False


def _fold(text: str) -> str:
    """Lower case, one kind of space and dash, and no accents on Latin letters (those of kana are kept)."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"([a-z])[\u0300-\u036f]+", r"\1", unicodedata.normalize("NFD", text))
    return " ".join(re.sub("[–—−〜]", "–", unicodedata.normalize("NFC", text)).split())


def _months() -> dict[str, int]:
    names = {"sept": 9, "set": 9, "setiembre": 9}  # as written in Peru, and in English papers
    for locale in (Locale("en"), Locale("en", "GB"), Locale("es"), Locale("es", "PE")):
        for width in ("wide", "abbreviated"):
            names |= {_fold(name).rstrip("."): number for number, name in locale.months["format"][width].items()}
    return names


_MONTHS = _months()
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SEASONS |= {"primavera": 21, "verano": 22, "otono": 23, "invierno": 24, "春": 21, "夏": 22, "秋": 23, "冬": 24}

_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"
_YEAR, _D, _M = r"(?P<year>[0-9]{4})", r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})"
_OF = r"(?:,? (?:de |del |of )?)"
_SINGLE = [
    re.compile(pattern)
    for pattern in (
        rf"{_D}(?:st|nd|rd|th)?{_OF}{_MONTH}(?:{_OF}{_YEAR})?",
        rf"{_MONTH} {_D}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
        rf"{_MONTH}(?:{_OF}{_YEAR})?",
        rf"(?:{_YEAR}年 ?)?{_M}月(?: ?{_D}日)?",
        rf"{_D}日?",
        rf"{_YEAR}年?",
        rf"{_YEAR}[-/.]{_M}(?:[-/.]{_D})?",
        rf"{_SEASON}{_OF}{_YEAR}",
        rf"{_YEAR}年?の?{_SEASON}",
        r"(?:the )?(?P<decade>[0-9]{3})0s",
        r"(?:los )?(?:anos|decada de|la decada de) (?P<decade>[0-9]{3})0",
        r"(?P<decade>[0-9]{3})0年代",
    )
]
_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_ABOUT = re.compile(r"(?:about|around|approximately|circa|ca?\.|hacia|alrededor de|aproximadamente|約) ?(.+)")
_ABOUT_AFTER = re.compile(r"(.+?) ?(?:ごろ|頃|~|\(aprox\.\))")
_CLOCK = re.compile(
    r"(.+?)(?:,? (?:at |a las? )?|t|(?<=日))([0-9]{1,2})(?::|時)([0-9]{2})(?:分| ?h(?:rs?)?\.?)?(?: ?([ap])\.?m\.?)?"
)
_SPANS = [
    re.compile(pattern)
    for pattern in (
        r"between (.+) and (.+)",
        r"from (.+?) (?:to|until) (.+)",
        r"entre (?:el )?(.+) y (?:el )?(.+)",
        r"(?:desde )(?:el )?(.+) hasta (?:el )?(.+)",
        r"del? (.+) al? (.+)",
        r"(.+?)から(.+?)(?:まで|の間)",
        r"(.+?) ?[–~] ?(.+)",
        r"(.+?) (?:-|to|al) (.+)",
        r"([0-9]{1,2})-([0-9]{1,2} .+)",
    )
]
_SINCE = [
    re.compile(p) for p in (r"(?:since|from|desde|a partir de)(?: el)? (.+)", r"(.+?)(?:から|以降|以来| en adelante)")
]
_UNTIL = [re.compile(p) for p in (r"(?:until|till|up to|hasta)(?: el)? (.+)", r"(.+?)まで")]


def understand(text: str) -> TypedDate:
    """The date that was meant. EDTF stays as it is; what can be read two ways is refused. Raises DateProblem."""
    plain = text.strip()
    if len(plain) > LONGEST:
        raise _problem(plain[:LONGEST] + "…")
    try:
        return TypedDate(parse(plain).text)
    except DateProblem:
        folded = _fold(plain)
    clocked = _CLOCK.fullmatch(folded)
    if clocked:
        return _with_time(plain, clocked)
    return TypedDate(_checked(plain, _edtf(plain, folded)))


def _problem(text: str) -> DateProblem:
    return DateProblem(
        _(
            "“%(text)s” is not understood as a date. Write it like 22 April 1997, about January 1997, "
            "from 17 December 1996 to 22 April 1997, since 1997, or as EDTF: 1997-04-22."
        )
        % {"text": text}
    )


def _checked(typed: str, edtf: str) -> str:
    try:
        return parse(edtf).text
    except EndsBeforeStart:
        raise
    except DateProblem:
        raise _problem(typed) from None


def _with_time(typed: str, clocked: re.Match[str]) -> TypedDate:
    day, hour, minute, half = clocked.groups()
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            raise _problem(typed)
        hours = hours % 12 + (12 if half == "p" else 0)
    edtf = _checked(typed, _edtf(typed, day))
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", edtf) or hours > 23 or int(minute) > 59:
        raise DateProblem(
            _("“%(text)s”: a time needs one whole day and a clock time, like 22 April 1997 15:23.") % {"text": typed}
        )
    return TypedDate(edtf, time(hours, int(minute)))


def _edtf(typed: str, text: str) -> str:
    single = _single(text)
    if single:
        return _written(typed, single)
    for pattern in _SPANS:
        ends = pattern.fullmatch(text)
        first, last = (_single(end) for end in ends.groups()) if ends else (None, None)
        if first and last:
            first, last = _completed(first, last), _completed(last, first)
            return f"{_written(typed, first)}/{_written(typed, last)}"
    for patterns, form in ((_SINCE, "{}/.."), (_UNTIL, "../{}")):
        for found in filter(None, (pattern.fullmatch(text) for pattern in patterns)):
            only = _single(found[1])
            if only:
                return form.format(_written(typed, only))
    about = _ABOUT.fullmatch(text)  # of a whole span: about 17–22 December 1996
    if about and not _ABOUT.fullmatch(about[1]):
        return "/".join(f"{end}~" for end in _edtf(typed, about[1]).split("/"))
    raise _problem(typed)


def _single(text: str) -> _Parts | None:
    about = _ABOUT.fullmatch(text) or _ABOUT_AFTER.fullmatch(text)
    if about:
        text = about[1]
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        parts: _Parts | None = _from_numbers(text, int(numbers[1]), int(numbers[3]), numbers[4])
    else:
        matches = (pattern.fullmatch(text) for pattern in _SINGLE)
        parts = next((_from_names(match.groupdict()) for match in matches if match), None)
    return replace(parts, about=bool(about)) if parts else None


def _from_numbers(text: str, one: int, other: int, year: str) -> _Parts:
    if one <= 12 and other <= 12 and one != other:
        raise DateProblem(
            _(
                "“%(text)s” can be read as %(day_first)s (day first) or %(month_first)s (month first). "
                "Write the month as a word, or one of these two."
            )
            % {
                "text": text,
                "day_first": f"{year}-{other:02}-{one:02}",
                "month_first": f"{year}-{one:02}-{other:02}",
            }
        )
    return _Parts(year, other, one) if other <= 12 else _Parts(year, one, other)


def _from_names(found: dict[str, str | None]) -> _Parts:
    if decade := found.get("decade"):
        return _Parts(whole=f"{decade}X")
    if season := found.get("season"):
        return _Parts(whole=f"{found['year']}-{_SEASONS[season]}")
    name, month, day = found.get("name"), found.get("month"), found.get("day")
    number = _MONTHS[name] if name else int(month) if month else None
    return _Parts(found.get("year"), number, int(day) if day else None)


def _completed(parts: _Parts, other: _Parts) -> _Parts:
    """17–22 December 1996: what one end leaves out, the other says."""
    if parts.whole or parts.year:
        return parts
    month = parts.month or (other.month if parts.day else None)
    return replace(parts, year=other.year, month=month)


def _written(typed: str, parts: _Parts) -> str:
    about = "~" if parts.about else ""
    if parts.whole:
        return parts.whole + about
    if not parts.year or (parts.day and not parts.month):
        raise _problem(typed)
    pieces = [parts.year, *(f"{piece:02}" for piece in (parts.month, parts.day) if piece is not None)]
    return "-".join(pieces) + about
