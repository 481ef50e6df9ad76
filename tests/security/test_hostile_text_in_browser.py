"""Hostile text in Chromium: with the content security policy nothing is even tried, without it nothing runs either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from storymap.story.storyfile import to_json
from tests.browser.reader import PATIENCE
from tests.conftest import Site, Sites
from tests.extent import LARGE
from tests.security import stages
from tests.security.hostile import hostile_story, mixture
from tests.security.watching import Watched, watched

HARMFUL = (
    "[onerror], [onload], [onmouseover], [onfocus], [onclick], iframe, object, embed, [href^='javascript:'], "
    "base[href], base:not([target=_blank])"  # an embed's says where links open, and no address
)


STORIES = {f"mixture-{start}": start for start in (0, 4, 9, 14)}  # each field meets four of the texts
IMPORT = """
from django.core.management import call_command
for path in {paths!r}:
    call_command("import_story", path, publish=True)
"""


@pytest.fixture(scope="module")
def hostile_site(site_of: Sites) -> Site:
    """A production site with published stories that have a hostile text in every field."""
    site = site_of()
    folders = [site.data / "stories" / slug for slug in STORIES]
    for folder in folders:
        (folder / "media").mkdir(parents=True)
        (folder / "story.json").write_bytes(to_json(hostile_story(folder.name, mixture(STORIES[folder.name]))))
        (folder / "media/view.png").write_bytes(stages.png())
    site.manage("shell", "--verbosity", "0", "--command", IMPORT.format(paths=[str(folder) for folder in folders]))
    return site.start()


@pytest.fixture
def context_of(chromium: Browser) -> Iterator[Callable[[bool], BrowserContext]]:
    """`context_of(bypass)`: a browser that heeds the policy, or does not."""
    with ExitStack() as contexts:
        yield lambda bypass: contexts.enter_context(closing(chromium.new_context(bypass_csp=bypass)))


def read_through(page: Page) -> None:
    """Step to each chapter and place, and rest the pointer on what the map shows."""
    page.wait_for_selector("html[data-ready]", timeout=PATIENCE)
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    page.evaluate("document.querySelectorAll('[data-events]').forEach((list) => (list.open = true))")
    page.wait_for_function("!document.querySelector('.moment:not(:has(h3 button))')")
    for folded in page.locator(".moment h3 button[aria-expanded=false], .narration a[href^='#']").all():
        folded.click()
    for button in page.locator("button.place").all():
        button.click()
    for details in page.locator("details > summary").all():
        if details.is_visible():
            details.click()
    for shape in page.locator(".leaflet-marker-icon, .leaflet-interactive").all()[:6]:
        shape.dispatch_event("mouseover")
        shape.dispatch_event("click")


def assert_nothing_ran(page: Page, seen: Watched, site: Site) -> None:
    assert page.evaluate("[window.pwned, ({}).pwned]") == [None, None]
    assert page.locator(HARMFUL).count() == 0
    scripts = page.evaluate("[...document.scripts].filter(s => !/json$/.test(s.type)).map(s => s.src)")
    assert all(source.startswith(site.url) for source in scripts), scripts
    assert page.evaluate("document.querySelectorAll('.chapters img:not(figure img), .chapters svg script').length") == 0
    assert [url for url in seen.requests if not url.startswith((site.url, "data:", "blob:"))] == []
    assert seen.violations(page) == []
    assert seen.errors == []


@pytest.mark.parametrize(
    ("slug", "bypass"),  # what would run shows without the policy; that nothing is even tried, with it
    [*product(STORIES, [True]), *product(STORIES if LARGE else ["mixture-0", "mixture-9"], [False])],
)
def test_nothing_runs_in_a_reader_s_browser(
    slug: str, bypass: bool, hostile_site: Site, context_of: Callable[[bool], BrowserContext]
) -> None:
    """On the page of a hostile story nothing runs, nothing foreign is fetched, and the map's labels are text."""
    page = context_of(bypass).new_page()
    seen = watched(page)
    page.goto(f"{hostile_site.url}/stories/{slug}/")
    read_through(page)
    assert_nothing_ran(page, seen, hostile_site)
    for path in (f"/stories/{slug}/editions/", f"/embed/{slug}/?map=none"):
        page.goto(f"{hostile_site.url}{path}")
        assert_nothing_ran(page, seen, hostile_site)


@pytest.mark.parametrize("bypass", [False, True])
def test_the_list_of_hostile_stories_is_harmless(
    bypass: bool, hostile_site: Site, context_of: Callable[[bool], BrowserContext]
) -> None:
    """The list of all hostile stories together runs nothing either."""
    page = context_of(bypass).new_page()
    seen = watched(page)
    page.goto(f"{hostile_site.url}/")
    assert page.locator(".story-card").count() == len(STORIES) + 1  # and the first story
    assert_nothing_ran(page, seen, hostile_site)


PLANT = "document.head.append(Object.assign(document.createElement('script'), {text: 'window.pwned = 1'}))"


@pytest.mark.parametrize(("bypass", "expected"), [(False, (["script-src-elem"], None)), (True, ([], 1))])
def test_the_watch_would_see_a_violation(bypass: bool, expected: object, hostile_site: Site, chromium: Browser) -> None:
    """A planted inline script is reported by the watch that the other tests rely on, and runs without the policy."""
    page = chromium.new_page(bypass_csp=bypass)
    seen = watched(page)
    page.goto(f"{hostile_site.url}/")
    page.evaluate(PLANT)
    assert (seen.violations(page), page.evaluate("window.pwned")) == expected
    page.close()
