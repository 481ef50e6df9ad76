"""After the first edition: a typo, a caption on a phone, a chapter that a colleague broke, a takedown."""

from __future__ import annotations

import re

from playwright.sync_api import Browser

from tests.conftest import Site
from tests.golden.editor import Editor
from tests.golden.furnish import BEA
from tests.golden.published_story import CHAPTER, ILLUSTRATED, break_chapter, mend, put_back, take_down
from tests.golden.workshop import Desk, Story, desk_of

FILES = r"/stories/[\w-]+/(?:[\w-]+/)?(?:map|places|atlas|picture)[\w.]*\.[0-9a-f]{24}\.\w+"


def test_a_typo_is_mended_in_five_clicks(editor: Editor, desk: Desk, story: Story) -> None:
    mend(editor, story, CHAPTER, "Narration", "Mended now.")
    assert editor.tally.clicks <= 5
    assert "Mended now." in desk.get(story.public).text()


def test_a_caption_is_mended_and_published_on_a_phone(editor: Editor, desk: Desk, story: Story) -> None:
    editor.page.set_viewport_size({"width": 390, "height": 844})
    mend(editor, story, ILLUSTRATED, "Caption", "Light, at noon.")
    assert editor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "Light, at noon." in desk.get(story.public).text()


def test_a_chapter_that_a_colleague_broke_is_put_back_in_four_clicks(
    editor: Editor, desk: Desk, story: Story, workshop: Site, chromium: Browser
) -> None:
    form = desk.chapter_form(story, CHAPTER)
    editor.page.goto(workshop.url + form)
    before = editor.page.input_value("#id_narration")
    colleague = desk_of(chromium, workshop, BEA)
    break_chapter(colleague, story, CHAPTER, "asdf")
    colleague.context.close()
    put_back(editor, form)
    assert editor.tally.clicks <= 4
    editor.page.goto(workshop.url + form)
    assert editor.page.input_value("#id_narration") == before
    assert BEA in desk.get(f"{story.admin}history/").text(), "what was broken stays in the history"


def test_a_story_is_taken_down_in_two_clicks_and_gone_at_once(editor: Editor, desk: Desk, story: Story) -> None:
    page = desk.get(story.public)
    chapter = re.search(rf"{story.public}[\w-]+/", page.text())
    assert chapter
    addresses = {story.public, f"/es{story.public}", chapter[0], *re.findall(FILES, page.text())}
    assert len(addresses) > 6 and all(desk.get(address).ok for address in addresses)
    take_down(editor, story)
    assert {desk.get(address).status for address in addresses} <= {404, 410}
    assert desk.get(story.public, **{"If-None-Match": page.headers["etag"]}).status in (404, 410)
    assert story.slug not in desk.get("/").text()
    assert editor.tally.clicks <= 2
