"""Addresses lead where they say, and the page tells the address of where its reader is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, STILL, Readers
from tests.browser.reader import STORY, Reader, passage
from tests.conftest import Site


@pytest.mark.parametrize("chapter", ["reception", "asylum", "since-then"])
def test_a_chapters_address_opens_the_story_there_and_reloads_there(reader_of: Readers, chapter: str) -> None:
    reader = reader_of().open(f"{STORY}{chapter}/")
    reader.at(chapter)
    assert reader.viewed() == [chapter]
    reader.page.reload(wait_until="commit")
    reader.ready().at(chapter)


@pytest.mark.parametrize("path", ["", "asylum/"])
def test_a_moments_address_opens_the_story_at_the_moment(reader_of: Readers, path: str) -> None:
    reader = reader_of().open(f"{STORY}{path}#demands-economy")
    reader.at("demands", "demands-economy")
    reader.page.reload(wait_until="commit")
    reader.ready().at("demands", "demands-economy")


def test_a_moment_higher_than_what_can_be_seen_is_opened_at_its_beginning(reader_of: Readers) -> None:
    reader = reader_of(**PHONE).open(f"{STORY}#canada-meeting")
    reader.at("toronto", "canada-meeting")
    hidden = reader.find("#canada-meeting").evaluate(
        "it => document.querySelector('.stage').getBoundingClientRect().bottom - it.getBoundingClientRect().top"
    )
    assert hidden <= 0


def test_a_moment_with_a_camera_of_its_own_is_seen_through_it(reader_of: Readers) -> None:
    reader = reader_of().open(f"{STORY}#mansion-demolished")
    reader.at("since-then", "mansion-demolished")
    assert reader.viewed() == ["since-then#mansion-demolished"]


def test_reload_returns_to_the_line_that_was_being_read(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.at("")
    line = passage("release-20")
    reader.scroll_to(line)
    reader.wait("location.pathname === it && history.state", f"{STORY}waiting/")
    before = reader.find(line).bounding_box()["y"]
    reader.page.reload(wait_until="commit")
    top = "document.querySelector(it[0]).getBoundingClientRect().top"
    reader.ready().wait(f"Math.abs({top} - it[1]) < 3", [line, before])


def test_a_link_in_the_narration_opens_its_event_below_the_line_that_is_read(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}preparations/")
    reader.at("preparations")
    link = reader.find("#chapter-preparations .narration a[href='#scale-model-tunnels']")
    link.scroll_into_view_if_needed()
    depth = reader.depth()
    link.click()
    card = reader.find("#chapter-preparations .narration .event-card")
    expect(card.locator(".sources summary")).to_be_visible()
    expect(card.locator("h3")).to_be_focused()
    assert card.locator("h3").inner_text() == reader.find("#scale-model-tunnels h3").text_content()
    expect(link).to_be_in_viewport()
    expect(card.locator("h3")).to_be_in_viewport()
    assert card.bounding_box()["y"] > link.bounding_box()["y"]
    reader.wait("location.hash === it", "#scale-model-tunnels")
    assert reader.depth() == depth
    reader.page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")


def test_every_link_in_the_narration_names_a_moment_of_the_story(reader_of: Readers) -> None:
    reader = reader_of().open()
    links = reader.page.eval_on_selector_all(
        ".narration a[href^='#']", "all => all.map(link => [link.hash, Boolean(document.querySelector(link.hash))])"
    )
    assert len(links) > 30
    assert [link for link, there in links if not there] == []


@pytest.mark.parametrize(("code", "other"), [("es", "ja"), ("ja", "en")])
def test_another_language_opens_at_the_same_chapter_and_moment(reader_of: Readers, code: str, other: str) -> None:
    prefix = "" if other == "en" else f"/{other}"
    reader = reader_of(**STILL).open(f"/{code}{STORY}demands/")
    reader.at("demands", language=f"/{code}")
    reader.page.keyboard.press("ArrowRight")
    reader.at("waiting", language=f"/{code}")
    change_language(reader, other, "/waiting/")
    reader.at("waiting", language=prefix)
    reader.find("[data-strip] a[href='#release-20']").dispatch_event("click")
    reader.at("waiting", "release-20", language=prefix)
    change_language(reader, code, "#release-20")
    reader.at("waiting", "release-20", language=f"/{code}")
    reader.scroll_to(passage("release-38"), at=0.45)  # what one has come to by scrolling counts as well
    reader.at("demands", "release-38", language=f"/{code}")
    change_language(reader, other, "#release-38")
    reader.at("demands", "release-38", language=prefix)


def change_language(reader: Reader, code: str, end: str) -> None:
    """From the contents, which are in reach wherever one reads: the masthead would have to be scrolled to."""
    link = f"[data-contents] [data-language-link][lang={code}]"
    reader.wait("document.querySelector(it[0]).href.endsWith(it[1])", [link, end])
    reader.find("[data-contents] summary").click()
    reader.find(link).click()
    reader.wait("document.documentElement.lang === it", code)
    reader.ready()


def test_a_former_address_leads_to_the_same_chapter_and_moment(reader_of: Readers, site: Site) -> None:
    site.manage(
        "shell",
        "-c",
        "from storymap.models import OldSlug, Story;"
        "OldSlug.objects.get_or_create(slug='residence-1996', story=Story.objects.get(slug='lima-1996-97'))",
    )
    reader = reader_of().open("/stories/residence-1996/toronto/#hashimoto-warning")
    reader.at("toronto", "hashimoto-warning")


def test_scrolling_through_a_chapter_names_its_moments_without_naming_them_in_the_address(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}asylum/")
    reader.at("asylum")
    reader.scroll_to(passage("fujimori-castro"), at=0.45)
    reader.at("asylum", "fujimori-castro")
    assert "#" not in reader.page.url


def test_an_unknown_moment_does_no_harm(reader_of: Readers) -> None:
    reader = reader_of().open(f"{STORY}waiting/#no-such-moment")
    reader.at("waiting")
