"""Statuses left out: text, pins and timeline follow, and nothing is remembered."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import STILL, Readers
from tests.browser.reader import STORY


def test_an_unticked_status_leaves_its_moments_out_and_says_how_many(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.unfold()
    for box in reader.find("[data-key] input").all():
        status = box.get_attribute("value")
        moments = reader.find(f".moment[data-status={status}]")
        marks = reader.find(f"[data-strip] a[data-status={status}]")
        told = reader.find(f"#chapter-reception .moment[data-status={status}]")
        assert moments.count() > 0
        assert marks.count() == told.count()
        box.dispatch_event("click")
        assert reader.find(f".moment[data-status={status}] >> visible=true").count() == 0
        assert marks.count() == 0
        said = reader.find("article [data-filtered] >> visible=true").all_inner_texts()
        assert sum(int(line.split()[0]) for line in said) == moments.count()
        box.dispatch_event("click")
        assert reader.find(f".moment[data-status={status}] >> visible=true").count() == moments.count()
        assert marks.count() == told.count()
        assert reader.find("article [data-filtered] >> visible=true").count() == 0
    assert reader.stored() == 0


def test_the_count_beside_a_status_is_true(reader_of: Readers) -> None:
    reader = reader_of().open()
    reader.find("[data-key] summary").click()
    for item in reader.find("[data-key] li").all():
        status = item.locator("input").get_attribute("value")
        assert item.locator(".count").inner_text() == str(reader.find(f".moment[data-status={status}]").count())


def test_a_pin_without_moments_left_leaves_the_map(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}under-the-floor/")
    reader.at("under-the-floor")
    found = reader.page.evaluate(
        """() => [...document.querySelectorAll("#chapter-under-the-floor .moment:has(.pin-number)")]
          .map((moment) => [moment.querySelector(".pin-number").textContent, moment.dataset.status])"""
    )
    names = {number: {status for other, status in found if other == number} for number, _ in found}
    status = next(status for kinds in names.values() if len(kinds) == 1 for status in kinds)
    left = [number for number, kinds in names.items() if kinds != {status}]
    numbers = "flatMap((pin) => pin.ariaLabel.match(/\\d+(?=: )/g)).sort().join()"
    shown = f"[...document.querySelectorAll('button.pin')].{numbers}"
    reader.wait(f"{shown} === it", ",".join(sorted(names)))
    reader.page.evaluate(
        "(it) => document.querySelector(`[data-key] input[value=${it}]`).click()",
        status,
    )
    reader.wait(f"{shown} === it", ",".join(sorted(left)))


def test_a_link_to_a_moment_left_out_brings_it_back(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}asylum/")
    reader.at("asylum")
    status = reader.find("#fujimori-castro").get_attribute("data-status")
    box = f"[data-key] input[value={status}]"
    reader.page.evaluate(f"document.querySelector('{box}').click()")
    reader.unfold()
    expect(reader.find("#fujimori-castro")).to_be_hidden()
    reader.find("#chapter-asylum .narration a[href='#fujimori-castro']").click()
    expect(reader.find("#fujimori-castro")).to_be_visible()
    assert reader.find(box).is_checked()


def test_the_timelines_arrows_pass_over_what_is_left_out(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}demands/")
    reader.at("demands")
    whole = reader.find("[data-overview] .line[data-of=demands]").get_attribute("d")
    reader.page.evaluate(
        "document.querySelectorAll('[data-key] input:not([value=reported])').forEach((box) => box.click())"
    )
    left = reader.find("[data-overview] .line[data-of=demands]").get_attribute("d")
    assert 0 < len(left) < len(whole)
    reader.find("[data-strip] [tabindex='0']").focus()
    reader.page.keyboard.press("Home")
    seen: list[str] = []
    for _ in range(reader.find("[data-strip] .mark").count()):
        seen += reader.page.evaluate(
            """[document.activeElement, ...document.activeElement.parentElement.querySelectorAll("li a")]
              .map((link) => link.dataset.status).filter(Boolean)"""
        )
        reader.page.keyboard.press("ArrowRight")
    assert set(seen) == {"reported"}
    assert len(seen) == reader.find("#chapter-demands .moment[data-status=reported]").count()


def test_a_reload_shows_everything_again(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.page.evaluate("document.querySelectorAll('[data-key] input').forEach((box) => box.click())")
    reader.unfold()
    assert reader.find(".moment >> visible=true").count() == 0
    reader.page.reload(wait_until="commit")
    reader.ready().unfold()
    assert reader.find(".moment >> visible=true").count() == reader.find(".moment").count()
    assert reader.find("[data-key] input:checked").count() == reader.find("[data-key] input").count()


def test_the_legend_has_the_same_boxes_within_reach_of_every_chapter(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}demands/")
    reader.at("demands")
    reader.find("[data-legend] summary").click()
    box = reader.find("[data-legend] input[value=documented]")
    assert box.count() == 1
    box.uncheck()
    assert not reader.find("[data-key] input[value=documented]").is_checked()
    expect(reader.find("#chapter-demands .moment[data-status=documented][data-filtered-out]")).not_to_have_count(0)
    reader.page.evaluate("document.querySelector('[data-key] input[value=documented]').click()")
    assert box.is_checked()
