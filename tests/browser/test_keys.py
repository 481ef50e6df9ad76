"""Keys do what the control in hand does, and where they lead the focus goes along."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS, STORY

FOCUSED = "document.activeElement.id"


def test_space_presses_what_looks_like_a_button_and_does_not_scroll(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}waiting/")
    reader.at("waiting")
    zoom, scrolled = reader.find("[data-map]").get_attribute("data-zoom"), reader.page.evaluate("scrollY")
    reader.find(".leaflet-control-zoom-in").focus()
    reader.page.keyboard.press("Space")
    reader.wait("document.querySelector('[data-map]').dataset.zoom > it", zoom)
    assert reader.page.evaluate("scrollY") == scrolled
    reader.find("a[rel=next]").focus()
    reader.page.keyboard.press("Space")
    reader.at(CHAPTERS[CHAPTERS.index("waiting") + 1])
    expect(reader.find("a[rel=next]")).to_be_focused()


@pytest.mark.parametrize("opener", [".legend summary", "[data-contents] summary", "#demands-economy .sources summary"])
def test_escape_closes_what_is_open_and_returns_to_what_opened_it(reader_of: Readers, opener: str) -> None:
    reader = reader_of(**STILL).open(f"{STORY}demands/")
    reader.at("demands")
    if "sources" in opener:
        reader.unfold("demands-economy")
    details, summary = reader.find(f"details:has(> {opener.rpartition(' ')[2]})"), reader.find(opener)
    summary.press("Enter")
    is_open = summary.locator("xpath=..")
    expect(is_open).to_have_attribute("open", "")
    if details.locator("a").count():
        reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Escape")
    expect(is_open).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_the_focus_goes_where_a_link_leads_and_tab_goes_on_from_there(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.at("")
    reader.find(".skip-link").press("Enter")
    reader.at("")
    expect(reader.find("h1")).to_be_focused()
    reader.find("[data-cover] [data-go]").press("Enter")
    reader.at(CHAPTERS[0])
    assert reader.page.evaluate(FOCUSED) == f"title-{CHAPTERS[0]}"
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.closest('article')?.dataset.chapter") == CHAPTERS[0]
    reader.find("[data-contents] summary").press("Enter")
    reader.find("[data-contents] a[data-go=preparations]").press("Enter")
    reader.at("preparations")
    reader.find("#chapter-preparations .narration a[href='#scale-model-tunnels']").press("Enter")
    expect(reader.find(".event-card h3")).to_be_focused()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("Boolean(document.activeElement.closest('.event-card'))")


def test_a_pin_that_the_view_leaves_out_is_brought_into_it_by_the_focus(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}#mansion-demolished")
    reader.at("since-then", "mansion-demolished")
    inside = """(it) => {
      const [a, b] = [it, document.querySelector("[data-map]")].map((element) => element.getBoundingClientRect());
      return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
    }"""
    pins = reader.find("[data-map] button.pin").all()
    outside = [pin for pin in pins if not pin.evaluate(inside)]
    assert outside
    for pin in outside:
        pin.focus()
        assert pin.evaluate(inside)
    reader.find("[data-back-to-view]").press("Space")
    reader.at("since-then", "mansion-demolished")


def test_the_focus_on_the_stage_of_a_narrow_window_leaves_the_text_where_it_is(reader_of: Readers) -> None:
    reader = reader_of(**PHONE, **STILL).open(f"{STORY}waiting/")
    reader.at("waiting")
    scrolled = reader.page.evaluate("scrollY")
    for control in (".pin", ".legend summary", "[data-strip] [tabindex='0']", "[data-contents] summary"):
        reader.find(control).first.evaluate("(it) => it.focus()")
        assert reader.page.evaluate("scrollY") == scrolled, control
