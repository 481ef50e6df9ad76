"""Without JavaScript, and on paper: everything is there, nothing pretends to work."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Readers
from tests.browser.reader import CHAPTERS, STORY

PLAIN = {"java_script_enabled": False}
LOADED = "all => all.map(img => img.complete && img.naturalWidth > 100)"


@pytest.mark.parametrize(
    ("language", "screen"),  # each of both; the language decides the text, and the screen where it stands
    [("", DESKTOP), ("/es", PHONE), ("/ja", DESKTOP)],
    ids=["en-desktop", "es-phone", "ja-desktop"],
)
def test_text_moments_and_sources_can_be_read_without_javascript(
    reader_of: Readers, language: str, screen: dict
) -> None:
    reader = reader_of(**PLAIN, **screen)
    reader.page.goto(reader.site + language + STORY)
    for chapter in CHAPTERS:
        article = reader.find(f"article[data-chapter={chapter}]")
        expect(article.locator("h2")).to_be_visible()
        expect(article.locator(".narration")).to_be_visible()
        moments = article.locator(".moment")
        assert moments.count() == article.locator(".moment:visible").count() > 0
    summaries = reader.find(".moment .sources > summary")
    assert summaries.count() > 90
    summaries.first.click()
    expect(reader.find(".moment .sources li").first).to_be_visible()


def test_what_needs_javascript_is_not_offered_without_it(reader_of: Readers) -> None:
    reader = reader_of(**PLAIN)
    reader.page.goto(reader.site + STORY)
    for selector in (".map-frame", ".pager .step", "[data-listen-button]", "[data-play]", "[data-key] input", ".hint"):
        assert reader.find(selector).count() > 0
        assert reader.find(f"{selector} >> visible=true").count() == 0, selector
    expect(reader.find(".contents")).to_be_visible()


def test_nothing_is_fetched_for_the_map_without_javascript(reader_of: Readers) -> None:
    reader = reader_of(**PLAIN)
    reader.page.goto(reader.site + STORY, wait_until="load")
    assert [asked for asked in reader.requests if asked.endswith((".js", ".json", ".geojson"))] == []


def test_the_story_in_time_and_links_to_chapters_stand_there_without_javascript(reader_of: Readers) -> None:
    reader = reader_of(**PLAIN)
    reader.page.goto(reader.site + STORY)
    expect(reader.find("[data-overview]")).to_be_visible()
    assert reader.find("[data-overview] .line").count() == len(CHAPTERS)
    expect(reader.find("[data-strip]")).to_be_hidden()
    reader.find("[data-contents] summary").click()
    reader.find("[data-contents] a[href$='/asylum/']").click()
    reader.page.wait_for_url(f"**{STORY}asylum/")


def test_each_chapter_shows_a_picture_of_its_map_without_javascript(reader_of: Readers) -> None:
    reader = reader_of(**PLAIN)
    reader.page.goto(reader.site + STORY)
    pictures = reader.find(".chapter-map img")
    assert pictures.count() == len(CHAPTERS)
    for n in range(len(CHAPTERS)):
        pictures.nth(n).scroll_into_view_if_needed()
        expect(pictures.nth(n)).to_be_visible()
        assert reader.page.request.get(reader.site + pictures.nth(n).get_attribute("src")).ok
    expect(reader.find("#chapter-the-dead .chapter-map figcaption li")).to_have_count(6)


def test_a_chapters_address_goes_to_the_chapter_without_javascript(reader_of: Readers) -> None:
    reader = reader_of(**PLAIN)
    reader.page.goto(f"{reader.site}{STORY}asylum/")
    expect(reader.find("#title-asylum")).to_be_focused()
    expect(reader.find("#title-asylum")).to_be_in_viewport()


def test_a_moments_address_goes_to_the_moment_without_javascript(reader_of: Readers) -> None:
    reader = reader_of(**PLAIN)
    reader.page.goto(f"{reader.site}{STORY}#hostages-freed")
    expect(reader.find("#hostages-freed h3")).to_be_in_viewport()


def test_paper_shows_maps_and_sources_and_no_interface(reader_of: Readers) -> None:
    reader = reader_of().open()
    reader.page.emulate_media(media="print")
    for selector in (".stage", ".pager", ".languages", "[data-listen-button]", ".begin", ".skip-link"):
        assert reader.find(selector).count() > 0
        assert reader.find(f"{selector} >> visible=true").count() == 0, selector
    pictures = reader.find(".chapter-map img >> visible=true")
    assert pictures.count() == len(CHAPTERS)
    sources = reader.find(".moment .sources li")
    assert sources.count() == reader.find(".moment .sources li >> visible=true").count() > 100
    expect(reader.find(".print-address")).to_be_visible()


def test_a_desk_has_every_picture_before_it_prints(reader_of: Readers) -> None:
    """A browser prints what it has: what it begins to load then comes too late."""
    reader = reader_of().open()
    reader.wait("[...document.querySelectorAll('article img')].every((img) => img.complete && img.naturalWidth > 100)")


def test_a_phone_does_not_pay_for_pictures_it_does_not_show(reader_of: Readers) -> None:
    reader = reader_of(**PHONE).open()
    assert reader.page.evaluate("matchMedia('(any-pointer: fine)').matches") is False
    assert reader.find(".chapter-map img[loading=lazy]").count() == len(CHAPTERS)
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert reader.find("img[loading=lazy]").count() == 0


def test_sources_are_opened_for_paper_where_the_style_cannot_open_them(reader_of: Readers) -> None:
    reader = reader_of()
    reader.page.add_init_script(
        "const supports = CSS.supports; CSS.supports = (...of) => !String(of).includes('details') && supports(...of);"
    )
    reader.open()
    reader.unfold("reception-1996-12-17")
    reader.find("#reception-1996-12-17 .sources summary").click()
    closed = reader.find("article details:not([open])").count()
    assert closed
    for event, unopened in (("beforeprint", 0), ("afterprint", closed)):
        reader.page.evaluate("(event) => dispatchEvent(new Event(event))", event)
        assert reader.find("article details:not([open])").count() == unopened
