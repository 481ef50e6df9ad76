"""Every size of window, touch, and no motion for those who want none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Route, TimeoutError as NotInTime, expect

from tests.browser.conftest import PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS, STORY, Reader
from tests.extent import LARGE

HASTY = Path(__file__).with_name("hasty.js").read_text("utf-8")
SIDEWAYS = PHONE | {"viewport": {"width": 844, "height": 390}}
SMALL = PHONE | {"viewport": {"width": 320, "height": 454}}
SMALL_SIDEWAYS = PHONE | {"viewport": {"width": 568, "height": 280}}
WIDE, WIDEST = ({"viewport": {"width": width, "height": width * 9 // 16}} for width in (1280, 3840))
MAP_MIDDLE = """() => {
  const { x, y, width, height } = document.querySelector("[data-map]").getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


def assert_nothing_sticks_out(reader: Reader, width: int) -> None:
    """Once the page is laid out for that width: under load a new window is drawn as the old one for a moment."""
    try:
        reader.wait(
            "screen.width === it && document.documentElement.scrollWidth <= document.documentElement.clientWidth", width
        )
    except NotInTime:
        raise AssertionError(f"{reader.page.url}: {reader.overflow()} pixels more than {width}") from None


@pytest.mark.parametrize("screens", [(SMALL, PHONE, SMALL_SIDEWAYS), (WIDE, WIDEST)], ids=["phones", "desktops"])
@pytest.mark.parametrize("language", ["", "/es", "/ja"])
def test_nothing_has_to_be_scrolled_sideways(reader_of: Readers, language: str, screens: tuple[dict, ...]) -> None:
    """Each page is loaded once for screens of a kind, and the window made as large as each of them."""
    reader = reader_of(**screens[0])
    for path in ("/", f"{STORY}editions/", STORY):
        reader.page.goto(reader.site + language + path)
        if path == STORY:
            reader.ready()
            reader.page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        for screen in screens:
            reader.page.set_viewport_size(screen["viewport"])
            assert_nothing_sticks_out(reader, screen["viewport"]["width"])


def test_what_lies_on_the_map_has_room_and_order_where_one_writes_from_right_to_left(reader_of: Readers) -> None:
    reader = reader_of(**WIDE, **STILL)

    def turn(route: Route) -> None:
        page = route.fetch()
        route.fulfill(response=page, body=page.text().replace('dir="ltr"', 'dir="rtl"', 1))

    reader.page.route(f"**{STORY}demands/", turn)
    reader.open(f"{STORY}demands/").at("demands")
    zoom, legend = (reader.find(part).bounding_box() for part in (".leaflet-control-zoom", ".legend"))
    assert zoom["x"] > legend["x"] + legend["width"]
    number, unit = reader.find(".leaflet-control-scale-line").evaluate(
        """(line) => [/\\d/, /[km]/].map((sign) => {
          const range = document.createRange();
          range.setStart(line.firstChild, line.textContent.search(sign));
          range.setEnd(line.firstChild, range.startOffset + 1);
          return range.getBoundingClientRect().left;
        })"""
    )
    assert number < unit, "1 km, not km 1"


def test_the_map_jumps_for_who_wants_no_motion(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.at("")
    reader.page.evaluate(
        """() => {
          globalThis.flights = 0;
          const map = document.querySelector("[data-map]");
          const count = () => (flights += map.matches(".flying, .leaflet-pan-anim"));
          new MutationObserver(count).observe(map, { attributeFilter: ["class"], subtree: true });
        }"""
    )
    for chapter in CHAPTERS[:6]:
        reader.page.keyboard.press("ArrowRight")
        reader.at(chapter)
    assert reader.page.evaluate("flights") == 0


def test_the_map_flies_for_who_welcomes_motion(reader_of: Readers) -> None:
    reader = reader_of().open(f"{STORY}{CHAPTERS[0]}/")
    reader.at(CHAPTERS[0])
    reader.page.keyboard.press("ArrowRight")
    reader.wait("document.querySelector('[data-map].flying')")
    reader.at(CHAPTERS[1])
    expect(reader.find("[data-map].flying")).to_have_count(0)


def swipe(reader: Reader, start: tuple[float, float], by: tuple[float, float], *, fingers: int = 1) -> None:
    """One or two fingers put down, moved in steps, and lifted, through the browser's own input."""
    session = reader.page.context.new_cdp_session(reader.page)

    def touch(kind: str, part: float) -> None:
        points = [
            {"x": start[0] + 40 * n + by[0] * part, "y": start[1] + by[1] * part, "id": n} for n in range(fingers)
        ]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points})

    touch("touchStart", 0)
    for n in range(1, 11):
        touch("touchMove", n / 10)
    touch("touchEnd", 1)


@pytest.mark.parametrize("screen", [PHONE, SIDEWAYS])
def test_one_finger_on_the_map_scrolls_the_page_and_leaves_the_map(reader_of: Readers, screen: dict) -> None:
    reader = reader_of(**screen, **STILL).open(f"{STORY}waiting/")
    reader.at("waiting")
    reader.page.evaluate("document.querySelectorAll('#chapter-waiting .narration a').forEach((link) => link.remove())")
    before = reader.find("[data-map]").get_attribute("data-center")
    scrolled = reader.page.evaluate("scrollY")
    x, y = reader.page.evaluate(MAP_MIDDLE)
    swipe(reader, (x, y + 60), (0, -100))
    reader.wait("scrollY > it + 50", scrolled)
    assert reader.find("[data-map]").get_attribute("data-center") == before
    expect(reader.find("[data-back-to-view]")).to_be_hidden()


def test_two_fingers_move_the_map_and_leave_the_page(reader_of: Readers) -> None:
    reader = reader_of(**PHONE, **STILL).open(f"{STORY}demands/")
    reader.at("demands")
    before = reader.find("[data-map]").get_attribute("data-center")
    scrolled = reader.page.evaluate("scrollY")
    x, y = reader.page.evaluate(MAP_MIDDLE)
    swipe(reader, (x, y + 40), (30, -60), fingers=2)
    reader.wait("document.querySelector('[data-map]').dataset.center !== it", before)
    expect(reader.find("[data-back-to-view]")).to_be_visible()
    assert reader.page.evaluate("scrollY") == scrolled


def test_a_swipe_on_the_pager_steps(reader_of: Readers) -> None:
    reader = reader_of(**PHONE, **STILL).open()
    reader.at("")
    swipe(reader, (250, 820), (-150, 0))
    reader.at(CHAPTERS[0])
    swipe(reader, (250, 820), (-150, 0))
    reader.at(CHAPTERS[1])
    swipe(reader, (120, 820), (150, 0))
    reader.at(CHAPTERS[0])


HANDHELD = (PHONE, SIDEWAYS, SMALL, SMALL_SIDEWAYS)


def parts_of_the_story() -> list[tuple[int, int]]:
    """First and last chapter for each of HANDHELD: the screen decides where the stage stands, the chapter how long its
    heading is. So the story is read once, a part of it on each screen; in `make fuzz` all of it on each."""
    ends = [round(n * (len(CHAPTERS) - 1) / len(HANDHELD)) for n in range(len(HANDHELD) + 1)]
    return [(0, len(CHAPTERS) - 1)] * len(HANDHELD) if LARGE else list(pairwise(ends))


@pytest.mark.parametrize(("screen", "part"), list(zip(HANDHELD, parts_of_the_story(), strict=True)))
def test_the_phone_reads_every_chapter_with_the_map_in_sight(
    reader_of: Readers, screen: dict, part: tuple[int, int]
) -> None:
    first, last = part
    reader = reader_of(**screen, **STILL).open(f"{STORY}{CHAPTERS[first]}/")
    reader.at(CHAPTERS[first])
    for chapter in CHAPTERS[first + 1 : last + 1]:
        reader.find("a[rel=next]").tap()
        reader.at(chapter)
        expect(reader.find("[data-map]")).to_be_in_viewport(ratio=1)
        heading = reader.find(f"#title-{chapter}").bounding_box()
        stage = reader.find(".stage").bounding_box()
        assert heading and stage
        is_beside = heading["x"] + heading["width"] <= stage["x"]
        assert is_beside or heading["y"] >= stage["y"] + stage["height"] - 1, (
            f"the stage covers the heading of {chapter}"
        )


@pytest.mark.parametrize("screen", [PHONE, SIDEWAYS])
def test_what_fingers_press_is_large_enough(reader_of: Readers, screen: dict) -> None:
    reader = reader_of(**screen, **STILL).open(f"{STORY}the-dead/")
    reader.at("the-dead", camera=False)
    sizes = reader.page.eval_on_selector_all(
        "a.step, [data-contents] summary, .legend summary, button.place, .sources summary, .masthead a",
        """(all) => all.filter((element) => element.checkVisibility()).map((element) => {
          const { width, height } = element.getBoundingClientRect();
          return [element.className || element.tagName, width, height];
        })""",
    )
    assert sizes
    assert [size for size in sizes if size[2] < 40 or size[1] < 24] == []


def test_a_turned_phone_stays_where_it_was_reading(reader_of: Readers) -> None:
    reader = reader_of(**PHONE, **STILL).open(f"{STORY}asylum/")
    reader.at("asylum")
    reader.page.set_viewport_size({"width": 844, "height": 390})
    reader.at("asylum")
    expect(reader.find("[data-map]")).to_be_in_viewport(ratio=1)
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.at("asylum")


def test_what_was_due_when_a_phone_is_turned_does_not_lose_the_line(reader_of: Readers) -> None:
    """The place is written down a moment after each scroll, which may fall between the new layout and its handling."""
    reader = reader_of(**PHONE, **STILL)
    reader.page.add_init_script(HASTY)
    reader.open(f"{STORY}asylum/").at("asylum")
    for width, height in ((844, 390), (390, 844)):
        reader.page.evaluate("hasty.hold = true; scrollBy(0, 1)")
        reader.wait("hasty.due.size > 0")
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.wait("!hasty.hold && innerWidth === it", width)
        reader.at("asylum")


@pytest.mark.parametrize("screen", [PHONE, SIDEWAYS])
def test_the_end_of_the_page_belongs_to_the_last_chapter(reader_of: Readers, screen: dict) -> None:
    """The line at which one reads lies below all chapters there."""
    reader = reader_of(**screen, **STILL).open(f"{STORY}demands/")
    reader.at("demands")
    reader.page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    reader.at(CHAPTERS[-1])
    ends = "Math.abs(scrollY + innerHeight - document.documentElement.scrollHeight) < 2"
    reader.wait(ends)
    reader.wait("history.state?.part > 0.5")
    reader.page.reload()
    reader.ready().at(CHAPTERS[-1])
    assert reader.page.evaluate(ends)
