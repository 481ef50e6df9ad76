"""From signing in to a published story, by mouse and by keyboard, with a geocoder and without."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import PASSWORD, Site
from tests.golden.editor import Editor
from tests.golden.first_story import NAME, STEPS, Answers, first_story

pytestmark = pytest.mark.xdist_group("editing")


@pytest.fixture(scope="module")
def answers() -> Iterator[Answers]:
    service = Answers()
    yield service
    service.server.shutdown()


@pytest.fixture(scope="module")
def workshop(prepared: Path, tmp_path_factory: pytest.TempPathFactory, answers: Answers) -> Iterator[Site]:
    """A site of its own with a geocoder and one publisher."""
    data = shutil.copytree(prepared, tmp_path_factory.mktemp("golden") / "data")
    service = {"STORYMAP_GEOCODER_URL": answers.url, "STORYMAP_GEOCODER_CONTACT": "editors@example.org"}
    site = Site(data, **service)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def editor(workshop: Site, chromium: Browser, answers: Answers, request: pytest.FixtureRequest) -> Iterator[Editor]:
    options = {"mouse": True, **getattr(request, "param", {})}
    answers.tired = options.pop("tired", False)
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    editor = Editor(context.new_page(), workshop.url, **options)
    yield editor
    context.close()


def assert_published(editor: Editor) -> None:
    page = editor.page
    assert page.locator("article[data-chapter]").count() == len(STEPS)
    assert page.locator("article[data-chapter] [data-event]").count() == len(STEPS)
    expect(page.get_by_alt_text("A round light that fades towards the edges")).to_have_count(1)


def test_a_first_story_takes_few_clicks_and_no_coordinate(editor: Editor) -> None:
    first_story(editor, "Three steps")
    assert_published(editor)
    assert editor.tally.clicks <= 30
    assert editor.tally.loads <= 4


@pytest.mark.parametrize("editor", [{"mouse": False}], indirect=True)
def test_a_first_story_by_keyboard_only(editor: Editor) -> None:
    first_story(editor, "Three steps by keyboard")
    assert_published(editor)
    assert editor.tally.clicks == 0


@pytest.mark.parametrize("editor", [{"tired": True}], indirect=True)
def test_a_first_story_while_maps_and_geocoder_fail(editor: Editor) -> None:
    """A link pasted from any map will do."""
    editor.page.route("**/leaflet*", lambda route: route.abort())
    links = tuple(f"https://www.openstreetmap.org/#map=17/{lat}/{lng}" for _title, _name, lat, lng in STEPS)
    editor.sign_in(NAME, PASSWORD)
    editor.go_to("Title")
    editor.type("Three steps in bad weather", then="Tab")
    editor.type("The service is tired.", then="Tab")
    editor.page.keyboard.press("Enter")
    expect(editor.page.get_by_label("Title", exact=False).first).to_be_focused()
    editor.type(STEPS[0][0])
    editor.tab_until("Narration", "It goes on all the same.")
    editor.tab_until("What happened", "A bridge is built")
    editor.tab_until("Source", "Archivo municipal, book 7")
    editor.tab_until("Where", "Nowhere in particular")
    editor.page.keyboard.press("Enter")
    editor.sees("The search service is busy")
    editor.page.fill("[name=moment-asked]", "")
    editor.go_to("Where")
    editor.type(links[0], then="Enter")
    expect(editor.page.locator("[name=moment-place]:checked")).to_be_focused()
    editor.tab_until("Its name for readers", "The square")
    editor.page.get_by_label("Country").select_option("PE")
    editor.press("Save the chapter")
    editor.sees(f"“{STEPS[0][0]}” is kept.")
    editor.tick("Publish all the same: I have seen the warnings")
    editor.press("Publish")
    editor.sees("Published as edition 1.")


def test_a_typo_in_a_published_story_is_mended_in_five_clicks(editor: Editor) -> None:
    first_story(editor, "A story with a typo")
    editor.page.goto(f"{editor.url}/admin/storymap/story/?q=a-story-with-a-typo")
    editor.tally.clicks = 0
    editor.press("Tell")
    editor.press("The bridge")
    editor.page.get_by_label("Narration").select_text()
    editor.type("Mended now.")
    editor.press("Save the chapter")
    editor.sees("“The bridge” is kept.")
    editor.tick("Publish all the same: I have seen the warnings")
    editor.press("Publish")
    editor.sees("Published as edition 2.")
    assert editor.tally.clicks <= 5
    answer = editor.page.request.get(f"{editor.url}/stories/a-story-with-a-typo/")
    assert "Mended now." in answer.text()


def test_a_caption_is_mended_and_published_on_a_phone(editor: Editor) -> None:
    first_story(editor, "A story on the road")
    page = editor.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{editor.url}/admin/storymap/story/?q=a-story-on-the-road")
    editor.press("Tell")
    editor.press(STEPS[0][0])
    editor.go_to("Caption")
    editor.type("Light, at noon.")
    editor.press("Save the chapter")
    editor.sees("is kept.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    editor.tick("Publish all the same: I have seen the warnings")
    editor.press("Publish")
    editor.sees("Published as edition 2.")
    assert "Light, at noon." in page.request.get(f"{editor.url}/stories/a-story-on-the-road/").text()
