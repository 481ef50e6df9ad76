"""The cover: what it offers before the first chapter."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS


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


def test_the_map_shows_the_whole_story_until_it_begins(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.at("")
    assert reader.find(".pin").count() == 0
    assert reader.find("[data-fact]").inner_text() == "17 December 1996 – 22 April 1997"
    names = reader.find(".map-label.dot-name")
    names.first.wait_for(state="attached")
    assert {"Lima", "Tokyo", "London", "Toronto"} <= set(names.all_text_contents())
    reader.find("[data-step='1']").click()
    reader.at(CHAPTERS[0])
    assert reader.find(".pin").count() and not names.count()
    reader.find("[data-step='-1']").click()
    reader.at("")
    assert reader.find("[data-fact]").inner_text() == "17 December 1996 – 22 April 1997"


@pytest.mark.parametrize("size", [(390, 844), (360, 640), (844, 390)])
def test_a_phone_shows_map_title_and_the_way_in_at_once(reader_of: Readers, size: tuple[int, int]) -> None:
    viewport = {"width": size[0], "height": size[1]}
    reader = reader_of(**{**PHONE, "viewport": viewport}, **STILL).open()
    reader.at("", camera=False)  # on the smallest the world is as small as a map draws it
    seen = """selector => { const it = document.querySelector(selector); const box = it.getBoundingClientRect();
      const corners = [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3]];
      return corners.every(([x, y]) => it.contains(document.elementFromPoint(x, y))); }"""
    for selector in ("h1", ".begin a", "[data-map]"):
        assert reader.page.evaluate(seen, selector), selector
    reader.find(".begin a").click()
    reader.at(CHAPTERS[0])
