"""Finds where names and addresses are: what was answered before, the built-in gazetteer, the operator's service."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from django.conf import settings
from django.utils.translation import gettext as _, ngettext
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderRateLimited, GeocoderTimedOut, GeopyError
from geopy.geocoders import Nominatim, Pelias, Photon
from geopy.geocoders.base import Geocoder

from places.accuracy import USUAL, Accuracy, of_answer
from places.cities import CITIES_CREDIT, fold
from places.models.gazetteer import CachedAnswer, GazetteerName, GeocodingTurn

LIMIT = 3.7  # seconds for everything, so that an editor has an answer within four
PATIENCE = 1.5  # seconds of these for one's turn
MOST = 8
LONGEST = 300
MOST_PARTS = 6  # of an address: each is looked up
PUBLIC = {"nominatim": "https://nominatim.openstreetmap.org", "photon": "https://photon.komoot.io"}
CREDITS = {
    "nominatim": "© OpenStreetMap contributors (ODbL)",
    "photon": "© OpenStreetMap contributors (ODbL), Photon",
    "pelias": "Pelias: OpenStreetMap, OpenAddresses, Who's On First, GeoNames",
    "gazetteer": CITIES_CREDIT,
}
_asking = ThreadPoolExecutor(max_workers=4, thread_name_prefix="geocoding")  # a name server may hang for minutes


@dataclass(frozen=True)
class Candidate:
    name: str
    lat: float
    lng: float
    country: str = ""  # ISO 3166-1 alpha-2, where it is known
    precision: str = "point"  # one of Precision
    radius: float = USUAL["city"]  # metres within which it lies


@dataclass(frozen=True)
class Found:
    """`problem` says what went wrong and what to do now; `retry_after` in how many seconds asking makes sense."""

    candidates: tuple[Candidate, ...] = ()
    attribution: str = ""
    problem: str = ""
    retry_after: float = 0


class ServiceRefused(Exception):
    """The service cannot be used now. The text is for editors."""

    def __init__(self, text: str, retry_after: float = 0) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class CarefulAdapter(BaseSyncAdapter):
    """How geopy asks: with limits, and without following anyone elsewhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        from places import fetching  # noqa: PLC0415  httpx is slow to import, and few requests ask a service

        self._fetch = fetching.fetch
        fetching.get_ready()

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        answer = self._fetch(url, headers=headers, seconds=timeout)
        if answer.status != 200:
            raise AdapterHTTPError(
                f"status {answer.status}",
                status_code=answer.status,
                headers={name.lower(): value for name, value in answer.headers.items()},
                text="",
            )
        return answer.text

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        return json.loads(self.get_text(url, timeout=timeout, headers=headers))


def find(text: str, language: str, *, patience: float = PATIENCE, adapter: type = CarefulAdapter) -> Found:
    """Candidates, best first. Never raises for what a service does."""
    until = time.monotonic() + LIMIT
    if not fold(text) or len(text) > LONGEST or "\x00" in text:
        return Found(problem=_("Write a name or an address of at most %(number)d characters.") % {"number": LONGEST})
    service = settings.STORYMAP_GEOCODER
    key = _key(text, language)
    if (cached := CachedAnswer.fresh(key)) is not None:
        return _results(tuple(Candidate(**one) for one in cached), CREDITS.get(service, ""))
    if known := _in_gazetteer(text, language):
        return _results(known, CREDITS["gazetteer"])
    if service == "none" or not settings.STORYMAP_GEOCODER_CONTACT:
        return Found(problem=_not_here())
    try:
        candidates = _from_service(text, language, until, patience, adapter)
    except ServiceRefused as refused:
        return Found(problem=str(refused), retry_after=refused.retry_after)
    CachedAnswer.keep(key, [asdict(one) for one in candidates])
    return _results(candidates, CREDITS[service])


def town_of(address: str, language: str) -> tuple[Candidate, ...]:
    """The town in which an address is, where the gazetteer knows it: “Los Laureles 181, Lima”. Nobody is asked."""
    parts = [part.strip() for part in address.split(",")[1:]][-MOST_PARTS:]
    tails = (", ".join(parts[number:]) for number in range(len(parts)))
    return next((known for tail in tails if (known := _in_gazetteer(tail, language))), ())


def _results(candidates: tuple[Candidate, ...], attribution: str) -> Found:
    if candidates:
        return Found(candidates, attribution)
    return Found(problem=_("Nothing was found. Try a shorter name, or paste coordinates or a map link."))


def _key(text: str, language: str) -> str:
    parts = (settings.STORYMAP_GEOCODER, settings.STORYMAP_GEOCODER_URL, language, fold(text))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _in_gazetteer(text: str, language: str) -> tuple[Candidate, ...]:
    """“Lima”, and “Lima, Peru” or “Lima, PE”."""
    name, _comma, country = (fold(part) for part in text.partition(","))
    rows = GazetteerName.objects.filter(folded=name)
    if country:
        rows = rows.filter(country__in=_codes(country, language))
    names = _territories(language)
    return tuple(
        Candidate(
            f"{row.name}, {names.get(row.country, row.country)}", row.latitude, row.longitude, row.country, "city"
        )
        for row in rows[:MOST]
    )


def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language.replace("-", "_")).territories)


def _codes(country: str, language: str) -> list[str]:
    named = [*_territories(language).items(), *Locale("en").territories.items()]
    return [code for code, name in named if country in (code.casefold(), fold(name))]


def _geocoder(adapter: type) -> Geocoder:
    name = settings.STORYMAP_GEOCODER
    address = urlsplit(settings.STORYMAP_GEOCODER_URL or PUBLIC[name])
    kind: Callable[..., Geocoder] = {"nominatim": Nominatim, "photon": Photon, "pelias": Pelias}[name]
    return kind(
        domain=address.netloc + address.path,
        scheme=address.scheme,
        user_agent=f"storymap/0.1 ({settings.STORYMAP_GEOCODER_CONTACT})",
        adapter_factory=adapter,
    )


def _from_service(text: str, language: str, until: float, patience: float, adapter: type) -> tuple[Candidate, ...]:
    service = settings.STORYMAP_GEOCODER_URL or PUBLIC[settings.STORYMAP_GEOCODER]
    geocoder = _geocoder(adapter)  # before one's turn: what delays a request brings it nearer to the next
    wait, taken = GeocodingTurn.take(service[:200], patience=patience)
    if not taken:
        raise ServiceRefused(_busy(wait), wait)
    time.sleep(wait)
    left = max(1.0, until - time.monotonic())
    asked = _asking.submit(_ask, geocoder, text, language, left)
    try:
        return asked.result(timeout=left + 0.1)
    except (GeocoderTimedOut, TimeoutError):
        asked.cancel()
        raise ServiceRefused(_elsewise(_("The search service takes too long."))) from None
    except GeocoderRateLimited as limited:
        seconds = float(limited.retry_after or 60)
        GeocodingTurn.hold_off(service[:200], seconds=seconds)
        raise ServiceRefused(_busy(seconds), seconds) from None
    except GeopyError:
        raise ServiceRefused(_elsewise(_("The search service answers with an error."))) from None
    except Exception:  # noqa: BLE001  what a hostile answer raises in a parser has no common name
        raise ServiceRefused(_elsewise(_("The search service cannot be reached or understood."))) from None


def _not_here() -> str:
    if GazetteerName.objects.exists():
        return _("Not in the built-in gazetteer. Paste coordinates or a map link.")
    return _(
        "This site knows no place names yet (its operator can load them: manage.py load_gazetteer). "
        "Paste coordinates or a map link."
    )


def _elsewise(text: str) -> str:
    return f"{text} {_('Try again later, or paste coordinates or a map link.')}"


def _busy(seconds: float) -> str:
    number = math.ceil(seconds)
    return ngettext(
        "The search service is busy: try again in %(number)d second, or paste coordinates or a map link.",
        "The search service is busy: try again in %(number)d seconds, or paste coordinates or a map link.",
        number,
    ) % {"number": number}


def _ask(geocoder: Geocoder, text: str, language: str, seconds: float) -> tuple[Candidate, ...]:
    limits: dict[str, Any] = {"limit": MOST} if isinstance(geocoder, Nominatim | Photon) else {}
    if isinstance(geocoder, Nominatim):
        limits["addressdetails"] = True  # for the country
    answers = geocoder.geocode(text, exactly_one=False, language=language, timeout=seconds, **limits) or []
    return tuple(
        _candidate(a.address, a.latitude, a.longitude, _country(a.raw), of_answer(a.raw)) for a in answers[:MOST]
    )


def _country(raw: Any) -> str:
    """The country's code where each service writes it."""
    parts = [raw.get("address"), raw.get("properties")] if isinstance(raw, dict) else []
    written = [part.get(key) for part in parts if isinstance(part, dict) for key in ("country_code", "countrycode")]
    codes = [code.upper() for code in written if isinstance(code, str)]
    return next((code for code in codes if len(code) == 2 and code.isascii() and code.isalpha()), "")


def _candidate(name: Any, lat: float, lng: float, country: str, accuracy: Accuracy) -> Candidate:
    """Raises ValueError for a position that is none."""
    if not (abs(lat) <= 90 and abs(lng) <= 180):  # NaN is less than nothing
        raise ValueError("not on this planet")
    shown = "".join(char for char in str(name) if char.isprintable())
    return Candidate(shown[:LONGEST], float(lat), float(lng), country, accuracy.precision, accuracy.radius)
