"""Pins, places and the map: all of it also with the keyboard alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import FloatRect, expect

from tests.browser.conftest import PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS, STORY, TELLING


def test_pins_are_buttons_with_a_number_a_name_and_how_much_happened_there(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}the-dead/")
    reader.at("the-dead")
    pins = reader.find("[data-map] button.pin")
    expect(pins).to_have_count(5)
    assert {pins.nth(n).get_attribute("aria-label") for n in range(5)} == {
        "1: Residence of the Japanese ambassador",
        "2: Police Hospital, Lima, 3 events",
        "3: Institute of Forensic Medicine, Lima",
        "4: Cemeteries in Lima (not named); 6: Lima, 2 events",
        "5: Attorney General's Office, Lima, 2 events",
    }
    for n in range(5):
        expect(pins.nth(n)).to_have_role("button")
    expect(reader.find("button.pin.stack b")).to_have_text("4")
    expect(reader.find("button.pin.stack")).to_have_attribute("data-count", "×2")


def test_a_pin_of_one_event_leads_to_its_moment(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}the-dead/")
    reader.at("the-dead")
    pin = reader.page.get_by_role("button", name="3: Institute", exact=False).and_(reader.find("button.pin"))
    pin.focus()
    reader.page.keyboard.press("Enter")
    reader.at("the-dead", "not-to-forensic-institute")
    expect(pin).to_be_focused()
    expect(reader.find("[data-pin-list]")).to_be_hidden()


def test_a_pin_of_several_events_lists_them_and_each_leads_to_its_moment(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}the-dead/")
    reader.at("the-dead")
    listed = reader.page.get_by_role("dialog", name="2: Police Hospital, Lima, 3 events")
    pin = reader.page.get_by_role("button", name="2: ", exact=False).and_(reader.find("button.pin"))
    pin.focus()
    reader.page.keyboard.press("Enter")
    expect(listed.get_by_role("link")).to_have_count(3)
    expect(listed.get_by_role("link").first).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(pin).to_be_focused()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    reader.at("the-dead", "police-hospital-autopsies")
    expect(listed).to_be_hidden()
    expect(reader.find("[data-event=police-hospital-autopsies] h3")).to_be_focused()


def test_places_at_one_point_are_one_stack_that_lists_the_events_of_each(reader_of: Readers) -> None:
    reader = reader_of(**PHONE, **STILL).open(f"{STORY}the-dead/")
    reader.at("the-dead")
    reader.find("button.pin.stack").evaluate("(pin) => pin.click()")  # its head is at the edge of the map
    rows = reader.find("[data-pin-list] li")
    expect(rows).to_have_count(4)
    assert [row.split()[0] for row in rows.all_inner_texts()] == ["4", "5", "5", "6"]
    rows.last.get_by_role("link").tap()
    reader.at("the-dead", "autopsy-secret-2001")
    expect(reader.find("button.pin.here.stack")).to_have_count(1)


ON_PICTURES = {chapter["slug"] for chapter in TELLING["chapters"] if chapter.get("stage")}
NEAREST = """() => {
  const box = document.querySelector("[data-map]").getBoundingClientRect();
  const tips = [...document.querySelectorAll("button.pin")].map((pin) => {
    const { x, y } = pin.parentElement.getBoundingClientRect();
    return { x, y, names: pin.getAttribute("aria-label") };
  });
  return [...document.querySelectorAll(".map-label.pin-name > span")].map((name) => {
    const { left, top, right, bottom } = name.getBoundingClientRect();
    const far = ({ x, y }) => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    const nearest = tips.reduce((a, b) => (far(b) < far(a) ? b : a));
    const inside = left >= box.left - 1 && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
    return { name: name.textContent, nearest: nearest.names, inside };
  });
}"""


def test_a_name_on_a_small_map_stands_at_its_own_pin_and_the_others_in_the_list(reader_of: Readers) -> None:
    reader = reader_of(viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True, **STILL)
    seen: list[str] = []
    for chapter in CHAPTERS:
        reader.open(f"{STORY}{chapter}/")
        reader.at(chapter)
        if chapter not in ON_PICTURES:  # there, only what is read about is named
            reader.find(".map-label").first.wait_for(state="attached")
        for found in reader.page.evaluate(NEAREST):
            assert found["name"] in found["nearest"] and found["inside"], (chapter, found)
            seen.append(found["name"])
        listed = reader.find(f"#chapter-{chapter} .map-key ol li >> visible=true").all_inner_texts()
        numbers = re.findall(
            r"(\d+): ", " ".join(reader.find("button.pin").evaluate_all("all => all.map((pin) => pin.ariaLabel)"))
        )
        assert sorted(int(number) for number in numbers) == [int(line.split()[0]) for line in listed]
    assert {"London", "Santo Domingo"} <= set(seen)


def test_the_pin_of_the_moments_place_is_marked(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}#secret-burials")
    reader.at("the-dead", "secret-burials")
    expect(reader.find("button.pin.here")).to_have_count(1)
    expect(reader.find("button.pin.here b")).to_have_text("4")


def test_a_place_in_the_text_moves_the_map_there_and_the_way_back_restores_the_view(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}the-dead/")
    reader.at("the-dead")
    chapters = reader.find("[data-map]").get_attribute("data-center")
    reader.unfold("autopsy-secret-2001")
    reader.find("#autopsy-secret-2001 button.place").click()
    reader.wait("document.querySelector('[data-map]').dataset.center !== it", chapters)
    tip = reader.find("button.pin.here").bounding_box()
    area = reader.find("[data-map]").bounding_box()
    assert tip and area
    assert abs(tip["x"] + tip["width"] / 2 - area["x"] - area["width"] / 2) < 30
    assert abs(tip["y"] + tip["height"] - area["y"] - area["height"] / 2) < 30
    reader.find("[data-back-to-view]").click()
    reader.wait(  # to a pixel
        "document.querySelector('[data-map]').dataset.center.split(',').every((n, i) => Math.abs(n - it[i]) < 0.0001)",
        [float(number) for number in (chapters or "").split(",")],
    )
    expect(reader.find("[data-back-to-view]")).to_be_hidden()


@pytest.mark.parametrize("screen", [{}, PHONE])
def test_a_close_view_shows_where_in_the_world_it_is(reader_of: Readers, screen: dict[str, Any]) -> None:
    reader = reader_of(**screen, **STILL).open(f"{STORY}waiting/")
    reader.at("waiting")
    reader.page.mouse.wheel(0, 10)  # the outlines of the world are fetched when the reader moves
    inset = reader.find("[data-inset]")
    expect(inset).to_be_visible()
    inks = inset.evaluate("""(canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(Array.from({ length: data.length / 4 }, (_, n) => data.slice(4 * n, 4 * n + 3).join())).size;
    }""")
    assert inks >= 4, "sea, land, coast and the dot"
    reader.find("[data-contents] summary").click()
    reader.find("[data-contents] a[data-go=echoes]").click()
    reader.at("echoes")
    expect(inset).to_be_hidden()


def test_after_a_drag_the_way_back_restores_the_authors_view(reader_of: Readers) -> None:
    reader = reader_of().open(f"{STORY}waiting/")
    reader.at("waiting")
    expect(reader.find("[data-back-to-view]")).to_be_hidden()
    reader.page.mouse.move(900, 200)
    reader.page.mouse.down()
    reader.page.mouse.move(1050, 320, steps=6)
    reader.page.mouse.up()
    expect(reader.find("[data-back-to-view]")).to_be_visible()
    center = reader.find("[data-map]").get_attribute("data-center")
    reader.find("[data-back-to-view]").click()
    reader.wait("document.querySelector('[data-map]').dataset.center !== it", center)
    reader.at("waiting")
    expect(reader.find("[data-back-to-view]")).to_be_hidden()


def test_a_step_takes_a_map_that_was_moved_back_to_the_author(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}waiting/")
    reader.at("waiting")
    reader.find(".leaflet-control-zoom-out").click()
    expect(reader.find("[data-back-to-view]")).to_be_visible()
    reader.page.keyboard.press("Escape")
    reader.find("a[rel=next]").click()
    reader.at("toronto")
    expect(reader.find("[data-back-to-view]")).to_be_hidden()


def test_a_step_while_the_map_still_zooms_takes_it_to_the_author_too(reader_of: Readers) -> None:
    """Leaflet hears no other wish while it zooms, a quarter of a second; the step comes to it earlier."""
    reader = reader_of(**STILL).open(f"{STORY}waiting/")
    reader.at("waiting")
    reader.page.evaluate(
        """() => new Promise((done) => {
          new MutationObserver((_, watch) => {
            if (!document.querySelector(".leaflet-zoom-anim")) return;
            watch.disconnect();
            document.querySelector("a[rel=next]").click();
            done();
          }).observe(document.querySelector("[data-map]"), { subtree: true, attributeFilter: ["class"] });
          document.querySelector(".leaflet-control-zoom-out").click();
        })"""
    )
    reader.at("toronto")
    expect(reader.find("[data-back-to-view]")).to_be_hidden()


def test_the_wheel_over_a_map_not_in_use_scrolls_the_page(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.at("")
    zoom = reader.find("[data-map]").get_attribute("data-zoom")
    reader.page.mouse.move(900, 300)
    reader.page.mouse.wheel(0, 500)
    reader.wait("scrollY > 100")
    assert reader.find("[data-map]").get_attribute("data-zoom") == zoom


def test_the_wheel_over_a_map_in_use_zooms_it(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.at("")
    zoom = reader.find("[data-map]").get_attribute("data-zoom")
    reader.find("[data-map]").focus()
    reader.page.mouse.move(900, 300)
    reader.page.mouse.wheel(0, 300)
    reader.wait("document.querySelector('[data-map]').dataset.zoom < it", zoom)
    assert reader.page.evaluate("scrollY") == 0


def test_arrow_keys_in_the_map_move_the_map_and_not_the_story(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}waiting/")
    reader.at("waiting")
    center = reader.find("[data-map]").get_attribute("data-center")
    reader.find("[data-map]").focus()
    reader.page.keyboard.press("ArrowRight")
    reader.wait("document.querySelector('[data-map]').dataset.center !== it", center)
    assert reader.current() == "waiting"


def test_the_story_can_be_read_with_the_keyboard_alone(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open()
    reader.at("")
    reader.page.keyboard.press("Tab")
    expect(reader.find(".skip-link")).to_be_focused()
    expect(reader.find(".skip-link")).to_be_in_viewport()
    stops: list[str] = []
    for _ in range(80):
        reader.page.keyboard.press("Tab")
        stops.append(
            reader.page.evaluate(
                """([e, ...kinds]) => kinds.find((kind) => document.activeElement.closest(kind)) ?? e""",
                ["other", "[data-strip]", ".pin", "[data-pager]", "article"],
            )
        )
        assert reader.page.evaluate("document.activeElement.checkVisibility()"), stops
        if stops[-1] == "article":
            break
    assert stops.count("[data-strip]") == 0, "no chapter is in hand"
    assert stops.count(".pin") == 0, "the whole story has dots"
    assert stops.count("[data-pager]") == 3, "previous, contents, next"
    assert stops[-1] == "article"


def test_a_close_view_measures_from_the_place_that_is_read_about(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}#mansion-demolished")
    reader.at("since-then", "mansion-demolished")
    reader.find(".map-label").first.wait_for(state="attached")
    assert reader.find(".map-label:is(.ring-label, .degrees)").count() == 0, "streets say where it is"
    assert [name for name in reader.find(".map-label.neighbour").all_inner_texts() if "km" in name] == []


def test_distances_in_a_close_view_say_from_where_and_are_left_out_when_hardly_known(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}hundreds-held/")
    reader.at("hundreds-held")
    reader.find(".map-label.neighbour").first.wait_for(state="attached")
    names = reader.find(".map-label.neighbour").all_inner_texts()
    assert "Supreme Court of Peru, Lima · 4.1 km from 1" in names
    assert "San Isidro district" not in " ".join(names) or "San Isidro district" in names


def test_each_part_of_the_atlas_is_painted_once(reader_of: Readers) -> None:
    reader = reader_of(**STILL)
    reader.page.add_init_script("""
      globalThis.widths = new Map();
      const width = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "width");
      Object.defineProperty(HTMLCanvasElement.prototype, "width", { ...width, set(pixels) {
        widths.set(this, (widths.get(this) ?? 0) + 1);
        width.set.call(this, pixels);
      } });""")
    slow = reader.page.context.new_cdp_session(reader.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})  # the file is there before all parts have had their turn
    reader.open(f"{STORY}asylum/")  # no streets there: where they lie, a tile is painted once more when they come
    reader.wait("'settled' in document.documentElement.dataset")
    reader.wait("[...document.querySelectorAll('.atlas canvas')].every((tile) => widths.get(tile) > 2)")
    times = reader.page.evaluate("[...document.querySelectorAll('.atlas canvas')].map((tile) => widths.get(tile))")
    assert set(times) == {3}  # when it is made, emptied, painted


def test_cities_are_named_in_the_language_off_pins_and_off_each_other(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"/es{STORY}echoes/#mexico-protest")
    reader.at("echoes", "mexico-protest", language="/es")
    cities = reader.find(".map-label.city")
    expect(cities.filter(has_text="Ciudad de México")).to_have_count(1)
    expect(cities.filter(has_text="Guadalajara")).to_have_class(re.compile(r"\bdotted\b"))
    expect(reader.find(".leaflet-control-attribution")).to_have_text("Natural Earth, GeoNames (CC BY 4.0)")
    boxes = [name.bounding_box() for name in reader.find(".map-label > span").all()]
    pins = [pin.bounding_box() for pin in reader.find("button.pin").all()]
    seen = [box for box in boxes if box is not None]
    for n, box in enumerate(seen):
        for other in seen[:n]:
            assert not _meet(box, other)
    guadalajara = cities.filter(has_text="Guadalajara").locator("span").bounding_box()
    assert guadalajara is not None and not any(_meet(guadalajara, pin) for pin in pins if pin)


def _meet(a: FloatRect, b: FloatRect) -> bool:
    across = a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
    return across and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]


def test_of_the_areas_on_a_picture_only_the_one_being_read_about_is_tinted(reader_of: Readers) -> None:
    reader = reader_of(**STILL).open(f"{STORY}fifteen-twenty-three/")
    reader.at("fifteen-twenty-three")
    areas = reader.find(".on-picture path.area")
    expect(areas.first).to_be_attached()
    reader.page.goto(f"{reader.site}{STORY}fifteen-twenty-three/#raid-toll")
    reader.at("fifteen-twenty-three", "raid-toll")
    expect(reader.find("path.area.here")).not_to_have_count(0)
    tints = areas.evaluate_all("all => all.map((area) => [area.matches('.here'), getComputedStyle(area).fillOpacity])")
    assert {tint for here, tint in tints if not here} == {"0"} and {tint for here, tint in tints if here} == {"0.14"}
