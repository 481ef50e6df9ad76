"""How far off a position may be, as it follows from how it was given: digits, zoom of a map, kind of an answer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from places.geo import LatLng, distance

DEGREE = 111_320  # metres of a degree of latitude, and of longitude at the equator
FINEST = 10  # metres: nobody who types a position has measured it better
WIDEST = 5_000_000  # metres: a quarter of the way round the world
TILE = 256  # pixels of the world's width at zoom 0
VIEW_PIXELS = 64  # so far from the middle of a window may lie what its address was copied for
USUAL = {"point": 100, "building": 50, "block": 150, "street": 500, "city": 10_000, "region": 100_000}
USUAL |= {"country": 500_000}  # metres, where an answer does not say how large a thing is
_KINDS = {
    "building": "house building address venue amenity shop office tourism craft emergency",
    "block": "block city_block",
    "street": "street road highway intersection",
    "city": "city town village hamlet municipality localadmin locality borough suburb district quarter neighbourhood "
    "neighborhood city_district postcode postalcode",
    "region": "county state region province macrocounty macroregion state_district island",
    "country": "country dependency continent",
}
_PRECISION = {word: precision for precision, words in _KINDS.items() for word in words.split()}


@dataclass(frozen=True)
class Accuracy:
    """`precision` is one of places.models.Precision; the true position lies within `radius` metres."""

    precision: str = "point"
    radius: float = FINEST


def rounded(metres: float) -> float:
    """To one digit, and upwards: nobody knows more of what nobody knows."""
    metres = max(FINEST, min(WIDEST, metres))
    power: float = 10 ** math.floor(math.log10(metres))
    return min(WIDEST, math.ceil(round(metres / power, 6)) * power)


def of_unit(degrees: float) -> float:
    """Metres by which a number is off at most whose last digit stands for so many degrees."""
    return rounded(degrees / 2 * DEGREE)


def of_digits(*numbers: str) -> float:
    """Metres, from decimal degrees as they are written. Of two numbers the finer counts: programs leave zeros out at
    the end of every tenth number."""
    decimals = (len(re.sub(r"^[^.]*\.?", "", number)) for number in numbers)
    return of_unit(10.0 ** -max(decimals, default=0))


def decimals_for(radius: float) -> int:
    """Of degrees that a position has which is known to so many metres: more of them would claim what nobody knows."""
    return max(0, math.ceil(math.log10(DEGREE / (2 * max(FINEST, radius)))))


def of_view(zoom: float, lat: float) -> float:
    """Metres, of the middle of a map at that zoom (256 px tiles)."""
    width = 360 * DEGREE * math.cos(math.radians(lat))
    return rounded(VIEW_PIXELS * width / (TILE * 2 ** max(0.0, min(30.0, zoom))))


def of_answer(raw: Any) -> Accuracy:
    """Of what a geocoder has found: its kind and its extent, where Nominatim, Photon and Pelias say them."""
    nested = (raw, raw.get("properties")) if isinstance(raw, dict) else ()
    parts: list[dict[str, Any]] = [part for part in nested if isinstance(part, dict)]
    words = [
        part.get(key) for part in parts for key in ("addresstype", "layer", "type", "class", "category", "osm_key")
    ]
    precision = next((_PRECISION[word] for word in words if isinstance(word, str) and word in _PRECISION), "")
    reach = next((half for part in parts if (half := _half_diagonal(part))), 0.0)
    if not precision:
        return Accuracy("point", rounded(reach or USUAL["city"]))
    if precision == "building":
        return Accuracy(precision, USUAL[precision])
    return Accuracy(precision, rounded(reach) if reach else USUAL[precision])


def _half_diagonal(part: dict[str, Any]) -> float:
    """Metres; 0 where no extent is said, or none that can be read."""
    try:
        if "boundingbox" in part:  # Nominatim: south, north, west, east
            south, north, west, east = (float(one) for one in part["boundingbox"])
        elif "extent" in part:  # Photon: west, north, east, south
            west, north, east, south = (float(one) for one in part["extent"])
        else:  # Pelias: west, south, east, north
            west, south, east, north = (float(one) for one in part["bbox"])
        return distance(LatLng(south, west), LatLng(north, east)) / 2
    except (KeyError, TypeError, ValueError):
        return 0.0
