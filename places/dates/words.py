"""What an EDTF date states, in words: Babel has the names and the order, gettext says how sure a date is.

Every statement of places.dates.edtf has words, without a sign of EDTF in them. The language is the active one.
"""

from __future__ import annotations

from itertools import islice, pairwise

from babel import Locale
from babel.lists import format_list
from django.utils.translation import gettext, pgettext

from places.dates.calendar_words import Ymd, formatted, interval_words, named, third_words, years_words
from places.dates.days import parts_of
from places.dates.edtf import Choice, Interval, Stated, Statement, days_of, possible_dates
from places.dates.seasons import QUARTERS, season_days, season_words
from places.dates.thirds import as_third

MOST_NAMED = 12  # of several possible dates; of more only the first and the last are named
MOST_IN_A_ROW = 3


def in_words(text: str, stated: Statement, locale: Locale) -> str:
    """The words of a text that places.dates.edtf has read."""
    if third := as_third(text):
        return third_words(*third, locale)
    if isinstance(stated, Choice):
        return _choice(stated, locale)
    return _interval(stated, locale) if isinstance(stated, Interval) else _date(stated, locale)


def _date(stated: Stated, locale: Locale, *, inside: bool = False, era: bool = False) -> str:
    """With its doubts. `inside` a longer text no comma stands before them."""
    if third := as_third(f"{stated.year}-{stated.month}{stated.doubt}"):
        return third_words(*third, locale)
    text = _plain(stated, locale, era=era)
    if stated.doubt:
        return _doubted(text, stated.doubt, inside=inside)
    return f"{text} ({_doubts_of_parts(stated, locale)})" if stated.is_doubted else text


def _doubted(text: str, doubt: str, *, inside: bool = False) -> str:
    if doubt in ("~", "%"):
        text = gettext("about %(date)s") % {"date": text}
    if doubt in ("?", "%"):
        text = (gettext("%(date)s (uncertain)") if inside else gettext("%(date)s, uncertain")) % {"date": text}
    return text


def _doubts_of_parts(stated: Stated, locale: Locale) -> str:
    """uncertain: year and month; approximate: day"""
    names = (pgettext("of a date", "year"), pgettext("of a date", "month"), pgettext("of a date", "day"))
    said = []
    for signs, text in (("?%", gettext("uncertain: %(parts)s")), ("~%", gettext("approximate: %(parts)s"))):
        parts = [name for name, doubt in zip(names, stated.doubts, strict=True) if doubt and doubt in signs]
        if parts:
            said.append(text % {"parts": format_list(parts, locale=locale)})
    return "; ".join(said)


def _plain(stated: Stated, locale: Locale, *, era: bool = False) -> str:
    if stated.part:
        return _part_of_a_year(stated, locale)
    if not stated.precision:
        return _unspecified(stated, locale)
    text = named(_ymd(stated), locale, era=era)
    if not stated.clock:
        return text
    zone = f" UTC{stated.zone if stated.zone != 'Z' else ''}" if stated.zone else ""
    return f"{text}, {stated.clock.removesuffix(':00')}{zone}"


def _ymd(stated: Stated) -> Ymd:
    return int(stated.year), int(stated.month or 0), int(stated.day or 0)


def _part_of_a_year(stated: Stated, locale: Locale) -> str:
    year = int(stated.year)
    if season := season_words(stated.part, named((year, 0, 0), locale)):
        return season
    first, last = (parts_of(day) for day in season_days(stated.part, year))
    if stated.part in QUARTERS:
        return formatted(first, "yQQQQ", locale)
    return interval_words((*first[:2], 0), (*last[:2], 0), locale)  # people name the months


def _unspecified(stated: Stated, locale: Locale) -> str:
    """A date in which digits are missing."""
    if "X" in stated.year:
        whose = years_words(stated.year, locale)
        if whose or stated.year == "XXXX":
            return _of_some_year(stated, whose, locale)
    elif text := _of_some_month(stated, locale):
        return text
    return _one_of(stated, locale)


def _of_some_year(stated: Stated, years: str, locale: Locale) -> str:
    """“the 1990s”, “a day in the 1990s”, “25 December of a year in the 1990s”; `years` is empty for any year at all."""
    if stated.month in ("", "XX") and stated.day in ("", "XX"):
        if not years:
            return gettext("date unknown")
        return _some(stated, years) if stated.month else years
    if "X" in stated.month + stated.day:
        return _one_of(stated, locale)
    skeleton = "MMMMd" if stated.day else "MMMM"
    day = formatted((1, int(stated.month), int(stated.day or 0)), skeleton, locale)
    if not years:
        return gettext("%(day)s of an unknown year") % {"day": day}
    return gettext("%(day)s of a year in %(years)s") % {"day": day, "years": years}


def _of_some_month(stated: Stated, locale: Locale) -> str:
    """“a month in 1996”, “a day in 1996”, “a day in December 1996”, “the 25th of a month in 1996”; else empty."""
    year = int(stated.year)
    if stated.month == "XX" and stated.day.isdigit():
        return gettext("day %(day)s of a month in %(year)s") % {
            "day": int(stated.day),
            "year": named((year, 0, 0), locale),
        }
    if stated.month == "XX" and stated.day in ("", "XX"):
        return _some(stated, named((year, 0, 0), locale))
    if stated.day == "XX" and stated.month.isdigit():
        return _some(stated, named((year, int(stated.month), 0), locale))
    return ""


def _some(stated: Stated, whole: str) -> str:
    text = gettext("a day in %(date)s") if stated.day else gettext("a month in %(date)s")
    return text % {"date": whole}


def _one_of(stated: Stated, locale: Locale) -> str:
    """Whatever else may be missing: the dates that are left, or the first and the last of them."""
    some = list(islice(possible_dates(stated), MOST_NAMED + 1))
    ends = [days_of(one) for one in some]
    in_a_row = all((before[1] or 0) + 1 == after[0] for before, after in pairwise(ends))
    if len(some) <= (MOST_IN_A_ROW if in_a_row else MOST_NAMED):
        return format_list([named(_ymd(one), locale) for one in some], "or", locale)
    return _between(stated, locale)


def _between(stated: Stated | Interval, locale: Locale) -> str:
    first, last = (parts_of(day) for day in days_of(stated) if day is not None)
    if isinstance(stated, Stated):
        said = 3 if stated.day else 2 if stated.month else 1
    else:
        said = {"day": 3, "month": 2}.get(stated.start.precision if stated.start else "", 1)
    ends = [tuple(part if n < said else 0 for n, part in enumerate(at)) for at in (first, last)]
    one, other = (named((at[0], at[1], at[2]), locale, era=first[0] < 1) for at in ends)
    return gettext("between %(first)s and %(last)s") % {"first": one, "last": other}


def _interval(stated: Interval, locale: Locale) -> str:
    if stated.start and stated.end:
        return _closed(stated.start, stated.end, locale)
    if not (stated.start or stated.end):
        return gettext("date unknown")
    if stated.start:
        text = gettext("since %(date)s, end unknown") if stated.unknown else gettext("since %(date)s")
        return text % {"date": _date(stated.start, locale, inside=True)}
    assert stated.end  # noqa: S101  one of them is there
    text = gettext("until %(date)s, start unknown") if stated.unknown else gettext("until %(date)s")
    return text % {"date": _date(stated.end, locale, inside=True)}


def _closed(start: Stated, end: Stated, locale: Locale) -> str:
    if start == end:
        return _date(start, locale)
    alike = start.precision == end.precision and start.precision in ("day", "month", "year")
    if alike and start.doubt == end.doubt and (start.doubt or not (start.is_doubted or end.is_doubted)):
        return _doubted(interval_words(_ymd(start), _ymd(end), locale), start.doubt)
    eras = start.precision != "" and int(start.year) < 1
    return f"{_date(start, locale, inside=True)} – {_date(end, locale, inside=True, era=eras)}"


def _choice(stated: Choice, locale: Locale) -> str:
    members = [_member(member, locale, every=stated.every) for member in stated.members]
    return format_list(members, "standard" if stated.every else "or", locale)


def _member(member: Stated | Interval, locale: Locale, *, every: bool) -> str:
    if isinstance(member, Stated):
        return _date(member, locale, inside=True)
    if every:
        return _interval(member, locale)
    if member.start and member.end:
        return _between(member, locale)
    if member.end:
        return _open_end(member.end, locale, is_last=True)
    assert member.start  # noqa: S101  one of them is there
    return _open_end(member.start, locale, is_last=False)


def _open_end(end: Stated, locale: Locale, *, is_last: bool) -> str:
    """What ends with the last day of a year is before the next one, what begins with the first is after the former."""
    if end.precision != "day":
        text = gettext("%(date)s or earlier") if is_last else gettext("%(date)s or later")
        return text % {"date": named(_ymd(end), locale)}
    day = days_of(end)[1 if is_last else 0] or 0
    at = _boundary(parts_of(day), parts_of(day + 1 if is_last else day - 1))
    if at[2]:
        text = pgettext("a day", "before %(date)s") if is_last else pgettext("a day", "after %(date)s")
    else:
        text = gettext("before %(date)s") if is_last else gettext("after %(date)s")
    return text % {"date": named(at, locale)}


def _boundary(day: Ymd, beyond: Ymd) -> Ymd:
    """What begins or ends between two days: a year, a month or only a day."""
    if beyond[0] != day[0]:
        return beyond[0], 0, 0
    return (beyond[0], beyond[1], 0) if beyond[1] != day[1] else beyond
