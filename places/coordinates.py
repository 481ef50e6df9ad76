"""Reads positions as people paste them: decimal degrees, degrees-minutes-seconds, geo: addresses, map links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext as _

from places.accuracy import of_digits, of_unit, of_view, rounded
from places.geo import LatLng

LONGEST = 2000
LONGEST_PAIR = 120

_SIGNS = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９", "0123456789", strict=True)),
        **dict.fromkeys("−–‐‑－", "-"),
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys("′’‘ʹ´", "'"),
        **dict.fromkeys("″”“ʺ", '"'),
        "，": ",",
        "、": ",",
        "；": ";",
        "．": ".",
        "\u00a0": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u200e": "",
    }
)
_NUMBER = r"\d{1,3}(?:\.\d{1,20})?"
_SIXTIETHS = r"\d{1,2}(?:\.\d{1,20})?"
_ANGLE = (
    rf"(?P<before{{n}}>[NSEWO])?\ ?(?P<sign{{n}}>[+-])?\ ?(?P<degrees{{n}}>{_NUMBER})\ ?°?"
    rf"(?:\ ?(?P<minutes{{n}}>{_SIXTIETHS})\ ?'(?:\ ?(?P<seconds{{n}}>{_SIXTIETHS})\ ?(?:\"|''))?)?"
    r"\ ?(?P<after{n}>[NSEWO])?"
)
_BETWEEN = r"(?:\ ?[,;/]\ ?|\ |(?=[+-])|(?<=[NSEWO°'\"]))"
_PAIR = re.compile(_ANGLE.replace("{n}", "1") + _BETWEEN + _ANGLE.replace("{n}", "2") + "/?")
_PLAIN_PAIR = re.compile(r"\s*(?:loc:)?\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)(?:,.*)?")
_UNCERTAINTY = re.compile(r";u=(\d{1,9}(?:\.\d{1,9})?)(?:[;?]|$)", re.IGNORECASE)  # metres, RFC 5870
_PIN = re.compile(r"!3d(-?\d+(?:\.\d+)?)!4d(-?\d+(?:\.\d+)?)")  # of a Google place; the view may lie beside it
_VIEWS = (
    re.compile(r"/@(?P<lat>-?\d+(?:\.\d+)?),(?P<lng>-?\d+(?:\.\d+)?)(?:,(?P<zoom>\d{1,2}(?:\.\d+)?)z)?"),
    re.compile(r"#(?:.*&)?map=(?P<zoom>\d{1,2}(?:\.\d+)?)/(?P<lat>-?\d+(?:\.\d+)?)/(?P<lng>-?\d+(?:\.\d+)?)"),
)
_USUAL_ZOOM = 15.0  # of a view whose address does not say it
_QUERIES = ("coordinate", "ll", "q", "query", "destination", "daddr", "sll", "center")


@dataclass(frozen=True)
class Reading:
    """What a text says: a position, and within how many metres of it the true one lies, as far as the text shows;
    or a problem, with the position that was perhaps meant the other way round."""

    at: LatLng | None = None
    radius: float = 0
    problem: str = ""
    swapped: LatLng | None = None


def read(text: str) -> Reading | None:
    """The position in the text; None when the text does not look like one, but like a name or an address."""
    text = text.strip()
    if len(text) > LONGEST:
        return Reading(problem=_("This text is too long for a position: paste -12.0914, -77.0494 or a map link."))
    if text.lower().startswith("geo:"):
        said = _UNCERTAINTY.search(text)
        return _first_pair([(text[4:].split(";")[0].split("?")[0], float(said[1]) if said else 0.0)])
    if re.match(r"https?://", text, re.IGNORECASE):
        return _from_link(text)
    return _from_pair(" ".join(text.translate(_SIGNS).split()).upper()) if len(text) <= LONGEST_PAIR else None


def _from_link(text: str) -> Reading:
    try:
        parts = urlsplit(text)
        query = dict(parse_qsl(parts.query, max_num_fields=100))
    except ValueError:
        return Reading(problem=_("This link cannot be read: paste the coordinates instead."))
    pairs = [f"{query['mlat']},{query['mlon']}"] if "mlat" in query and "mlon" in query else []
    whole = unquote(text)
    pairs += [f"{lat},{lng}" for lat, lng in _PIN.findall(whole)[-1:]]
    pairs += [query[name] for name in _QUERIES if name in query]
    views = [found for pattern in _VIEWS if (found := pattern.search(whole))]
    return _first_pair([*((pair, 0.0) for pair in pairs), *((f"{v['lat']},{v['lng']}", _reach(v)) for v in views)])


def _reach(view: re.Match[str]) -> float:
    """Metres within which lies what the view was copied for."""
    return of_view(float(view["zoom"] or _USUAL_ZOOM), max(-90.0, min(90.0, float(view["lat"]))))


def _first_pair(pairs: list[tuple[str, float]]) -> Reading:
    """The first that is a position. With each stands its radius in metres; 0 where only its digits tell."""
    for pair, radius in pairs:
        if match := _PLAIN_PAIR.fullmatch(pair):
            digits = of_digits(match[1], match[2])
            return _position(float(match[1]), float(match[2]), rounded(radius) if radius else digits)
    return Reading(
        problem=_("This link holds no position. Open it, and copy the full address or the coordinates from there.")
    )


def _from_pair(text: str) -> Reading | None:
    # commas inside numbers are decimal ones where the text makes no sense otherwise
    match = _PAIR.fullmatch(text) or _PAIR.fullmatch(re.sub(r"(?<=\d),(?=\d)", ".", text))
    if match is None:
        return None
    written = [letter for name in ("before1", "after1", "before2", "after2") if (letter := match[name])]
    letters = written if len(written) == 2 else ["", ""]
    if len(written) not in (0, 2):
        return Reading(problem=_("A position needs one of N or S and one of E or W: 12.0914 S, 77.0494 W."))
    try:
        values = [_degrees(match, n, letter) for n, letter in enumerate(letters, start=1)]
    except ValueError as error:
        return Reading(problem=str(error))
    radius = of_unit(min(_unit(match, 1), _unit(match, 2)))
    if not any(letters):
        return _position(values[0], values[1], radius)
    axes = [letter in "NS" for letter in letters]
    if axes == [True, False]:
        return _position(values[0], values[1], radius, sure=True)
    if axes == [False, True]:
        return _position(values[1], values[0], radius, sure=True)
    return Reading(problem=_("A position needs one of N or S and one of E or W: 12.0914 S, 77.0494 W."))


def _degrees(match: re.Match[str], n: int, letter: str) -> float:
    if letter == "O":
        raise ValueError(_("O is west in Spanish and east in German: write W or E."))
    if letter and match[f"sign{n}"]:
        raise ValueError(_("Write either a sign or a letter, not both: -12.0914 or 12.0914 S."))
    minutes, seconds = float(match[f"minutes{n}"] or 0), float(match[f"seconds{n}"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise ValueError(_("Minutes and seconds go from 0 to 59."))
    value = float(match[f"degrees{n}"]) + minutes / 60 + seconds / 3600
    return -value if letter in ("S", "W") or match[f"sign{n}"] == "-" else value


def _unit(match: re.Match[str], n: int) -> float:
    """What the last digit of the angle stands for, in degrees."""
    parts = (("seconds", 3600), ("minutes", 60), ("degrees", 1))
    name, share = next((name, share) for name, share in parts if match[f"{name}{n}"])
    return float(10.0 ** -len(match[f"{name}{n}"].partition(".")[2])) / share


def _position(lat: float, lng: float, radius: float, *, sure: bool = False) -> Reading:
    """`sure`: letters say which number is which, so they cannot have been swapped."""
    if abs(lat) <= 90 and abs(lng) <= 180:
        return Reading(at=LatLng(lat, lng), radius=radius)
    if not sure and abs(lng) <= 90 and abs(lat) <= 180:
        return Reading(
            problem=_("A latitude goes from -90 to 90. Are latitude and longitude swapped?"),
            swapped=LatLng(lng, lat),
            radius=radius,
        )
    return Reading(problem=_("A latitude goes from -90 to 90, a longitude from -180 to 180."))
