"""Guessing passwords: who has to wait, who has not, and what the page gives away."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.test import Client

from storymap import settings as site
from storymap.throttling import client_address
from tests import factories

ROOT = Path(__file__).resolve().parent.parent.parent
HERE, ELSEWHERE, PROXY = "203.0.113.5", "198.51.100.7", "10.0.0.1"
RIGHT, WRONG = "correct horse battery", "wrong"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ana() -> None:
    factories.make_user("ana", "author")


def sign_in(name: str = "ana", password: str = WRONG, peer: str = HERE, **headers: str) -> HttpResponse:
    form = {"username": name, "password": password, "next": "/admin/"}
    return Client().post("/admin/login/", form, REMOTE_ADDR=peer, **headers)


def statuses(times: int, **how: str) -> list[int]:
    return [sign_in(**how).status_code for _ in range(times)]


def asking(peer: str, forwarded: str = "") -> str | None:
    request = HttpRequest()
    request.META.update(REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    return client_address(request)


def test_the_fifth_failure_of_a_name_has_to_wait() -> None:
    """Four failures get the form again, the fifth a 429; then the right password is refused as well."""
    assert statuses(5) == [200, 200, 200, 200, 429]
    assert sign_in(password=RIGHT).status_code == 429


def test_the_owner_signs_in_from_another_network() -> None:
    """A name that is locked at one address is open at another."""
    statuses(10)
    assert sign_in(password=RIGHT, peer=ELSEWHERE).status_code == 302


def test_another_name_at_the_address_is_not_locked_yet() -> None:
    """Five failures of one name leave its neighbours in peace."""
    factories.make_user("ben", "author")
    statuses(5)
    assert sign_in("ben", RIGHT).status_code == 302


def test_the_twentieth_failure_of_an_address_locks_all_its_names() -> None:
    """Names are changed at each try: nineteen get the form, the twentieth and everybody after it a 429."""
    assert [sign_in(f"name{n}").status_code for n in range(20)] == [200] * 19 + [429]
    assert sign_in(password=RIGHT).status_code == 429
    assert sign_in(password=RIGHT, peer=ELSEWHERE).status_code == 302


UNLISTED = [
    (PROXY, {"HTTP_X_FORWARDED_FOR": ELSEWHERE}),
    (PROXY, {"HTTP_VIA": "1.1 front"}),
    ("127.0.0.1", {}),
    ("", {}),
]


@pytest.mark.parametrize(("peer", "headers"), UNLISTED)
def test_behind_a_proxy_that_is_not_listed_nobody_locks_everybody_out(peer: str, headers: dict[str, str]) -> None:
    """All visitors have its address: thirty failures of as many names lock none of them, five of one name that one."""
    assert [sign_in(f"name{n}", peer=peer, **headers).status_code for n in range(30)] == [200] * 30
    assert sign_in(password=RIGHT, peer=peer, **headers).status_code == 302
    assert statuses(5, peer=peer, **headers) == [200] * 4 + [429]


@pytest.mark.parametrize("claimed", ["", "192.0.2.9, "])
def test_behind_a_listed_proxy_an_address_is_locked_whatever_it_claims(claimed: str, settings: Any) -> None:
    settings.STORYMAP_TRUSTED_PROXIES = [ip_network(PROXY)]
    headers = {"peer": PROXY, "HTTP_X_FORWARDED_FOR": f"{claimed}{ELSEWHERE}"}
    assert [sign_in(f"name{n}", **headers).status_code for n in range(20)] == [200] * 19 + [429]
    assert sign_in(password=RIGHT, **headers).status_code == 429
    assert sign_in(password=RIGHT, peer=PROXY, HTTP_X_FORWARDED_FOR=HERE).status_code == 302


def test_a_listed_proxy_that_does_not_say_who_asks_locks_nobody_out(settings: Any) -> None:
    settings.STORYMAP_TRUSTED_PROXIES = [ip_network("2001:db8::/32")]
    assert [sign_in(f"name{n}", peer="2001:db8::7").status_code for n in range(20)] == [200] * 20


def test_an_unlisted_proxy_is_named_in_the_log_once(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        sign_in(peer="10.9.8.7", HTTP_X_FORWARDED_FOR=ELSEWHERE)
    assert [record.getMessage() for record in caplog.records if "10.9.8.7" in record.getMessage()] == [
        "10.9.8.7 forwards requests: if it is your proxy, list it in STORYMAP_TRUSTED_PROXIES."
    ]


def test_an_account_of_ones_own_buys_no_guesses_at_others() -> None:
    """Signing in between two guesses does not clear what the address has done to other names."""
    factories.make_user("eve", "author")
    got = []
    for n in range(20):
        got.append(sign_in(f"name{n}").status_code)
        sign_in("eve", RIGHT)
    assert got == [200] * 19 + [429]


def test_signing_in_forgets_ones_own_typing_mistakes() -> None:
    """Four failures, a success, and four more failures lock nobody."""
    statuses(4)
    assert sign_in(password=RIGHT).status_code == 302
    assert statuses(4) == [200] * 4


def test_changing_the_browser_does_not_help() -> None:
    """Failures are counted together whatever the User-Agent says."""
    got = [sign_in(HTTP_USER_AGENT=f"browser {n}").status_code for n in range(5)]
    assert got == [200, 200, 200, 200, 429]


def test_the_page_is_the_same_for_names_that_exist_and_others() -> None:
    """The refusal and the page before it give no user away."""
    with time_machine.travel(NOON, tick=False):
        known = [sign_in("ana").content for _ in range(5)]
        unknown = [sign_in("nobody", peer=ELSEWHERE).content for _ in range(5)]
    assert known[-1] == unknown[-1]
    assert b"ana" not in known[-1] and b"nobody" not in unknown[-1]


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "Try again in 15 minutes."), ("/es", "Inténtelo de nuevo en 15 minutos."), ("/ja", "15分後に")],
)
def test_the_page_says_when_to_try_again(prefix: str, said: str) -> None:
    """In words, as a time of day and as Retry-After."""
    form = {"username": "ana", "password": "wrong"}
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            response = Client().post(f"{prefix}/admin/login/", form, REMOTE_ADDR=HERE)
    assert said in response.content.decode()
    assert "12:15" in response.content.decode()
    assert response["Retry-After"] == "900"
    assert response["Cache-Control"] == "no-store"


def test_the_time_on_the_page_is_kept() -> None:
    """Trying on while locked makes the wait no longer; when it is over the right password is taken."""
    with time_machine.travel(NOON, tick=False) as clock:
        statuses(5)
        clock.shift(timedelta(minutes=14))
        assert statuses(3) == [429] * 3
        clock.shift(timedelta(minutes=1, seconds=1))
        assert sign_in(password=RIGHT).status_code == 302


def test_a_claimed_address_helps_only_behind_a_trusted_proxy(settings: Any) -> None:
    """Rotating X-Forwarded-For gains nothing; from a trusted proxy it is the address that counts."""
    got = [sign_in(HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code for n in range(5)]
    assert got == [200, 200, 200, 200, 429]
    settings.STORYMAP_TRUSTED_PROXIES = [ip_network(PROXY)]
    behind = [sign_in(peer=PROXY, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, {ELSEWHERE}").status_code for n in range(5)]
    assert behind == [200, 200, 200, 200, 429]
    assert sign_in(password=RIGHT, peer=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.200").status_code == 302


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        (HERE, "", HERE),
        (HERE, ELSEWHERE, HERE),
        (PROXY, ELSEWHERE, ELSEWHERE),
        (PROXY, f"192.0.2.1, {ELSEWHERE}", ELSEWHERE),
        (PROXY, f"{ELSEWHERE}, 10.0.0.2", ELSEWHERE),
        (PROXY, "not an address", PROXY),
        (PROXY, "", PROXY),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        ("::ffff:203.0.113.5", "", HERE),
        ("", ELSEWHERE, None),
    ],
)
def test_who_is_asking(peer: str, forwarded: str, address: str | None, settings: Any) -> None:
    """The last hop that no trusted proxy is; IPv6 by its /64; nonsense is not believed."""
    settings.STORYMAP_TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    assert asking(peer, forwarded) == address


def test_a_mistyped_proxy_stops_the_start_and_is_named() -> None:
    """A network that is none is an error that names the setting."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "STORYMAP_TRUSTED_PROXIES": "10.0.0.300"}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert "STORYMAP_TRUSTED_PROXIES lists addresses and networks: '10.0.0.300'" in done.stderr


def test_sessions_end_with_the_password_and_the_account() -> None:
    """A new password or a deactivation ends sessions that are open elsewhere; so does signing out end its own."""
    ana = factories.make_user("clara", "author")
    for change in ("password", "active", "sign out"):
        client = Client()
        client.force_login(ana)
        assert client.get("/admin/").status_code == 200
        if change == "password":
            ana.set_password("another good password")
        elif change == "active":
            ana.is_active = False
        else:
            client.post("/admin/logout/")
        ana.save()
        assert client.get("/admin/").status_code == 302, change
        ana.is_active = True
        ana.save()


def test_a_password_kept_in_an_older_way_is_renewed_at_sign_in(settings: Any) -> None:
    settings.PASSWORD_HASHERS = site.PASSWORD_HASHERS
    user = factories.make_user("beatriz", "author")
    user.password = make_password(RIGHT, hasher="pbkdf2_sha256")
    user.save()
    assert sign_in("beatriz", RIGHT).status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("scrypt$")
    assert sign_in("beatriz", RIGHT).status_code == 302
