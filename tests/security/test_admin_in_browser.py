"""The editors' pages in Chromium under the strict policy: nothing is blocked, nothing complains."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import PASSWORD, Site
from tests.security.watching import Watched, watched

pytestmark = pytest.mark.xdist_group("editing")
MODELS = (
    *("storymap/story", "storymap/chapter", "storymap/illustration", "storymap/edition"),
    *(
        "places/place",
        "places/person",
        "places/source",
        "places/event",
        "auth/user",
        "auth/group",
        "storymap/auditentry",
    ),
)


@pytest.fixture(scope="module")
def editor(site: Site, chromium: Browser) -> Iterator[tuple[Page, Watched]]:
    """A page in which a superuser has signed in by the form."""
    context = chromium.new_context()
    page = context.new_page()
    seen = watched(page)
    page.goto(f"{site.url}/admin/")
    assert seen.violations(page) == []
    page.fill("[name=username]", "security")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    assert page.locator("#user-tools").is_visible()
    yield page, seen
    context.close()


def assert_quiet(page: Page, seen: Watched, url: str) -> None:
    seen.errors.clear()
    response = page.goto(url)
    assert response is not None and response.status == 200, url
    page.wait_for_load_state("load")
    assert seen.violations(page) == [], url
    assert seen.errors == [], url
    assert [asked for asked in seen.requests if not asked.startswith((url.split("/admin/")[0], "data:"))] == []


def first_row(page: Page, site: Site, model: str) -> str:
    page.goto(f"{site.url}/admin/{model}/")
    link = page.locator("#result_list tbody th a").first.get_attribute("href")
    return f"{site.url}{link}"


@pytest.mark.parametrize("model", MODELS)
def test_the_pages_of_a_model_are_quiet(model: str, site: Site, editor: tuple[Page, Watched]) -> None:
    """List, empty form, filled form and history run against nothing of the policy and write no error."""
    page, seen = editor
    assert_quiet(page, seen, f"{site.url}/admin/{model}/")
    if model not in ("storymap/edition", "storymap/auditentry"):
        assert_quiet(page, seen, f"{site.url}/admin/{model}/add/")
    if page.goto(f"{site.url}/admin/{model}/") and page.locator("#result_list").count():
        change = first_row(page, site, model)
        assert_quiet(page, seen, change)
        assert_quiet(page, seen, change.replace("/change/", "/history/"))


@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_language_tabs_are_quiet(language: str, site: Site, editor: tuple[Page, Watched]) -> None:
    """The tabs that change the language of a form work, and break no rule."""
    page, seen = editor
    for model in ("storymap/story", "storymap/chapter", "places/event", "places/place"):
        change = first_row(page, site, model)
        assert_quiet(page, seen, f"{change}?language={language}")
        assert page.locator(".parler-language-tabs .current").count() == 1


def test_index_publish_and_withdraw_are_quiet(site: Site, editor: tuple[Page, Watched]) -> None:
    """The start, the checklist and the question before withdrawing are quiet, and so is changing one's password."""
    page, seen = editor
    story = first_row(page, site, "storymap/story").removesuffix("change/")
    own = (f"{site.url}/admin/{name}/" for name in ("password_change", "two-step"))
    for url in (f"{site.url}/admin/", *(f"{story}{name}/" for name in ("publish", "withdraw", "ask-for-review")), *own):
        assert_quiet(page, seen, url)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another site, with a page that holds an empty frame."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Elsewhere</title><iframe></iframe>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/admin/login/", "/stories/lima-1996-97/"])
def test_another_site_cannot_frame_our_pages(path: str, elsewhere: str, site: Site, chromium: Browser) -> None:
    """Put into another site's frame, neither the admin nor a story shows anything."""
    page = chromium.new_page()
    page.goto(elsewhere)
    with page.expect_event("requestfailed") as failed:
        page.evaluate("url => document.querySelector('iframe').src = url", f"{site.url}{path}")
    assert failed.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
    page.close()
