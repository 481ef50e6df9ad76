"""The editors' pages in Chromium under the strict policy: nothing is blocked, nothing complains, nobody is kept out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Site, Sites
from tests.extent import LARGE
from tests.security.walk import ALIKE, page_routes, walked
from tests.security.watching import Watched, watched

PASSWORD = "correct horse battery staple"
SCHEMES = ("light", "dark")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
FURNISH = f"from tests.security.walk import furnish; furnish({PASSWORD!r})"
# looked at when all of it is in place: test_chapter_page.py, test_preview.py
ELSEWHERE = {
    "admin/storymap/chapter/<path:object_id>/change/",
    "admin/storymap/story/<path:object_id>/preview/",
}
# Django's own: heads of columns that hold no words, and hints on pictures
STOCK = ["th.original", ".help-tooltip"]
BARRIERS = """(exclude) => {
  document.getAnimations().forEach((fading) => fading.finish());
  const named = { "label-title-only": { enabled: false } };  // the label of the search is a picture that has a name
  const how = { resultTypes: ["violations"], rules: named };
  return axe.run({ exclude }, how).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`)));
}"""


@dataclass(frozen=True)
class Walk:
    """A browser in which a superuser has signed in, and where each page is."""

    page: Page
    seen: Watched
    url: str
    paths: dict[str, str]


@pytest.fixture(scope="module")
def own_site(site_of: Sites) -> Site:
    """Its stories are in every state."""
    return site_of().start()


@pytest.fixture(scope="module")
def walk(own_site: Site, chromium: Browser) -> Iterator[Walk]:
    printed = own_site.manage("shell", "--verbosity", "0", "--command", FURNISH)
    paths = json.loads(printed.splitlines()[-1])
    context = chromium.new_context(viewport=DESKTOP, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    seen = watched(page)
    page.goto(f"{own_site.url}/admin/")
    assert seen.violations(page) == []
    for scheme in SCHEMES:
        assert_no_barrier(page, scheme)
    page.fill("[name=username]", "security")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    expect(page.locator("#user-tools")).to_be_visible()
    yield Walk(page, seen, own_site.url, paths)
    context.close()


def assert_no_barrier(page: Page, scheme: str) -> None:
    """All that axe knows, by day on a desk or by night on a phone; where nothing is wider than the screen."""
    page.evaluate(AXE)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.wait_for_function("width => innerWidth === width", arg=PHONE["width"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    if scheme == "light":
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    assert page.evaluate(BARRIERS, STOCK) == [], f"{scheme}: {page.url}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def assert_quiet(page: Page, seen: Watched, url: str) -> None:
    seen.errors.clear()
    response = page.goto(url)
    assert response is not None and response.status == 200, url
    page.wait_for_load_state("load")
    assert seen.violations(page) == [], url
    assert seen.errors == [], url
    assert [asked for asked in seen.requests if not asked.startswith((url.split("/admin/")[0], "data:"))] == []


@pytest.mark.parametrize(("number", "route"), list(enumerate(walked())))
def test_a_page_is_quiet_and_has_no_barrier(number: int, route: str, walk: Walk) -> None:
    """Each page of the policy runs against nothing of the security policy, writes no error and asks nobody else.
    Colours and widths are those of few style sheets: so the pages take turns by day and by night."""
    assert_quiet(walk.page, walk.seen, walk.url + walk.paths[route])
    for scheme in SCHEMES if LARGE else (SCHEMES[number % 2],):
        if route not in ELSEWHERE:
            assert_no_barrier(walk.page, scheme)


def test_every_page_is_walked_or_like_one_that_is() -> None:
    """Only deleting, histories and translations of other kinds of rows are left out."""
    left = set(page_routes()) - set(walked())
    assert {route.split("/")[2] for route in left} >= {"chapter", "illustration", "event", "source", "person", "story"}
    assert all(any(part in route for part in ALIKE) for route in left)


@pytest.mark.parametrize("model", ["storymap/story", "storymap/chapter", "places/event", "places/place"])
def test_language_tabs_are_quiet(model: str, walk: Walk) -> None:
    """The tabs that change the language of a form work, and break no rule."""
    walk.page.goto(f"{walk.url}/admin/{model}/")
    change = walk.page.locator("#result_list tbody th a").first.get_attribute("href")
    assert_quiet(walk.page, walk.seen, f"{walk.url}{change}?language=es")
    assert walk.page.locator(".parler-language-tabs .current").count() == 1


def test_the_question_before_publishing_several_is_quiet(walk: Walk) -> None:
    """And has no barrier; nothing is published."""
    walk.page.goto(f"{walk.url}/admin/storymap/story/")
    walk.seen.errors.clear()
    walk.page.check("#action-toggle")
    walk.page.select_option("select[name=action]", "publish_in_bulk")
    walk.page.click("button[name=index]")
    assert walk.page.locator("[name=confirmed]").count() == 1
    assert (walk.seen.violations(walk.page), walk.seen.errors) == ([], [])
    assert_no_barrier(walk.page, "light")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another site, with a page that holds an empty frame."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Elsewhere</title><iframe></iframe>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/admin/login/", "/stories/lima-1996-97/"])
def test_another_site_cannot_frame_our_pages(path: str, elsewhere: str, own_site: Site, chromium: Browser) -> None:
    """Put into another site's frame, neither the admin nor a story shows anything."""
    page = chromium.new_page()
    page.goto(elsewhere)
    with page.expect_event("requestfailed") as failed:
        page.evaluate("url => document.querySelector('iframe').src = url", f"{own_site.url}{path}")
    assert failed.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
    page.close()
