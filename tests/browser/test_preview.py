"""The preview in a browser: the draft on its map at a phone's width, chapters, widths, links; no barrier."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import STILL, Desks
from tests.conftest import Site


@pytest.fixture(scope="module")
def desk(site: Site, desk_of: Desks) -> Iterator[Page]:
    """An editor's page; no answer may break a policy, and no script may fail."""
    page = desk_of(site, "viewer", **STILL)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda said: failed.append(said.text) if "Refused" in said.text else None)
    yield page
    assert failed == []


@pytest.fixture
def preview(desk: Page, site: Site) -> Page:
    """The preview page of the Lima story."""
    desk.set_viewport_size({"width": 1280, "height": 1000})
    desk.goto(f"{site.url}/admin/storymap/story/")
    desk.locator("#result_list tbody th a").first.click()
    desk.get_by_role("link", name="Preview", exact=True).click()
    return desk


def draft(page: Page) -> FrameLocator:
    frame = page.frame_locator("iframe.draft-frame")
    expect(frame.locator("html[data-ready]")).to_have_count(1)
    return frame


def test_the_draft_is_read_on_its_map_at_the_width_of_a_phone(preview: Page) -> None:
    frame = draft(preview)
    assert frame.locator("html").evaluate("() => innerWidth") == 390
    expect(frame.get_by_text("Draft, not published")).to_be_visible()
    preview.locator(".draft-chapters summary").click()
    preview.get_by_role("link", name="The dead").first.click()
    frame = draft(preview)
    expect(frame.locator("[aria-current=step]")).to_have_attribute("data-chapter", "the-dead")
    expect(frame.locator(".pin").first).to_be_visible()
    frame.locator("[data-step='1']").click()
    expect(frame.locator("[aria-current=step]")).not_to_have_attribute("data-chapter", "the-dead")
    assert "/admin/preview/lima-1996-97/" in frame.locator("html").evaluate("() => location.pathname")


def test_another_width_keeps_the_place_and_fits_the_screen(preview: Page) -> None:
    frame = draft(preview)
    frame.locator("html").evaluate("() => (window.here = true)")
    for name, here in (("Desktop", [1280, True]), ("Embedded", [600, None])):  # embedded, it is another page
        preview.get_by_role("link", name=name).click()
        expect(frame.locator("html.embed")).to_have_count(int(name == "Embedded"))
        assert draft(preview).locator("html").evaluate("() => [innerWidth, window.here ?? null]") == here
        box = preview.locator("iframe.draft-frame").bounding_box()
        assert box is not None and box["x"] + box["width"] <= 1281
    expect(preview.get_by_role("link", name="Embedded")).to_have_attribute("aria-current", "true")
    preview.get_by_role("link", name="Español").first.click()
    frame = draft(preview)
    assert frame.locator("html").evaluate("() => [innerWidth, document.documentElement.lang]") == [600, "es"]


def test_a_link_opens_the_draft_without_an_account_until_it_is_revoked(
    preview: Page, chromium: Browser, site: Site
) -> None:
    preview.get_by_role("button", name="Make a link").click()
    address = preview.input_value("[data-link]")
    stranger = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    stranger.goto(address)
    expect(stranger.locator("html[data-ready]")).to_have_count(1)
    stranger.locator("a[rel=next]").click()
    expect(stranger.locator(".pin").first).to_be_attached()
    assert stranger.context.cookies() == []
    preview.get_by_role("button", name="Revoke the link").first.click()
    reloaded = stranger.reload()
    assert reloaded is not None and reloaded.status == 404
    stranger.context.close()


def test_typing_a_time_says_it_in_utc(preview: Page) -> None:
    preview.goto(preview.url.partition("/preview/")[0] + "/publish/")
    preview.evaluate("() => (document.querySelector('form[data-zone]').dataset.zone = 'America/Lima')")
    preview.fill("[name=at_0]", "2026-12-24")
    preview.fill("[name=at_1]", "18:30")
    expect(preview.locator(".in-utc").first).to_have_text("2026-12-24 18:30 America/Lima is 2026-12-24 23:30 UTC")


def test_there_is_no_barrier(preview: Page) -> None:
    """With a fresh link, in both schemes, at both widths. The pages beside it are walked in tests/security."""
    preview.get_by_role("button", name="Make a link").click()
    draft(preview)
    for width in (1280, 390):
        preview.set_viewport_size({"width": width, "height": 900})
        assert preview.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert violations_in_both_schemes(preview, "main") == [], width
