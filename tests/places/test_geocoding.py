"""Finding names and addresses: the order of asking, and every way in which a service can fail."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from django.utils import timezone

from places import geocoding
from places.geocoding import Candidate, CarefulAdapter, find, town_of
from places.models import CachedAnswer, GazetteerName, GeocodingTurn

GOOD = [{"display_name": "Los Laureles 181, Lima", "lat": "-12.09", "lon": "-77.05"}]
pytestmark = pytest.mark.django_db


class Service:
    """A geocoding service on the loopback whose behaviour a test chooses."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.over = Event()
        self.answer: Callable[[BaseHTTPRequestHandler], None] = saying(json.dumps(GOOD))
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked.append((self.path, self.headers["User-Agent"]))
                service.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def saying(text: str, status: int = 200, length: int | None = None, **headers: str) -> Callable:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = text.encode()
        handler.send_response(status)
        for name, value in {"Content-Length": str(length or len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        with contextlib.suppress(OSError):  # who asked has read enough
            handler.wfile.write(body)

    return answer


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    running = Service()
    settings.STORYMAP_GEOCODER, settings.STORYMAP_GEOCODER_URL = "nominatim", running.url
    settings.STORYMAP_GEOCODER_CONTACT = "maps@example.org"
    yield running
    running.over.set()
    running.server.shutdown()
    running.server.server_close()


def test_a_service_is_asked_once_and_told_who_asks(service: Service) -> None:
    """The answer to the same question, however it is spelt, comes from the database."""
    first, second = find("Los Laureles 181", "en"), find("los  laureles 181", "en")
    assert first.candidates == second.candidates == (Candidate("Los Laureles 181, Lima", -12.09, -77.05),)
    assert "OpenStreetMap" in first.attribution == second.attribution
    assert len(service.asked) == 1 and "maps@example.org" in service.asked[0][1]


def test_an_answer_is_forgotten_after_thirty_days(service: Service) -> None:
    find("Los Laureles 181", "en")
    CachedAnswer.objects.update(answered_at=timezone.now() - timedelta(days=30, seconds=1))
    GeocodingTurn.objects.all().delete()
    find("Los Laureles 181", "en")
    assert len(service.asked) == 2


def test_the_gazetteer_is_asked_before_the_service(service: Service) -> None:
    """Accents and case do not matter, and a country picks among cities of one name."""
    for name, country, people in (("Córdoba", "ES", 300_000), ("Córdoba", "AR", 1_400_000)):
        GazetteerName.objects.create(
            folded="cordoba", name=name, country=country, latitude=1, longitude=2, population=people
        )
    assert [one.name for one in find("CORDOBA", "en").candidates] == ["Córdoba, Argentina", "Córdoba, Spain"]
    assert [one.name for one in find("Córdoba, España", "es").candidates] == ["Córdoba, España"]
    assert "CC BY 4.0" in find("cordoba, es", "en").attribution
    assert service.asked == []


ADDRESSES = {
    "Los Laureles 181, Lima": ["Lima, Peru"],
    "Los Laureles 181, San Isidro, LIMA, Peru": ["Lima, Peru"],
    "Lima": [],  # no address, and searched as it is
    "Los Laureles 181, Atlantis": [],
    "Los Laureles 181, Lima, Chile": [],
    ",,,": [],
    "x," * 149: [],
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_ends_with_a_town(address: str, service: Service, django_assert_max_num_queries: Any) -> None:
    GazetteerName.objects.create(folded="lima", name="Lima", country="PE", latitude=-12, longitude=-77)
    with django_assert_max_num_queries(6):
        assert [one.name for one in town_of(address, "en")] == ADDRESSES[address]
    assert service.asked == []


@pytest.mark.parametrize("off", [{"STORYMAP_GEOCODER_CONTACT": ""}, {"STORYMAP_GEOCODER": "none"}])
def test_nobody_is_asked_without_a_contact(off: dict, service: Service, settings: Any) -> None:
    for name, value in off.items():
        setattr(settings, name, value)
    assert "Paste coordinates or a map link" in find("Los Laureles 181", "en").problem
    assert service.asked == []


def hang(handler: BaseHTTPRequestHandler) -> None:
    server_over(handler).wait(20)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte at a time, each soon enough for a timeout that starts anew with every byte."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    with contextlib.suppress(OSError):
        while not server_over(handler).wait(0.05):
            handler.wfile.write(b" ")


def drip_the_head(handler: BaseHTTPRequestHandler) -> None:
    """The same before the answer has even begun."""
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 ")
        while not server_over(handler).wait(0.05):
            handler.wfile.write(b"O")


def server_over(handler: BaseHTTPRequestHandler) -> Event:
    return handler.server.over  # type: ignore[attr-defined]


FAILURES = {
    "slow": drip,
    "slow to begin": drip_the_head,
    "hanging": hang,
    "429": saying("", 429, Retry_After="120"),
    "500": saying("oops", 500),
    "html": saying("<html>Welcome to the hotel</html>"),
    "nan": saying('[{"display_name": "x", "lat": NaN, "lon": "nan"}]'),
    "wrong json": saying('{"lat": [1], "rows": 7}'),
    "truncated": saying('[{"lat": "1"', length=5000),
    "redirect": saying("", 302, Location="http://127.0.0.1:1/"),
    "huge": saying(json.dumps(["x" * 2_000_000])),
    "nested": saying("[" * 100_000),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failing_service_is_explained_with_a_next_step(
    failure: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No failure raises, none is cached, and each text says what an editor can do instead."""
    monkeypatch.setattr(geocoding, "LIMIT", 0.3)
    service.server.over = service.over  # type: ignore[attr-defined]
    service.answer = FAILURES[failure]
    found = find("Los Laureles 181", "en")
    assert found.candidates == () and "paste coordinates" in found.problem
    assert not CachedAnswer.objects.exists()
    assert len(service.asked) == 1


def test_the_service_gets_what_is_left_of_less_than_four_seconds(service: Service) -> None:
    """Waiting for one's turn is taken off the time for asking."""
    given: list[float] = []

    class Noting(CarefulAdapter):
        def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
            given.append(timeout)
            return super().get_json(url, timeout=timeout, headers=headers)

    GeocodingTurn.objects.create(service=service.url, free_at=timezone.now() + timedelta(seconds=0.3))
    assert find("Los Laureles 181", "en", adapter=Noting).candidates
    assert geocoding.PATIENCE + 1 < geocoding.LIMIT < 4
    assert geocoding.LIMIT - geocoding.PATIENCE < given[0] < geocoding.LIMIT - 0.1


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "refused"])
def test_a_service_that_is_not_there_is_explained(url: str, service: Service, settings: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.STORYMAP_GEOCODER_URL = url if "://" in url else f"http://127.0.0.1:{probe.getsockname()[1]}"
        assert "paste coordinates" in find("Los Laureles 181", "en").problem


def test_a_service_that_wants_peace_has_it(service: Service) -> None:
    """Retry-After holds for every later question, which is refused at once and says for how long."""
    service.answer = FAILURES["429"]
    assert find("Los Laureles 181", "en").retry_after == 120
    later = find("Los Laureles 182", "en")
    assert 100 < later.retry_after <= 120 and "try again in" in later.problem
    assert len(service.asked) == 1


def test_turns_are_a_second_apart_and_nobody_queues_for_long() -> None:
    waits = [GeocodingTurn.take("s", patience=1.5) for _turn in range(3)]
    assert [taken for _wait, taken in waits] == [True, True, False]
    assert waits[0][0] == 0 and 0.5 < waits[1][0] <= 1.2


@pytest.mark.parametrize("text", ["", "  ", "x" * 301, "a\x00b"])
def test_what_cannot_be_a_name_is_refused(text: str) -> None:
    assert "at most 300" in find(text, "en").problem


@pytest.mark.parametrize("kind", ["photon", "pelias"])
def test_other_services_answer_through_the_same_door(kind: str, service: Service, settings: Any) -> None:
    settings.STORYMAP_GEOCODER = kind
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [-77.05, -12.09]},
        "properties": {"name": "Residence", "city": "Lima", "label": "Residence, Lima"},
    }
    service.answer = saying(json.dumps({"features": [feature]}))
    (candidate,) = find("Residence", "en").candidates
    assert candidate.name.startswith("Residence") and (candidate.lat, candidate.lng) == (-12.09, -77.05)
