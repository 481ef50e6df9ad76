"""From signing in to a published story, by mouse and by keyboard, with maps and a geocoder and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.golden.bad_weather import block_maps, story_in_bad_weather
from tests.golden.editor import Editor
from tests.golden.first_story import STEPS, first_story

pytestmark = pytest.mark.xdist_group("browser")


def assert_published(page: Page) -> None:
    assert page.locator("article[data-chapter]").count() == len(STEPS)
    assert page.locator("article[data-chapter] [data-event]").count() == len(STEPS)


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
