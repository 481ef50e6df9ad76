"""Sessions: they end with the password and on demand, and their cookies are out of reach of others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
PASSWORD, NEW = "correct horse battery", "another good password"


@pytest.fixture
def ana() -> User:
    return make_user("ana", "author")


def sign_in(name: str = "ana") -> Client:
    client = Client()
    client.post("/admin/login/", {"username": name, "password": PASSWORD, "next": "/admin/"})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_changing_the_password_ends_the_other_sessions(ana: User) -> None:
    here, elsewhere = sign_in(), sign_in()
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/admin/password_change/", form).status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_a_password_that_an_admin_sets_ends_the_sessions_of_its_owner(ana: User) -> None:
    make_user("ada", "admin")
    admin, owner = sign_in("ada"), sign_in()
    form = {"usable_password": "true", "password1": NEW, "password2": NEW}
    assert admin.post(f"/admin/auth/user/{ana.pk}/password/", form).status_code == 302
    assert (is_in(admin), is_in(owner)) == (True, False)


def test_all_other_sessions_end_on_demand_and_nobody_elses(ana: User) -> None:
    make_user("ben", "author")
    here, elsewhere, phone, ben = sign_in(), sign_in(), sign_in(), sign_in("ben")
    assert here.post("/admin/two-step/", {"do": "sessions"}).status_code == 302
    assert [is_in(client) for client in (here, elsewhere, phone, ben)] == [True, False, False, True]


def test_a_session_has_a_new_name_after_signing_in(ana: User) -> None:
    """A key that somebody has put there before is worth nothing."""
    client = sign_in()
    before = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    client.cookies["sessionid"] = before
    client.post("/admin/login/", {"username": "ana", "password": PASSWORD, "next": "/admin/"})
    assert client.cookies["sessionid"].value != before


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(ana: User) -> None:
    cookie = sign_in().cookies["sessionid"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 12 * 3600


def test_under_https_cookies_travel_under_https_only() -> None:
    """And carry the name that binds them to this host and path."""
    asked = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "storymap.settings",
        "STORYMAP_SECRET_KEY": "a-key-for-a-test-" + "0" * 50,
        "STORYMAP_SITE_URL": "https://maps.example.org",
    }
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["True", "True", "__Host-sessionid", "__Host-csrftoken"], done.stderr
