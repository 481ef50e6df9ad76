"""The timeline: the chapter in hand with its marks, and above it the whole story."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS, STORY


def test_the_timeline_is_one_stop_in_which_arrows_move_and_enter_goes(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}asylum/")
    reader.at("asylum")
    stop = reader.find("[data-strip] [tabindex='0']")
    expect(stop).to_have_count(1)
    expect(reader.find("[data-strip] .mark:not([aria-hidden])")).to_have_count(1)
    stop.focus()
    reader.page.keyboard.press("Home")
    first = reader.page.evaluate("document.activeElement.ariaLabel")
    reader.page.keyboard.press("ArrowRight")
    second = reader.page.evaluate("document.activeElement.ariaLabel")
    reader.page.keyboard.press("ArrowLeft")
    assert reader.page.evaluate("document.activeElement.ariaLabel") == first != second
    expect(stop).to_be_focused()
    reader.page.keyboard.press("End")
    assert "Fidel Castro" in reader.page.evaluate("document.activeElement.ariaLabel")
    reader.page.keyboard.press("Home")
    expect(reader.find("[data-fact]")).to_contain_text("2 events")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowDown")
    event = reader.page.evaluate("document.activeElement.hash.slice(1)")
    expect(reader.find("[data-fact]")).to_contain_text(reader.find(f"#{event} h3").text_content())
    reader.page.keyboard.press("Escape")
    expect(stop).to_be_focused()
    expect(reader.find("[data-strip] details[open]")).to_have_count(0)
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("ArrowDown")
    event = reader.page.evaluate("document.activeElement.hash.slice(1)")
    reader.page.keyboard.press("Enter")
    reader.at("asylum", event)
    expect(stop).to_be_focused()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_mark_is_closer_to_the_next_than_a_finger_and_no_name_meets_another(
    reader_of: Readers, screen: dict[str, Any]
) -> None:
    reader = reader_of(**screen, **STILL).open()
    for chapter in CHAPTERS:
        reader.page.keyboard.press("ArrowRight")
        reader.wait("document.querySelector('.mark')?.dataset.of === it", chapter)
        found = reader.page.evaluate(
            """() => {
              const boxes = (selector) => [...document.querySelectorAll(selector)]
                .map((one) => one.getBoundingClientRect())
                .filter(({ width }) => width).sort((a, b) => a.left - b.left);
              const apart = (all) => all.slice(1).map(({ left }, n) => left - all[n].right);
              const nearest = (names) => Math.min(99, ...apart(boxes(names)));
              const [marks, strip] = [boxes("a.mark, .mark summary"), boxes("[data-strip]")[0]];
              return {
                least: Math.min(...marks.flatMap(({ width, height }) => [width, height])),
                marks: Math.min(0, ...apart(marks)),
                names: ["[data-strip] text", "[data-overview] text"].map(nearest),
                out: marks.some(({ left, right }) => left < strip.left - 1 || right > strip.right + 1),
                events: document.querySelectorAll("[data-strip] a").length,
              };
            }"""
        )
        assert found["least"] >= 24, chapter
        assert found["marks"] >= -0.2, chapter
        assert min(found["names"]) >= 4, chapter
        assert not found["out"], chapter
        assert found["events"] == reader.find(f"#chapter-{chapter} .moment").count()


def test_a_press_on_the_whole_story_goes_to_the_chapter_that_is_told_of_there(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    overview = reader.find("[data-overview]")
    box = overview.bounding_box()
    overview.hover(position={"x": box["width"] - 1, "y": 8})
    expect(reader.find("[data-fact]")).to_contain_text(reader.find("#title-since-then").text_content())
    overview.click(position={"x": box["width"] - 1, "y": 8})
    reader.at("since-then")


@pytest.mark.parametrize("event", ["release-38", "canada-meeting", "mansion-demolished"])
def test_the_mark_of_the_event_stands_in_its_own_time(reader_of: Readers, event: str) -> None:
    reader = reader_of(**STILL).open(f"{STORY}#{event}")
    reader.wait("document.querySelector(':is(a.mark.here, .mark li a.here)')?.hash === `#${it}`", event)
    off = reader.page.evaluate(
        """(event) => {
          const chapter = document.getElementById(event).closest("article");
          const number = [...document.querySelectorAll("article[data-chapter]")].indexOf(chapter);
          const moments = [...chapter.querySelectorAll(".moment")].map(({ id }) => id);
          const [, , known] = JSON.parse(document.querySelector("#scales").textContent)[number];
          const [start, room] = known[moments.indexOf(event)];
          const strip = document.querySelector("[data-strip]").getBoundingClientRect();
          const mark = document.querySelector(":is(a.mark.here, .mark.here summary)");
          const { left, right } = mark.getBoundingClientRect();
          const x = (left + right) / 2 - strip.left;
          return Math.max((start * strip.width) / 1000 - x, x - ((start + room) * strip.width) / 1000);
        }""",
        event,
    )
    assert off <= 12, "no further than half a mark, which stays on the strip"


def test_the_map_does_not_wait_for_the_marks_of_the_strip(reader_of: Readers) -> None:
    reader = reader_of()
    reader.page.add_init_script("""
      new MutationObserver(() => {
        if (!("ready" in document.documentElement.dataset)) return;
        globalThis.shown ??= document.querySelectorAll(".mark").length;
      }).observe(document, { subtree: true, attributeFilter: ["data-ready"] });""")
    reader.open(STORY)
    reader.wait("'settled' in document.documentElement.dataset")
    assert reader.page.evaluate("shown") == 0
    assert reader.find("[data-strip] a").count() == reader.find("#chapter-reception .moment").count()
