"""A browser dies while somebody types: what was typed comes back with one click."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, expect

from tests.golden.crash import kill, mortal, take_back, write_at_the_end
from tests.golden.editor import Editor
from tests.golden.published_story import CHAPTER
from tests.golden.workshop import Desk, Story


def test_what_was_typed_outlives_the_browser_and_is_taken_back_with_one_click(
    editor: Editor, desk: Desk, story: Story, chromium: Browser, signed_in: Any
) -> None:
    form, doomed = desk.chapter_form(story, CHAPTER), mortal(chromium)
    page = doomed.new_context(storage_state=signed_in).new_page()
    page.goto(desk.url + form)
    stored = page.input_value("#id_narration")
    page.fill("#id_title", "Demands, mended")
    write_at_the_end(page, " Nobody slept that night.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Autosaved")
    expect(page.locator("[data-autosave-status][data-state=autosaved]")).to_be_attached()
    write_at_the_end(page, " And then")
    kill(doomed)

    written = take_back(editor, form)
    assert editor.tally.clicks <= 1
    assert written.startswith(f"{stored} Nobody slept that night.")
    expect(editor.page.locator("#id_title")).to_have_value("Demands, mended")
    editor.page.click("[name=_continue]")
    expect(editor.page.locator(".messagelist .success")).to_be_visible()
    assert editor.page.input_value("#id_narration") == written
    editor.page.goto(f"{desk.url}/admin/")
    expect(editor.page.locator(".unsaved-work")).to_have_count(0)
