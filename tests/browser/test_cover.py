"""The cover: what it offers before the first chapter."""

from __future__ import annotations

from tests.browser.conftest import STILL, Readers


def test_the_story_in_short_leads_into_the_text(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.find("[data-in-short] summary").click()
    lines = reader.find("[data-in-short] li")
    assert 8 <= lines.count() <= 15
    lines.locator("[href='#raid-toll']").click()
    reader.at("fifteen-twenty-three", "raid-toll")
    assert reader.page.evaluate("document.activeElement.closest('.moment').id") == "raid-toll"
    reader.page.go_back()
    reader.at("", camera=False)


def test_the_story_in_short_stands_open_without_javascript(reader_of: Readers) -> None:
    reader = reader_of(java_script_enabled=False)
    reader.page.goto(reader.site + "/stories/lima-1996-97/")
    assert reader.find("[data-in-short] li").first.is_visible()
