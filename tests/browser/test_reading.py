"""The story read from one end to the other, in each of the three ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import DESKTOP, PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS, STORY, passage


def test_arrow_keys_step_through_every_chapter_and_back_with_the_camera_flying_at_first(reader_of: Readers) -> None:
    reader = reader_of().open()
    reader.at("")
    depth = reader.depth()
    for chapter in CHAPTERS:
        if chapter == CHAPTERS[5]:
            reader.page.emulate_media(reduced_motion="reduce")  # heeded at once, without loading anew
        reader.page.keyboard.press("ArrowRight")
        reader.at(chapter)
    assert reader.depth() == depth + len(CHAPTERS)
    for chapter in CHAPTERS[-2:-5:-1]:
        reader.page.keyboard.press("ArrowLeft")
        reader.at(chapter)
    assert reader.passed() == [CHAPTERS[0], *CHAPTERS[1:], *CHAPTERS[-2:-5:-1]]


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_reader_in_a_hurry_stays_where_they_went_while_the_rest_is_laid_out(
    reader_of: Readers, screen: dict[str, Any]
) -> None:
    reader = reader_of(**screen)
    reader.page.context.new_cdp_session(reader.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    reader.page.goto(reader.site + STORY)
    reader.page.wait_for_selector("html[data-ready]", state="attached")
    for _ in CHAPTERS[:-1]:
        reader.page.keyboard.press("ArrowRight")
    reader.wait("!document.documentElement.hasAttribute('data-settled')")  # or this test would show nothing
    reader.ready()
    reader.at(CHAPTERS[-2])
    top = reader.find(f"[data-chapter={CHAPTERS[-2]}]").evaluate(
        "it => it.getBoundingClientRect().top - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)"
    )
    assert abs(top) <= 4  # the two of its margin, and what the browser rounds while it holds the text still


@pytest.mark.parametrize(
    ("address", "counter"),
    [
        ("hundreds-held/", "Day 0 of 126"),  # its first dated event is of the day after
        ("preparations/", "about 1997 – about April 1997"),  # ends with an event of day 126
        ("acclaim/", "Day 126 of 126"),
        ("echoes/", "23–28 April 1997"),  # after the last day, though an event of it is about that day
        ("echoes/#andean-council", "Day 126 of 126"),
    ],
)
def test_the_counter_begins_where_the_chapter_does(reader_of: Readers, address: str, counter: str) -> None:
    reader = reader_of(**STILL).open(STORY + address)
    reader.wait("document.querySelector('[data-day-counter]').textContent === it", counter)


@pytest.mark.parametrize(
    ("at", "button", "steps"),
    [("", "next", CHAPTERS[:3]), (CHAPTERS[-4], "next", CHAPTERS[-3:]), (CHAPTERS[2], "prev", [*CHAPTERS[1::-1], ""])],
)
def test_buttons_step_from_chapter_to_chapter_and_end_where_the_story_does(
    reader_of: Readers, at: str, button: str, steps: list[str]
) -> None:
    """What a step does at each chapter the arrow keys show, which take the same way."""
    reader = reader_of(**STILL).open(f"{STORY}{at}/" if at else STORY)
    reader.at(at)
    depth = reader.depth()
    for chapter in steps:
        assert reader.find(f"a[rel={button}]").get_attribute("aria-disabled") != "true"
        reader.find(f"a[rel={button}]").click()
        reader.at(chapter)
    ends = steps[-1] in ("", CHAPTERS[-1])
    assert (reader.find(f"a[rel={button}]").get_attribute("aria-disabled") == "true") == ends
    assert reader.depth() == depth + len(steps)


def test_scrolling_reads_every_chapter_and_leaves_no_trail_in_the_history(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    depth = reader.depth()
    for chapter in CHAPTERS:
        reader.scroll_to(f"#chapter-{chapter}")
        reader.at(chapter)
    for chapter in CHAPTERS[-2:-6:-1]:
        reader.scroll_to(f"#chapter-{chapter}")
        reader.at(chapter)
    reader.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    reader.at("")
    assert reader.depth() == depth


def test_the_wheel_reads_on(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.page.mouse.move(300, 400)
    while reader.current() != CHAPTERS[1]:
        reader.page.mouse.wheel(0, 400)
        reader.page.evaluate("new Promise(requestAnimationFrame)")
    reader.page.mouse.wheel(0, 200)
    reader.wait("document.querySelector('[data-map]').dataset.view.startsWith(it)", CHAPTERS[1])
    reader.wait("location.pathname === it", f"{STORY}{CHAPTERS[1]}/")


def test_back_takes_back_one_step_and_forward_repeats_it(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    for chapter in CHAPTERS[:3]:
        reader.page.keyboard.press("ArrowRight")
        reader.at(chapter)
    for chapter in (CHAPTERS[1], CHAPTERS[0]):
        reader.page.go_back()
        reader.at(chapter)
    reader.page.go_forward()
    reader.at(CHAPTERS[1])


def test_back_returns_to_the_line_that_was_being_read(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}demands/")
    reader.at("demands")
    line = passage("release-38")
    reader.scroll_to(line)
    reader.wait("history.state?.part > 0.1")
    before = reader.find(line).bounding_box()["y"]
    reader.page.keyboard.press("ArrowRight")
    reader.at("waiting")
    reader.page.go_back()
    reader.wait("Math.abs(document.querySelector(it[0]).getBoundingClientRect().top - it[1]) < 3", [line, before])


def test_a_jump_shows_only_where_it_ends(reader_of: Readers) -> None:
    reader = reader_of().open()
    reader.at("")
    reader.passed(), reader.viewed()
    reader.find("[data-contents] summary").click()
    reader.find("[data-contents] a[data-go=since-then]").click()
    reader.at("since-then")
    assert (reader.passed(), reader.viewed()) == (["since-then"], ["since-then"])
    reader.find("[data-overview]").click(position={"x": 1, "y": 8})
    reader.at("reception")
    assert (reader.passed(), reader.viewed()) == (["reception"], ["reception"])


def test_a_fling_over_many_chapters_sends_the_map_only_where_it_stops(reader_of: Readers) -> None:
    reader = reader_of(**STILL)
    reader.page.clock.install()
    reader.open().at("")
    reader.page.clock.pause_at(reader.page.evaluate("Date.now() + 1000"))  # what follows takes no time at all
    reader.passed(), reader.viewed()
    for chapter in CHAPTERS[1:]:
        reader.scroll_to(f"#chapter-{chapter}")
        reader.wait("document.querySelector('article[aria-current]').dataset.chapter === it", chapter)
    assert (reader.passed(), reader.viewed()) == (CHAPTERS[1:], [])
    reader.page.clock.run_for(2000)
    reader.at(CHAPTERS[-1])
    assert reader.viewed() == [CHAPTERS[-1]]


def test_a_step_is_told_to_those_who_cannot_see_and_mere_scrolling_is_not(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    told = reader.find("[data-live]")
    reader.page.keyboard.press("ArrowRight")
    reader.at(CHAPTERS[0])
    title = reader.find(f"#title-{CHAPTERS[0]}").inner_text()
    assert told.inner_text() == f"Chapter 1 of {len(CHAPTERS)}: {title}"
    assert reader.page.evaluate("document.activeElement.id") == f"chapter-{CHAPTERS[0]}"
    reader.scroll_to("#chapter-demands")
    reader.at("demands")
    assert title in told.inner_text()
    reader.find("[data-strip] a[href='#demands-economy']").dispatch_event("click")
    reader.at("demands", "demands-economy")
    chapter, moment = (reader.find(part).inner_text() for part in ("#title-demands", "#demands-economy h3"))
    number = CHAPTERS.index("demands") + 1
    assert told.inner_text().startswith(f"Chapter {number} of {len(CHAPTERS)}: {chapter} · {moment} · ")
    assert reader.page.evaluate("document.querySelectorAll('[aria-live], output, [role=status]').length") == 2, (
        "what is told, and that the map failed"
    )
