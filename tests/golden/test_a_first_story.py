"""From signing in to a published story, by mouse and by keyboard, with maps and a geocoder and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.golden.bad_weather import block_maps, story_in_bad_weather
from tests.golden.editor import Editor
from tests.golden.first_story import NAME, PASSWORD, STEPS, first_story, tell


def assert_published(page: Page) -> None:
    assert page.locator("article[data-chapter]").count() == len(STEPS)
    assert page.locator("article[data-chapter] .moment").count() == len(STEPS)


def test_a_first_story_takes_few_clicks_and_no_coordinate(newcomer: Editor) -> None:
    first_story(newcomer, "Three steps")
    assert_published(newcomer.page)
    expect(newcomer.page.get_by_alt_text("A round light that fades towards the edges")).to_have_count(1)
    assert newcomer.tally.clicks <= 30
    assert newcomer.tally.loads <= 4


@pytest.mark.parametrize("newcomer", [{"mouse": False}], indirect=True)
def test_a_first_story_by_keyboard_only(newcomer: Editor) -> None:
    first_story(newcomer, "Three steps by keyboard")
    assert_published(newcomer.page)
    assert newcomer.tally.clicks == 0


@pytest.mark.parametrize("newcomer", [{"tired": True}], indirect=True)
def test_a_first_story_while_maps_and_geocoder_fail(newcomer: Editor) -> None:
    """A town of the gazetteer, a place of the record, and a link pasted from any map will do."""
    block_maps(newcomer.page)
    story_in_bad_weather(newcomer, "Three steps in bad weather")
    newcomer.page.wait_for_selector("article[data-chapter]")
    assert_published(newcomer.page)
    assert newcomer.tally.clicks <= 30


def test_what_was_typed_and_a_moved_pin_outlive_the_page(newcomer: Editor) -> None:
    editor = newcomer
    page, (title, _name, lat, _lng) = editor.page, STEPS[2]
    editor.sign_in(NAME, PASSWORD)
    editor.go_to("Title")
    editor.type("Three steps and a fall", then="Tab")
    editor.type("The browser falls.", then="Tab")
    page.keyboard.press("Enter")
    tell(editor, title, "Callao, the pier")  # not in the record, whatever other tests have told
    page.keyboard.press("Tab")
    expect(page.locator(".place-picker .map")).to_be_focused()
    with page.expect_response("**/admin/autosaves/"):
        page.keyboard.press("Shift+ArrowRight")
    page.goto(f"{editor.url}/admin/")
    editor.press(f"chapter “new: {title}”")
    expect(page.get_by_label("Title", exact=False).first).to_have_value("")
    editor.press("Take it")
    moved = page.get_by_label("Exact position")
    expect(moved).to_have_value(re.compile(rf"^{lat}\d*, -77\.0"))
    editor.press("Save the chapter")
    editor.sees(f"“{title}” is saved.")
    page.goto(f"{editor.url}/admin/")
    expect(page.locator(".unsaved-work")).to_have_count(0)
