"""What an editor's work costs: clicks, page loads, seconds, and the server's time, along the golden paths."""

from __future__ import annotations

import time

from playwright.sync_api import Browser

from tests.bench.figures import Table
from tests.conftest import Site
from tests.golden.bad_weather import block_maps, story_in_bad_weather
from tests.golden.crash import kill, mortal, take_back, write_at_the_end
from tests.golden.editor import Editor
from tests.golden.first_story import NAME, Answers, first_story
from tests.golden.published_story import CHAPTER, ILLUSTRATED, break_chapter, mend, put_back, take_down
from tests.golden.table import GOOD, bring_in
from tests.golden.workshop import Desk, Story, desk_of

TYPED = " What one has seen one writes down at once, for an hour later it is another thing." * 2
DELAY = 30  # milliseconds between two keys


def measure(browser: Browser, site: Site, answers: Answers, table: Table) -> None:
    """On a site with the people of the golden paths and the geocoder of the first story."""
    began = time.monotonic()
    _first_story(browser, site, answers, table)
    desk = desk_of(browser, site, NAME)
    story = desk.published_copy()
    for path in (_typo, _caption, _table, _restored, _crash, _takedown):
        path(desk, story, table)
    desk.context.close()
    table.add("  all of this", time.monotonic() - began, "s")


def _editor(desk: Desk) -> Editor:
    return Editor(desk.context.new_page(), desk.url)


def _first_story(browser: Browser, site: Site, answers: Answers, table: Table) -> None:
    editor = _newcomer(browser, site)
    first_story(editor, f"Measured by {NAME}")
    _told("a first story of three chapters", editor, table)
    table.add("  server", editor.tally.server, "ms", 3000)
    editor.page.context.close()
    editor = _newcomer(browser, site)
    answers.tired = True
    block_maps(editor.page)
    story_in_bad_weather(editor, "Measured in bad weather")
    _told("the same without maps and geocoder", editor, table)
    editor.page.context.close()


def _newcomer(browser: Browser, site: Site) -> Editor:
    return Editor(browser.new_context(viewport={"width": 1280, "height": 800}).new_page(), site.url)


def _told(what: str, editor: Editor, table: Table) -> None:
    table.add(f"{what}: clicks", editor.tally.clicks, "", 30)
    table.add("  page loads", editor.tally.loads, "", 4)
    table.add("  keystrokes", editor.tally.keystrokes, "")


def _typo(desk: Desk, story: Story, table: Table) -> None:
    editor = _editor(desk)
    mend(editor, story, CHAPTER, "Narration", "Mended now.", edition=2)
    table.add("a typo in a published story: clicks", editor.tally.clicks, "", 5)
    editor.page.close()


def _caption(desk: Desk, story: Story, table: Table) -> None:
    editor = _editor(desk)
    editor.page.set_viewport_size({"width": 390, "height": 844})
    mend(editor, story, ILLUSTRATED, "Caption", "Light, at noon.", edition=3)
    table.add("a caption on a phone: clicks", editor.tally.clicks, "", 5)
    editor.page.close()


def _table(desk: Desk, story: Story, table: Table) -> None:
    editor, began = _editor(desk), time.monotonic()
    bring_in(editor, story)
    table.add(f"{GOOD} of 200 places from a table: clicks", editor.tally.clicks, "", 5)
    table.add("  from the story to the report", time.monotonic() - began, "s", 10)
    editor.page.close()


def _restored(desk: Desk, story: Story, table: Table) -> None:
    break_chapter(desk, story, CHAPTER, "asdf")
    editor = _editor(desk)
    put_back(editor, desk.chapter_form(story, CHAPTER))
    table.add("a broken chapter put back: clicks", editor.tally.clicks, "", 4)
    editor.page.close()


def _crash(desk: Desk, story: Story, table: Table) -> None:
    """Somebody types without a pause until the browser is killed."""
    form, doomed = desk.chapter_form(story, CHAPTER), mortal(desk.context.browser)  # type: ignore[arg-type]
    page = doomed.new_context(storage_state=desk.context.storage_state()).new_page()
    page.goto(desk.url + form)
    began = time.monotonic()
    write_at_the_end(page, TYPED, delay=DELAY)
    each = (time.monotonic() - began) / len(TYPED)
    kill(doomed)
    editor = _editor(desk)
    kept = len(take_back(editor, form).partition(TYPED[:20])[2]) + 20
    table.add("a browser killed while typing: typing lost", (len(TYPED) - kept) * each, "s", 2)
    table.add("  clicks to take it back", editor.tally.clicks, "", 1)
    editor.page.close()


def _takedown(desk: Desk, story: Story, table: Table) -> None:
    editor = _editor(desk)
    take_down(editor, story)
    gone = desk.get(story.public).status in (404, 410)
    table.add("a takedown: clicks", editor.tally.clicks, "", 2)
    table.add("  gone for the next reader", gone, "", 1, at_least=True)
    editor.page.close()
