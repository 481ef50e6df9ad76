"""Two-step sign-in, with codes computed as a telephone computes them."""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAGE, CODE, LOGIN = "/admin/two-step/", "/admin/login/code/", "/admin/login/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def ana() -> User:
    return make_user("ana", "publisher")


def code_of(secret: str) -> str:
    """RFC 6238 as an authenticator app does it: SHA-1, 30 seconds, six digits."""
    key = b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def do(client: Client, deed: str, code: str = "") -> HttpResponse:
    return client.post(PAGE, {"do": deed, "code": code})


def by_password(name: str = "ana", **more: str) -> tuple[Client, HttpResponse]:
    client = Client()
    return client, client.post(LOGIN, {"username": name, "password": PASSWORD, "next": "/admin/", **more})


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def set_up(client: Client) -> tuple[str, list[str]]:
    """The secret and the backup codes, read from the pages."""
    do(client, "begin")
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', client.get(PAGE).content.decode())
    assert secret
    shown = do(client, "confirm", code_of(secret[1])).content.decode()
    return secret[1], re.findall(r"<li><code>([a-z2-7]{4}-[a-z2-7]{4})</code>", shown)


@pytest.fixture
def phone(ana: User, clock: Any) -> tuple[str, list[str]]:
    """Ana's secret and backup codes; some time has passed since she has set it up."""
    client, _answer = by_password()
    kept = set_up(client)
    clock.shift(timedelta(minutes=5))
    return kept


def test_without_it_a_password_is_enough(ana: User) -> None:
    client, answer = by_password()
    assert answer["Location"] == "/admin/"
    assert is_in(client)


def test_the_password_alone_opens_nothing(phone: tuple[str, list[str]]) -> None:
    """After the password nobody is signed in yet: no page, no right, no way round the question."""
    client, answer = by_password()
    assert answer["Location"] == CODE
    assert "_auth_user_id" not in client.session
    for path in ("/admin/", PAGE, "/admin/storymap/story/", "/admin/password_change/"):
        assert client.get(path)["Location"].startswith(LOGIN), path


def test_the_code_of_the_moment_lets_in_and_leads_where_one_wanted(phone: tuple[str, list[str]]) -> None:
    client, _answer = by_password(next="/admin/storymap/story/")
    assert client.get(CODE).status_code == 200
    assert client.post(CODE, {"code": code_of(phone[0])})["Location"] == "/admin/storymap/story/"
    assert is_in(client)


def test_digits_are_taken_as_people_type_them(phone: tuple[str, list[str]]) -> None:
    client, _answer = by_password()
    code = code_of(phone[0])
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)  # as a Japanese keyboard writes them
    assert client.post(CODE, {"code": f" {wide[:3]} {wide[3:]} "}).status_code == 302


def test_a_code_is_accepted_once(phone: tuple[str, list[str]], clock: Any) -> None:
    """Whoever has looked over a shoulder comes too late, within the same half minute too."""
    code = code_of(phone[0])
    first, second = by_password()[0], by_password()[0]
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert not is_in(second)
    clock.shift(timedelta(seconds=40))
    assert second.post(CODE, {"code": code_of(phone[0])}).status_code == 302


def test_the_code_that_confirmed_the_set_up_does_not_sign_in(ana: User) -> None:
    secret, _codes = set_up(by_password()[0])
    assert by_password()[0].post(CODE, {"code": code_of(secret)}).status_code == 200


def test_an_old_code_is_wrong(phone: tuple[str, list[str]], clock: Any) -> None:
    client, old = by_password()[0], code_of(phone[0])
    clock.shift(timedelta(minutes=3))
    assert client.post(CODE, {"code": old}).status_code == 200
    assert not is_in(client)


def test_the_code_of_somebody_else_is_wrong(phone: tuple[str, list[str]]) -> None:
    make_user("eve", "publisher")
    secret, codes = set_up(by_password("eve")[0])
    client, _answer = by_password()
    assert client.post(CODE, {"code": codes[0]}).status_code == 200
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 200
    assert not is_in(client)


def test_guessing_is_slowed_down_more_and_more(phone: tuple[str, list[str]], clock: Any) -> None:
    """Within the wait not even the right code is looked at, also from another browser; the page says how long."""
    client, _answer = by_password()
    for wait in (1, 2, 4, 8, 16, 32, 64):
        assert client.post(CODE, {"code": "000000"}).status_code == 200
        refused = by_password()[0].post(CODE, {"code": code_of(phone[0])})
        assert f"Try again in {wait} second" in refused.content.decode()
        clock.shift(timedelta(seconds=wait + 1))
    assert client.post(CODE, {"code": code_of(phone[0])}).status_code == 302


def test_a_backup_code_lets_in_once(phone: tuple[str, list[str]]) -> None:
    _secret, codes = phone
    assert len(set(codes)) == 10
    first, second = by_password()[0], by_password()[0]
    assert first.post(CODE, {"code": codes[0].upper()}).status_code == 302
    assert second.post(CODE, {"code": codes[0]}).status_code == 200
    assert "9 backup codes are left" in first.get(PAGE).content.decode()


def test_wrong_digits_do_not_bar_the_backup_codes(phone: tuple[str, list[str]]) -> None:
    client, _answer = by_password()
    client.post(CODE, {"code": "000000"})
    assert client.post(CODE, {"code": phone[1][0]}).status_code == 302


def test_backup_codes_and_secret_are_not_shown_again(phone: tuple[str, list[str]]) -> None:
    client, _answer = by_password()
    client.post(CODE, {"code": phone[1][0]})
    for answer in (client.get(PAGE), do(client, "nothing"), do(client, "confirm", code_of(phone[0]))):
        body = answer.content.decode()
        assert phone[0] not in body
        assert not [code for code in phone[1] if code in body]
        assert "otpauth" not in unquote(unescape(body))


def test_new_backup_codes_replace_the_old(phone: tuple[str, list[str]]) -> None:
    """And who has asked for them with a backup code stays signed in."""
    client, _answer = by_password()
    client.post(CODE, {"code": phone[1][0]})
    body = do(client, "renew", phone[1][1]).content.decode()
    new = re.findall(r"<li><code>(.+?)</code>", body)
    assert len(new) == 10 and not set(new) & set(phone[1])
    assert is_in(client)
    other, _answer = by_password()
    assert other.post(CODE, {"code": phone[1][2]}).status_code == 200


def test_switching_off_needs_a_code(phone: tuple[str, list[str]], clock: Any) -> None:
    client, _answer = by_password()
    client.post(CODE, {"code": code_of(phone[0])})
    clock.shift(timedelta(minutes=1))
    for code in ("", "000000", "abcd-efgh"):
        assert do(client, "off", code).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert by_password()[1]["Location"] == CODE
    assert do(client, "off", code_of(phone[0])).status_code == 302
    assert by_password()[1]["Location"] == "/admin/"


def test_nothing_is_on_before_a_right_code(ana: User) -> None:
    """Who only looks at the picture, or mistypes, is not locked out."""
    client, _answer = by_password()
    do(client, "begin")
    assert do(client, "confirm", "000000").status_code == 200
    assert by_password()[1]["Location"] == "/admin/"


def test_beginning_again_makes_another_secret(ana: User, clock: Any) -> None:
    client, _answer = by_password()
    do(client, "begin")
    old = re.search(r'class="secret">([A-Z2-7 ]+)<', client.get(PAGE).content.decode())
    do(client, "begin")
    assert old and old[1] not in client.get(PAGE).content.decode()
    assert do(client, "confirm", code_of(old[1])).status_code == 200
    assert by_password()[1]["Location"] == "/admin/"


def test_what_is_on_cannot_be_begun_anew(phone: tuple[str, list[str]]) -> None:
    """A stolen session must not put its own telephone in place of the owner's."""
    client, _answer = by_password()
    client.post(CODE, {"code": phone[1][0]})
    do(client, "begin")
    assert "secret" not in client.get(PAGE).content.decode()


def test_setting_it_up_ends_the_sessions_that_had_no_code(ana: User) -> None:
    elsewhere, here = by_password()[0], by_password()[0]
    set_up(here)
    assert is_in(here)
    assert not is_in(elsewhere)


def test_a_session_that_never_gave_a_code_counts_for_nothing(phone: tuple[str, list[str]], ana: User) -> None:
    """However it came about."""
    client = Client()
    client.force_login(ana)
    assert not is_in(client)


@pytest.mark.parametrize("change", ["password", "inactive", "late", "off"])
def test_waiting_for_a_code_ends(change: str, phone: tuple[str, list[str]], ana: User, clock: Any) -> None:
    """With a new password, with the account, after ten minutes, or with the second step itself."""
    client, _answer = by_password()
    if change == "password":
        ana.set_password("another good password")
    elif change == "inactive":
        ana.is_active = False
    elif change == "late":
        clock.shift(timedelta(minutes=11))
    else:
        call_command("reset_second_step", "ana")
    ana.save()
    client.post(CODE, {"code": phone[1][0]})
    assert not is_in(client)


def test_nobody_is_asked_for_a_code_out_of_the_blue(ana: User) -> None:
    assert Client().get(CODE)["Location"] == LOGIN
    assert Client().post(CODE, {"code": "123456"})["Location"] == LOGIN


@pytest.mark.parametrize("code", ["\x00", "9" * 500, "ß" * 6, "²²²²²²", "<b>", "-12345", "1e5", "  "])
def test_no_code_is_an_error_of_the_server(code: str, phone: tuple[str, list[str]]) -> None:
    client, _answer = by_password()
    assert client.post(CODE, {"code": code}).status_code == 200


@pytest.fixture
def required(settings: Any) -> None:
    settings.STORYMAP_REQUIRE_SECOND_STEP = True


@pytest.mark.parametrize("group", ["publisher", "admin"])
def test_where_it_is_required_nothing_else_opens_before(required: None, group: str) -> None:
    """Publishers and admins are led to the set-up; afterwards everything is open."""
    make_user("pia", group)
    client, _answer = by_password("pia")
    paths = (
        "/admin/",
        "/admin/storymap/story/",
        "/admin/places/place/find/",
        "/admin/password_change/",
        "/admin/nowhere/",
    )
    for path in paths:
        assert client.get(path)["Location"] == PAGE, path
        assert client.post(path)["Location"] == PAGE, path
    assert client.get(PAGE).status_code == 200
    set_up(client)
    assert is_in(client)


def test_where_it_is_required_one_may_still_leave(required: None, ana: User) -> None:
    client, _answer = by_password()
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/admin/")["Location"].startswith(LOGIN)


@pytest.mark.parametrize("group", ["author", "editor"])
def test_it_is_not_required_of_those_who_only_write(required: None, group: str) -> None:
    make_user("wim", group)
    assert is_in(by_password("wim")[0])


def test_a_superuser_is_asked_too(required: None) -> None:
    make_user("root", "author", is_superuser=True)
    assert by_password("root")[0].get("/admin/")["Location"] == PAGE


def test_an_operator_can_reset_it(phone: tuple[str, list[str]], capsys: pytest.CaptureFixture) -> None:
    """When telephone and backup codes are lost; a mistyped name is said to be one."""
    call_command("reset_second_step", "ana")
    assert by_password()[1]["Location"] == "/admin/"
    call_command("reset_second_step", "ana")
    assert "had no two-step sign-in" in capsys.readouterr().out
