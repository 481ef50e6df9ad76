"""What every answer carries, and how a production installation starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from storymap.middleware import PARTS, policy
from storymap.web import views
from tests import factories
from tests.security import stages
from tests.security.addresses import is_admin
from tests.security.test_policy import requests

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "x7!-rather-random-key-of-a-test-0123456789-abcdefghij-KLMNOP"


NOTHING = "default-src 'none'; frame-ancestors 'none'"  # of what is a part of pages


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[tuple[str, HttpResponse]]:
    """Every address as an anonymous reader and, in the admin, as a superuser sees it: asked once for all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = list(answered())
        transaction.set_rollback(True)
    return found


def answered() -> Iterator[tuple[str, HttpResponse]]:
    stories = stages.one_of_each()
    root = Client()
    root.force_login(factories.make_user("root", "author", is_superuser=True))
    for route, _state, path in requests(stories):
        client = Client() if not is_admin(route) or "log" in route else root
        yield path, client.get(path)
    yield "/nowhere/", Client().get("/nowhere/")


def test_every_answer_carries_the_strict_policy(answers: list) -> None:
    """No address, admin included, answers without the content security policy; what is no page gets a stricter one."""
    for path, response in answers:
        carried = response.headers["Content-Security-Policy"]
        part = response.headers.get("Content-Type", "").partition(";")[0] in PARTS
        expected = expected_policy(path) if response.status_code == 200 else policy_of_refusal(path)
        assert carried == (NOTHING if part and expected == policy() else expected), path


def policy_of_refusal(path: str) -> str:
    """What says that there is nothing has no frames and is no file; only embeds say it in a frame."""
    return policy() if "/downloads/" in path or path.endswith("/share/") else expected_policy(path)


def expected_policy(path: str) -> str:
    """An embed may stand in any frame, a draft in one of this site, and one page of the admin has such a frame."""
    if path.startswith("/media/") or "/downloads/" in path.removesuffix("/downloads/"):
        return "default-src 'none'; sandbox"
    if path.startswith("/embed/"):
        return policy(framed_by="*", site="http://testserver")
    if path.startswith("/admin/preview/"):
        return policy(framed_by="'self'")
    return policy(frames="'self'") if path.endswith(("/preview/", "/share/")) else policy()


def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    """Scripts, styles and connections come from this site; nothing inline, no plug-in, no frame, no other base."""
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert rules["img-src"] == "'self' data:"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["object-src"] == "'none'"
    assert not [rule for rule in policy().split() if "unsafe" in rule or "*" in rule or "http" in rule]


def test_every_answer_but_an_embed_refuses_frames_and_every_one_guessing(answers: list) -> None:
    """Only embeds may be framed; each answer forbids guessing of types, and keeps addresses to itself."""
    for path, response in answers:
        frames = {"/admin/preview/": "SAMEORIGIN", "/embed/": None}
        expected = next((frames[start] for start in frames if path.startswith(start)), "DENY")
        assert response.headers.get("X-Frame-Options") == expected, path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        told = "no-referrer" if path.startswith("/preview/") else "strict-origin-when-cross-origin"
        assert response.headers["Referrer-Policy"] == told, path


def test_only_what_is_the_same_for_everybody_may_share_a_group_of_windows(answers: list) -> None:
    """A group of its own is a new process of the browser, which a reader waits for: only what is private needs one."""
    for path, response in answers:
        public = "public" in response.headers.get("Cache-Control", "")
        assert response.headers.get("Cross-Origin-Opener-Policy") == (None if public else "same-origin"), path
        assert not (public and is_private(path)), path
    assert {"/", "/admin/"} <= {path for path, _ in answers}


def is_private(path: str) -> bool:
    return path.startswith(("/admin", "/preview/")) and "jsi18n" not in path


def test_public_answers_set_no_cookie_and_are_the_same_for_everybody(answers: list) -> None:
    """Outside the admin no answer sets a cookie or depends on one."""
    for path, response in answers:
        if not path.startswith("/admin"):
            assert not response.cookies, path
            assert "cookie" not in response.headers.get("Vary", "").lower(), path


def test_answers_behind_the_login_are_kept_by_nobody(answers: list) -> None:
    """What editors see, or who has the link of a draft, is stored in no cache, and an error page in none either."""
    for path, response in answers:
        if is_private(path) and response.status_code == 200:
            assert "no-store" in response.headers["Cache-Control"], path
        if response.status_code in (404, 410) and not path.startswith("/admin"):
            assert response.headers["Cache-Control"] == "no-store", path


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b", "[::"])
def test_a_foreign_host_is_answered_400(host: str) -> None:
    """A request that names another host gets 400, and its name is not repeated."""
    response = Client().get("/stories/a-story", headers={"host": host})
    assert response.status_code == 400
    assert b"evil" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "[fd00::7]:8000", "web-3", "a b"])
def test_whoever_asks_whether_the_site_lives_may_call_it_anything(host: str, settings: Any) -> None:
    """A balancer asks by the address of the machine; neither answer says anything about the site."""
    settings.SECURE_SSL_REDIRECT = True
    for path, answer in (("/healthz", b"ok\n"), ("/readyz", b'{"ready": true}')):
        response = Client().get(path, headers={"host": host})
        assert (response.status_code, response.content) == (200, answer)


@pytest.mark.django_db
def test_forwarding_headers_of_strangers_change_nothing() -> None:
    """X-Forwarded-Host and its like change no byte of a page: its addresses come from the settings."""
    factories.make_published_story()
    plain = Client().get("/stories/a-story/")
    spoofed = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"}
    assert (
        Client().get("/stories/a-story/?utm=1", headers={**spoofed, "accept-language": "ja"}).content == plain.content
    )


TARGETS = [
    *("//evil.example", "/\\evil.example", "/%5cevil.example", "/%2f%2fevil.example", "///evil.example"),
    *("https:evil.example", "https://evil.example", "javascript:alert(1)", "\\\\evil.example", "/\t/evil.example"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("target", TARGETS)
def test_no_redirect_leads_away(target: str) -> None:
    """Addresses that look like another site's are not redirected there; nor is a reader after signing in."""
    factories.make_user("ed", "editor")
    form = {"username": "ed", "password": "correct horse battery", "next": target}
    answers = [Client().get("/", PATH_INFO=target), Client().post("/admin/login/", form)]
    assert answers[1].status_code == 302
    for location in (answer.headers.get("Location", "/") for answer in answers):
        reached = urlsplit(urljoin("http://testserver/admin/login/", location.replace("\\", "/")))
        assert reached.netloc == "testserver", location


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_who_signs_in_without_a_page_in_mind_comes_to_the_first_one(prefix: str) -> None:
    factories.make_user("ed", "editor")
    answer = Client().post(f"{prefix}/admin/login/", {"username": "ed", "password": "correct horse battery"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{prefix}/admin/")


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 500])
def test_error_pages_reveal_nothing(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error page names no path, no module, no secret, no version and no reason."""
    if status == 500:
        monkeypatch.setattr(views, "published_stories", lambda language: 1 / 0)
    response = Client(raise_request_exception=False).get("/" if status == 500 else "/stories/kanari/<b>kanari")
    assert response.status_code == status
    body = response.content.decode()
    for word in ("kanari", "Traceback", "ZeroDivision", "site-packages", str(ROOT), settings.SECRET_KEY, "Django"):
        assert word not in body
    assert not {"Server", "X-Powered-By"} & set(response.headers)


def started(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own, with production's settings and nothing of this one's environment."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("STORYMAP_", "DJANGO_"))}
    given = {"STORYMAP_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "storymap.settings", **environment}
    (tmp_path / "atlas").mkdir(exist_ok=True)
    for level in ("globe", "110m", "50m"):
        (tmp_path / "atlas" / f"{level}.json").touch()
    arguments = [sys.executable, str(ROOT / "manage.py"), *command]
    return subprocess.run(arguments, env=plain | given, capture_output=True, text=True, timeout=120, check=False)


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    """With an https address and a key, Django's own deployment check has nothing to say."""
    done = started(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        STORYMAP_SITE_URL="https://maps.example.org",
        STORYMAP_SECRET_KEY=KEY,
    )
    assert done.returncode == 0, done.stderr
    assert KEY not in done.stdout + done.stderr


@pytest.mark.parametrize("proxies", ["", "10.0.0.1"])
def test_the_deployment_check_asks_where_the_proxy_is(tmp_path: Path, proxies: str) -> None:
    """And one on this machine is believed unless another is named."""
    printing = "from django.conf import settings; print(*settings.STORYMAP_TRUSTED_PROXIES)"
    given = {"STORYMAP_TRUSTED_PROXIES": proxies} if proxies else {}
    site = {"STORYMAP_SITE_URL": "https://maps.example.org", "STORYMAP_SECRET_KEY": KEY, "STORYMAP_BEHIND_PROXY": "1"}
    done = started(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **site, **given)
    assert (done.returncode, "storymap.W002" in done.stderr) == ((0, False) if proxies else (1, True)), done.stderr
    believed = started(tmp_path, "shell", "--no-imports", "--command", printing, **site, **given).stdout
    assert believed.split() == ([f"{proxies}/32"] if proxies else ["127.0.0.0/8", "::1/128"])


@pytest.mark.parametrize("key", ["", "short", "x" * 49])
def test_production_does_not_start_without_a_secret(tmp_path: Path, key: str) -> None:
    """Without a key, or with a short one, nothing starts, and the message does not repeat the key."""
    done = started(tmp_path, "check", STORYMAP_SECRET_KEY=key)
    assert done.returncode != 0
    assert "STORYMAP_SECRET_KEY" in done.stderr
    assert not key or key not in done.stderr


BAD_SITES = [
    *("maps.example.org", "ftp://maps.example.org", "https://", "https://maps.example.org/sub", "javascript:alert(1)"),
    *("https://me:secret@maps.example.org", "https://maps.example.org?x", "https://maps.example.org#x"),
    *("https://maps.example.org:port", "https://maps example.org", "https://maps.example.org;script-src *"),
]


@pytest.mark.parametrize("site", BAD_SITES)
def test_an_address_that_is_no_origin_is_refused(tmp_path: Path, site: str) -> None:
    """STORYMAP_SITE_URL is an origin: scheme, host and perhaps a port, nothing else."""
    done = started(tmp_path, "check", STORYMAP_SITE_URL=site, STORYMAP_SECRET_KEY=KEY)
    assert done.returncode != 0
    assert "STORYMAP_SITE_URL must be an origin" in done.stderr
