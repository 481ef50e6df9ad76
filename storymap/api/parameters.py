"""What may be asked for in an address. What cannot be understood is refused and named, as JSON (RFC 9457)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpResponse

from places import when
from places.statuses import ClaimStatus
from storymap.api.links import guide
from storymap.maps.geometries import Box
from storymap.numbers import whole_number

CONTENT_TYPE = "application/problem+json"


class NoAnswer(Exception):
    """An answer that is none. `kind` is the anchor of its description in the guide."""

    status, kind, title = 500, "", ""

    def __init__(self, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.detail, self.more = detail, more

    def response(self) -> HttpResponse:
        body = {"type": f"{guide()}#{self.kind}", "title": self.title, "status": self.status, "detail": self.detail}
        response = HttpResponse(msgspec.json.encode({**body, **self.more}), CONTENT_TYPE, self.status)
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = "en"
        return response


class BadParameter(NoAnswer):
    """A parameter that cannot be understood: names it, and what to write."""

    status, kind, title = 400, "bad-parameter", "Bad parameter"

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail, parameter=parameter)


class NotFound(NoAnswer):
    """The same for what never was, is not published yet and is published no more: which is nobody's business."""

    status, kind, title = 404, "not-found", "Not found"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing published at this address, or not in the language or edition that was asked for."
        )


class Failed(NoAnswer):
    """Our mistake, of which nothing is said but that it was ours."""

    status, kind, title = 500, "failed", "Internal error"

    def __init__(self) -> None:
        super().__init__("The site has failed. Please ask again later.")


class OnlyReading(NoAnswer):
    status, kind, title = 405, "only-reading", "Method not allowed"

    def __init__(self) -> None:
        super().__init__("The data can be read with GET and HEAD, and not be written.")

    def response(self) -> HttpResponse:
        response = super().response()
        response["Allow"] = "GET, HEAD"
        return response


STATUSES = tuple(ClaimStatus.values)
MOST_ON_A_PAGE, ON_A_PAGE = 100, 20
_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,330})?(?:[eE][-+]?[0-9]{1,3})?")  # as JSON writes them


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The parameters of one request, understood. `given` are their texts, in order, for links."""

    lang: str = ""  # the story's default
    edition: int | None = None  # the one that is visible now
    page: int = 1
    limit: int = ON_A_PAGE
    bbox: tuple[Box, ...] = ()  # everywhere; two across the antimeridian
    since: int | None = None  # days, as numbers of places.dates.days
    until: int | None = None
    status: frozenset[str] = frozenset()  # all
    given: tuple[tuple[str, str], ...] = ()

    @property
    def is_filtered(self) -> bool:
        return bool(self.bbox or self.status) or self.since is not None or self.until is not None


def read_parameters(query: Mapping[str, Any], texts: Callable[[str], Sequence[str]], known: Sequence[str]) -> Asked:
    """`texts` gives all values of a name. Raises BadParameter."""
    fields: dict[str, Any] = {}
    for name in sorted(query):
        if name not in known:
            listed = f"Known here: {', '.join(known)}." if known else "None is known here."
            raise BadParameter(name[:80], f"There is no such parameter. {listed}")
        if len(texts(name)) != 1:
            raise BadParameter(name, f"Give “{name}” once. Several values are separated by commas.")
        fields[FIELDS.get(name, name)] = READERS[name](texts(name)[0])
    understood = Asked(**fields, given=tuple((name, texts(name)[0]) for name in sorted(query)))
    if understood.since is not None and understood.until is not None and understood.since > understood.until:
        raise BadParameter("until", "“until” ends before “from” begins.")
    return understood


def _language(text: str) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    if text not in codes:
        raise BadParameter("lang", f"Write one of: {', '.join(codes)}.")
    return text


def _edition(text: str) -> int:
    return _number_up_to("edition", text, 999_999_999, "the number of an edition")


def _page(text: str) -> int:
    return _number_up_to("page", text, 999_999, "the number of a page")


def _limit(text: str) -> int:
    return _number_up_to("limit", text, MOST_ON_A_PAGE, "how many stories a page has")


def _number_up_to(name: str, text: str, most: int, meaning: str) -> int:
    number = whole_number(text)
    if number is None or not 1 <= number <= most:
        raise BadParameter(name, f"Write {meaning}, a whole number from 1 to {most}.")
    return number


def _bbox(text: str) -> tuple[Box, ...]:
    """In the order of RFC 7946, section 5; west beyond east crosses the antimeridian."""
    parts = text.split(",")
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise BadParameter(
            "bbox", "Write four numbers: west,south,east,north in degrees, as in -77.1,-12.2,-76.9,-12.0."
        )
    west, south, east, north = (float(part) for part in parts)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise BadParameter("bbox", "Longitudes are from -180 to 180, latitudes from -90 to 90: west,south,east,north.")
    if south > north:
        raise BadParameter("bbox", "South lies above north. The order is west,south,east,north, longitude first.")
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    # both sides of the antimeridian are the same place
    spans += [(180.0, 180.0)] if west == -180 and west <= east else []
    spans += [(-180.0, -180.0)] if east == 180 and west <= east else []
    return tuple((low, south, high, north) for low, high in spans)


def _since(text: str) -> int:
    day = _span("from", text).earliest
    if day is None:
        raise BadParameter(
            "from", "This date has no beginning. Write a day, a month or a year: 1996-12-17, 1996-12, 1996."
        )
    return day


def _until(text: str) -> int:
    day = _span("until", text).latest
    if day is None:
        raise BadParameter("until", "This date has no end. Write a day, a month or a year: 1997-04-22, 1997-04, 1997.")
    return day


def _span(name: str, text: str) -> when.When:
    try:
        return when.parse(text)
    except when.DateProblem:
        raise BadParameter(
            name, "Write a date of ISO 8601 or EDTF: 1996-12-17, 1996-12, 1996, 1996-12-17/1996-12-18."
        ) from None


def _status(text: str) -> frozenset[str]:
    wanted = frozenset(text.split(","))
    if not wanted <= set(STATUSES):
        raise BadParameter("status", f"Write one or several of {','.join(STATUSES)}, separated by commas.")
    return wanted


FIELDS = {"from": "since"}  # a word of Python's own
READERS: dict[str, Callable[[str], Any]] = {
    "lang": _language,
    "edition": _edition,
    "page": _page,
    "limit": _limit,
    "bbox": _bbox,
    "from": _since,
    "until": _until,
    "status": _status,
}
