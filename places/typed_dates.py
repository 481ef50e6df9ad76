"""Dates as people type them in English, Spanish and Japanese, understood as EDTF and a local time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from places.dates.days import month_start, number_of, parts_of as ymd_of
from places.dates.edtf import MAX_LENGTH, Choice, Interval, Stated, edtf_day
from places.dates.parts import (
    ABOUT,
    ABOUT_AFTER,
    CLOCK,
    HEMISPHERES,
    SEASONS,
    UNCERTAIN,
    UNCERTAIN_AFTER,
    UNDATED,
    YEARS_OF_SEASON,
    TwoReadings,
    fold,
    parts_of,
)
from places.dates.seasons import Hemisphere
from places.when import DateProblem, EndsBeforeStart, When, parse, words

LONGEST = 2 * MAX_LENGTH  # words take more room than EDTF does


@dataclass(frozen=True)
class TypedDate:
    """What was understood: the EDTF date and, for one day only, the time on the clocks of the place.

    The date is empty where somebody wrote that there is none.
    """

    edtf: str
    time: time | None = None


def understand(text: str) -> TypedDate:
    """The date that was meant. EDTF stays as it is; what can be read two ways is refused. Raises DateProblem."""
    plain = text.strip()
    if len(plain) > LONGEST:
        raise _problem(plain[:LONGEST] + "…")
    folded = fold(plain)
    if UNDATED.fullmatch(folded):
        return TypedDate("")
    if clocked := CLOCK.fullmatch(folded):
        return _with_time(plain, clocked)
    try:
        return TypedDate(parse(plain).text)
    except DateProblem:
        return TypedDate(_check(plain, _edtf(plain, folded)))


class _Rough(ValueError):
    """Before or after something that is known only roughly."""


class _SeasonOfYears(ValueError):
    """A season of years in which it does not lie."""


def _problem(text: str) -> DateProblem:
    return DateProblem(
        _(
            "“%(text)s” is not understood as a date. Write it like 22 April 1997, about January 1997, "
            "from 17 December 1996 to 22 April 1997, since 1997, 44 BC, before 1850, or as EDTF: 1997-04-22."
        )
        % {"text": text}
    )


def _check(typed: str, edtf: str) -> str:
    try:
        return parse(edtf).text
    except EndsBeforeStart:
        raise
    except DateProblem:
        raise _problem(typed) from None


def _with_time(typed: str, clocked: re.Match[str]) -> TypedDate:
    """A spreadsheet writes a day as 1936-07-19 00:00:00: midnight to the second is no time that anybody has written."""
    day, hour, minute, seconds, half = clocked.groups()
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            raise _problem(typed)
        hours = hours % 12 + (12 if half == "p" else 0)
    edtf = _check(typed, _edtf_or_typed(typed, day))
    if (hours, int(minute), seconds) == (0, 0, "00"):
        return TypedDate(edtf)
    if not parse(edtf).is_one_day or "/" in edtf or hours > 23 or int(minute) > 59:
        raise DateProblem(
            _("“%(text)s”: a time needs one whole day and a clock time, like 22 April 1997 15:23.") % {"text": typed}
        )
    if seconds and int(seconds):
        raise DateProblem(
            _("“%(text)s”: a time is given to the minute. Leave the seconds out: 15:23.") % {"text": typed}
        )
    return TypedDate(edtf, time(hours, int(minute)))


def _edtf_or_typed(typed: str, text: str) -> str:
    try:
        return parse(text).text
    except DateProblem:
        return _edtf(typed, text)


def _edtf(typed: str, text: str) -> str:
    """Raises DateProblem where no reading fits, or two do."""
    try:
        for reading in _READINGS:
            for edtf in reading(text):
                return edtf
    except TwoReadings as both:
        raise DateProblem(
            _("“%(text)s” can be read as %(first)s or as %(second)s. Write one of these two.")
            % {"text": typed, "first": both.first, "second": both.second}
        ) from None
    except _Rough:
        raise DateProblem(
            _(
                "“%(text)s”: what is before or after another date needs one that is sure, and no season. "
                "Write before 1850, or until about 1850."
            )
            % {"text": typed}
        ) from None
    except _SeasonOfYears:
        raise DateProblem(
            _(
                "“%(text)s”: this season does not lie in these years together. "
                "Write winter 1914, or from winter 1914 to winter 1915."
            )
            % {"text": typed}
        ) from None
    if _lacks_century(text):
        raise DateProblem(
            _("“%(text)s”: write the year in full, like 1997, or with its era, like 44 BC or AD 44.") % {"text": typed}
        )
    raise _problem(typed)


def _lacks_century(text: str) -> bool:
    """Whether it would be a date if its last two digits stood in full."""
    two = re.fullmatch(r"(|.*[^0-9])([0-9]{2})('?s|年代)?", text)
    try:
        return two is not None and any(_single(two[1].removesuffix("'") + "19" + two[2] + (two[3] or "")))
    except TwoReadings:
        return True


def _single(text: str) -> Iterator[str]:
    if (parts := parts_of(text)) and parts.edtf:
        yield parts.edtf


_YEARS = re.compile(r"([0-9]{3,4}) ?[-/] ?([0-9]{3,4})")
_SHORT = re.compile(r"([0-9]{4}) ?([-–/]) ?([0-9]{2})")


def _years(text: str) -> Iterator[str]:
    """1914/15 and 1914-1918. Where 1911/12 may also be a month, nobody knows which."""
    if whole := _YEARS.fullmatch(text):
        yield f"{int(whole[1]):04}/{int(whole[2]):04}"
    short = _SHORT.fullmatch(text)
    if not short:
        return
    start, tail = int(short[1]), int(short[3])
    end = start - start % 100 + tail + (100 if tail < start % 100 else 0)  # 1999/00
    is_next = end == start + 1
    if short[2] == "/" and 1 <= tail <= 12:
        if is_next:
            raise TwoReadings(f"{start}-{tail:02}", f"{start}/{end}")
    elif is_next or tail > start % 100:
        yield f"{start}/{end}"


def _season_of_two_years(text: str) -> Iterator[str]:
    """Winter 1914/15 lies in the north, summer 1914/15 in the south, and both from December to March."""
    for found in filter(None, (pattern.fullmatch(text) for pattern in YEARS_OF_SEASON)):
        start, end = int(found["first"]), found["last"]
        season, hemisphere = SEASONS[found["season"]], HEMISPHERES.get(found["hemisphere"] or "")
        crosses = {SEASONS["winter"]: 4, SEASONS["summer"]: 8}.get(season)
        if crosses is None or hemisphere not in (None, crosses) or f"{start + 1:04}"[-len(end) :] != end:
            raise _SeasonOfYears
        yield f"{start:04}-12~/{start + 1:04}-03~"


_SPANS = [
    re.compile(pattern)
    for pattern in (
        r"between (.+) and (.+)",
        r"from (.+?) (?:to|until) (.+)",
        r"entre (?:el )?(.+) y (?:el )?(.+)",
        r"(?:desde )(?:el )?(.+) hasta (?:el )?(.+)",
        r"del? (.+) al? (.+)",
        r"(.+?)から(.+?)(?:まで|の間)?",
        r"(.+?) ?[–~] ?(.+)",
        r"(.+?) (?:-|to|al) (.+)",
        r"([0-9]{1,2})-([0-9]{1,2} .+)",
    )
]


def _spans(text: str) -> Iterator[str]:
    for pattern in _SPANS:
        ends = pattern.fullmatch(text)
        if ends and (both := _complete(list(ends.groups()))):
            yield "/".join(both)


def _complete(texts: list[str]) -> list[str]:
    """The EDTF of several dates that say together what each leaves out; empty unless all are dates."""
    several = [parts_of(text) for text in texts]
    known = [parts for parts in several if parts]
    if len(known) < len(several):
        return []
    first, last = known[0], known[-1]
    if last.is_before_christ and first.year and not first.is_before_christ:  # 100–44 BC
        first = known[0] = parts_of(f"{texts[0]} bc") or first
    written = [parts.completed(last).completed(first).edtf for parts in known]
    return written if all(written) else []


_SINCE = [
    re.compile(p) for p in (r"(?:since|from|desde|a partir de)(?: el)? (.+)", r"(.+?)(?:から|以降|以来| en adelante)")
]
_UNTIL = [re.compile(p) for p in (r"(?:until|till|up to|hasta)(?: el)? (.+)", r"(.+?)まで")]
_OR_EARLIER = [re.compile(p) for p in (r"(.+?) (?:or (?:earlier|before)|o antes)", r"by (.+)", r"(.+?)以前")]
_OR_LATER = [re.compile(p) for p in (r"(.+?) (?:or (?:later|after)|o despues)", r"(.+?)以後")]
_BEFORE = [re.compile(p) for p in (r"(?:before|prior to|antes del?(?: ano)?) (.+)", r"(.+?)より前")]
_AFTER = [re.compile(p) for p in (r"(?:after|despues del?(?: ano)?|tras(?: el)?) (.+)", r"(.+?)より後")]


def _one_sided(text: str) -> Iterator[str]:
    """EDTF counts the day, month or year itself as earlier or later; before and after begin next to it."""
    for patterns, written in (
        (_OR_EARLIER, _or_earlier),
        (_OR_LATER, _or_later),
        (_BEFORE, _before),
        (_AFTER, _after),
        (_SINCE, "{}/..".format),
        (_UNTIL, "../{}".format),
    ):
        for found in filter(None, (pattern.fullmatch(text) for pattern in patterns)):
            for edtf in _single(found[1]):
                yield written(edtf)


def _or_earlier(edtf: str) -> str:
    """Of a decade the last day: EDTF has no span before one."""
    span = _sure_span(edtf)
    return f"[..{edtf if _is_precise(span) else edtf_day(span.latest or 0)}]"


def _or_later(edtf: str) -> str:
    span = _sure_span(edtf)
    return f"[{edtf if _is_precise(span) else edtf_day(span.earliest or 0)}..]"


def _is_precise(span: When) -> bool:
    return isinstance(span.stated, Stated) and bool(span.stated.precision)


def _before(edtf: str) -> str:
    first = _sure_span(edtf).earliest
    return f"[..{edtf_day(first - 1)}]" if first is not None else ""


def _after(edtf: str) -> str:
    last = _sure_span(edtf).latest
    return f"[{edtf_day(last + 1)}..]" if last is not None else ""


def _sure_span(edtf: str) -> When:
    """Of what has a first and a last day that nobody doubts. Raises DateProblem, and _Rough for all else."""
    span = parse(edtf)
    if isinstance(span.stated, Interval) or any(date.part or date.is_doubted for date in span.dates):
        raise _Rough
    return span


_OR = re.compile(r",? or |,? [ou] |、?または|、?あるいは")
_AND = re.compile(r",? and |,? [ye] |、?および|と|、")


def _lists(text: str) -> Iterator[str]:
    for separator, form in ((_OR, "[{}]"), (_AND, "{{{}}}")):
        pieces = separator.split(text)
        if len(pieces) > 1:
            before = [piece for group in pieces[:-1] for piece in _of_list(group)]
            if several := _complete([*before, pieces[-1]]):
                yield form.format(",".join(several))


def _of_list(text: str) -> list[str]:
    """December 17, 1996 has a comma of its own."""
    return [text] if parts_of(text) else re.split(", |、", text)


_DOUBTS = ((ABOUT, "~"), (ABOUT_AFTER, "~"), (UNCERTAIN, "?"), (UNCERTAIN_AFTER, "?"))


def _doubt_readings(text: str) -> Iterator[str]:
    """Doubt about a whole span: about 17–22 December 1996."""
    for pattern, sign in _DOUBTS:
        if found := pattern.fullmatch(text):
            for edtf in _spans(found[1]):
                ends = edtf.split("/")
                if all(end[-1] not in "~?%" for end in ends):
                    yield "/".join(f"{end}{sign}" for end in ends)


_READINGS: tuple[Callable[[str], Iterator[str]], ...] = (
    *(_years, _single, _season_of_two_years, _doubt_readings, _spans, _one_sided, _lists),
)


_DAYS = re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/-?[0-9]{4}-[0-9]{2}-[0-9]{2})?")  # the words already say all


def as_understood(typed: TypedDate, language: str, hemisphere: Hemisphere = "") -> str:
    """The words that readers get, and what is covered: “about 1997, between 1996 and 1998”. Of a season without a
    hemisphere only the words."""
    if not typed.edtf:
        return _("no date")
    said = words(typed.edtf, language)
    if typed.time:
        return f"{said}, {typed.time:%H:%M}"
    when = parse(typed.edtf, hemisphere)
    if when.depends_on_hemisphere and not hemisphere:
        return said
    if when.is_open or isinstance(when.stated, Choice) or _DAYS.fullmatch(when.text):
        return said
    first, last = (words(day, language) for day in _margins(when))
    return _("%(date)s, between %(first)s and %(last)s") % {"date": said, "first": first, "last": last}


def _margins(when: When) -> tuple[str, str]:
    """The first and the last day, month or year that may be meant: a doubted end reaches one unit further."""
    assert when.earliest is not None and when.latest is not None  # noqa: S101  asked for closed spans only
    return _edge(when.dates[0], when.earliest, -1), _edge(when.dates[-1], when.latest, 1)


def _edge(date: Stated, day: int, way: int) -> str:
    year, month, _day = ymd_of(day)
    if not date.doubt or date.precision not in ("day", "month", "year"):
        return edtf_day(day)
    if date.precision == "day":
        return edtf_day(day + way)
    if date.precision == "month":
        return edtf_day(month_start(year, month + way))[: -len("-01")]
    return edtf_day(number_of(year + way, 1, 1)).removesuffix("-01-01")
