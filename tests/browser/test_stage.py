"""A chapter on a picture, in Chromium: what is seen and fetched, coming and going, keys; and how editors place it."""

from __future__ import annotations

import io
import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from storymap.stage import Frame, Spot
from storymap.story.storyfile import MomentEntry, to_json
from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import DESKTOP, PHONE, STILL, Desks, Readers
from tests.browser.reader import PATIENCE, Reader
from tests.conftest import Site, Sites
from tests.factories import chapter_entry, event_entry, staged_file

PUBLISH = """
from storymap.models import Story
from storymap.services.publishing.publish import publish
publish(story=Story.objects.get(slug="a-story"), by=None)
"""
HOUSE = "/stories/a-story/house/"
TILE = re.compile(r"/media/[0-9a-f]{32}-(\d)-\d+-\d+\.webp")
EAST = 3000 / 2**26 * 360  # degrees of the map's plane: where the picture ends
LNG = "Number(document.querySelector('[data-map]').dataset.center.split(',')[1])"
ROOMS = {"door": (0.25, 0.5), "garden": (0.9, 0.2)}


def plan() -> bytes:
    picture, data = Image.new("RGB", (3000, 2000), "white"), io.BytesIO()
    ImageDraw.Draw(picture).rectangle((600, 600, 2400, 1400), outline="black", width=12)
    picture.save(data, "PNG")
    return data.getvalue()


def story_folder(folder: Path) -> Path:
    events = [event_entry(slug, title={"en": f"At the {slug}"}) for slug in ROOMS]
    door, garden = (Spot("point", (at,)) for at in ROOMS.values())
    closer = MomentEntry(event="garden", spot=garden, frame=Frame(0.6, 0, 1, 0.5))
    moments = (MomentEntry(event="door", spot=door), closer)
    house = chapter_entry("house", title={"en": "The house"}, stage="plan", moments=moments, camera=None)
    after = chapter_entry("after", title={"en": "After"}, moments=(MomentEntry(event="end"),))
    file = staged_file(
        events=(event_entry(), *events, event_entry("end", title={"en": "The end"})),
        chapters=(chapter_entry(narration={"en": "It begins. " * 60}), house, after),
    )
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "plan.jpg").write_bytes(plan())
    (folder / "story.json").write_bytes(to_json(file))
    return folder


@pytest.fixture(scope="module")
def staged(site_of: Sites, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = site_of()
    site.manage("import_story", str(story_folder(tmp_path_factory.mktemp("story") / "a-story")))
    site.manage("shell", "--no-imports", "--command", PUBLISH)
    return site.start()


def on_picture(reader: Reader) -> None:
    expect(reader.find("[data-map].on-picture")).to_be_attached()


def position(reader: Reader) -> tuple[float, float]:
    center = reader.find("[data-map]").get_attribute("data-center") or ""
    lat, lng = (float(part) for part in center.split(","))
    return lat, lng


def test_the_picture_takes_the_place_of_the_earth(reader_of: Readers, staged: Site) -> None:
    reader = reader_of(staged.url, **STILL).open(HOUSE)
    on_picture(reader)
    expect(reader.find(".picture img").first).to_be_visible()
    assert reader.find(".atlas").count() == 0
    for hidden in (".leaflet-control-scale", ".legend", ".graticule", ".ring"):
        expect(reader.find(hidden)).not_to_be_visible()
    expect(reader.find("[data-map]")).to_have_attribute("aria-label", "A plan of the house")
    expect(reader.find(".leaflet-control-attribution")).to_have_text("Ana, CC0-1.0")
    assert not [url for url in reader.requests if "/atlas/" in url], "nothing of the earth is fetched"


def test_pins_stand_at_spots_by_number_and_lead_to_their_moments(reader_of: Readers, staged: Site) -> None:
    reader = reader_of(staged.url, **STILL).open(HOUSE)
    pins = reader.find("[data-map] button.pin")
    expect(pins).to_have_count(2)
    assert [pins.nth(n).get_attribute("aria-label") for n in (0, 1)] == ["1: At the door", "2: At the garden"]
    picture = reader.find(".picture-edge").bounding_box() or {}
    pin = pins.first.bounding_box() or {}
    tip = pin["x"] + pin["width"] / 2, pin["y"] + pin["height"]
    assert tip[0] == pytest.approx(picture["x"] + 0.25 * picture["width"], abs=4)
    assert tip[1] == pytest.approx(picture["y"] + 0.5 * picture["height"], abs=4)
    pins.last.focus()
    reader.page.keyboard.press("Enter")
    reader.wait("location.hash === '#garden'")
    expect(reader.find("button.pin.here b")).to_have_text("2")


def test_a_moment_may_come_closer_and_only_its_tiles_are_fetched(reader_of: Readers, staged: Site) -> None:
    reader = reader_of(staged.url, **STILL).open(HOUSE)
    expect(reader.find(".picture img").first).to_be_visible()
    far = {TILE.search(url)[1] for url in reader.requests if TILE.search(url)}  # type: ignore[index]
    assert "0" not in far, "from afar the full size is not fetched"
    reader.open(f"{HOUSE}#garden")
    reader.wait("document.querySelector('[data-map]').dataset.view === 'house#garden'")
    lat, lng = position(reader)
    assert lng > 0.8 * EAST - 0.002 and lat > -1000 / 2**26 * 360


SCRIPT = "**/picture-stage*.js"


def test_the_script_of_pictures_comes_when_the_reader_moves_and_the_map_waits_for_it(
    reader_of: Readers, staged: Site
) -> None:
    reader = reader_of(staged.url, **STILL)
    held: list[Any] = []
    reader.page.route(SCRIPT, lambda route: held.append(route))
    reader.open("/stories/a-story/beginning/")
    assert not [url for url in reader.requests if "picture-stage" in url]
    before = position(reader)
    with reader.page.expect_request(SCRIPT):
        reader.page.keyboard.press("ArrowRight")
    reader.wait("location.pathname.endsWith('/house/')")
    assert position(reader) == before
    held.pop().continue_()
    on_picture(reader)
    expect(reader.find(".picture img").first).to_be_visible()


def test_a_script_of_pictures_that_is_lost_gives_way_to_static_ones(reader_of: Readers, staged: Site) -> None:
    reader = reader_of(staged.url, **STILL, quiet=False)
    reader.page.route(SCRIPT, lambda route: route.abort())
    reader.open("/stories/a-story/beginning/")
    reader.page.keyboard.press("ArrowRight")
    expect(reader.find("#chapter-house .chapter-map img")).to_be_visible()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_coming_and_going_is_a_cut(reader_of: Readers, staged: Site, motion: str) -> None:
    reader = reader_of(staged.url, reduced_motion=motion).open("/stories/a-story/beginning/")
    expect(reader.find(".atlas")).to_be_attached()
    reader.page.evaluate("""() => {
      globalThis.flown = [];
      const map = document.querySelector("[data-map]");
      const note = () => map.classList.contains("flying") && flown.push(map.className);
      new MutationObserver(note).observe(map, { attributeFilter: ["class"] });
    }""")
    reader.page.keyboard.press("ArrowRight")
    on_picture(reader)
    reader.wait("document.querySelector('[data-map]').dataset.view === 'house'")
    assert abs(position(reader)[0]) < 0.1
    reader.page.keyboard.press("ArrowRight")
    expect(reader.find("[data-map]:not(.on-picture)")).to_be_attached()
    reader.wait("document.querySelector('[data-map]').dataset.view === 'after'")
    expect(reader.find(".atlas")).to_be_attached()
    assert position(reader)[0] == pytest.approx(-12.05, abs=0.01)
    expect(reader.find(".leaflet-control-attribution")).to_contain_text("Natural Earth")
    assert reader.page.evaluate("flown") == []


def test_whoever_drags_the_picture_away_gets_it_back(reader_of: Readers, staged: Site) -> None:
    reader = reader_of(staged.url, **STILL).open(HOUSE)
    box = reader.find("[data-map]").bounding_box() or {}
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for _times in range(3):
        reader.page.mouse.move(*middle)
        reader.page.mouse.down()
        reader.page.mouse.move(middle[0] - box["width"] / 2 + 5, middle[1], steps=4)
        reader.page.mouse.up()
    reader.wait(f"{LNG} <= {EAST + 1e-3}")
    expect(reader.find("[data-back-to-view]")).to_be_visible()
    reader.find("[data-back-to-view]").click()
    reader.wait(f"Math.abs({LNG} - {EAST / 2}) < 1e-4")


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["laptop", "phone"])
def test_it_is_for_everybody(reader_of: Readers, staged: Site, window: dict[str, Any]) -> None:
    reader = reader_of(staged.url, **window, **STILL).open(HOUSE)
    on_picture(reader)
    assert violations_in_both_schemes(reader.page) == []


def test_without_javascript_the_picture_is_there_with_its_numbers(reader_of: Readers, staged: Site) -> None:
    reader = reader_of(staged.url, java_script_enabled=False)
    reader.page.goto(staged.url + HOUSE)
    figure = reader.find("article[data-chapter=house] .chapter-map")
    expect(figure.get_by_role("img")).to_have_attribute("alt", "A plan of the house")
    expect(figure.get_by_role("listitem")).to_have_text(["1 At the door", "2 At the garden"])


def test_an_embedded_chapter_stands_on_its_picture(reader_of: Readers, staged: Site) -> None:
    reader = reader_of(staged.url, **STILL)
    reader.page.goto(f"{staged.url}/embed/a-story/house/")
    on_picture(reader)
    expect(reader.find("[data-map] button.pin")).to_have_count(2)


def test_one_file_shows_it_from_the_disk(staged: Site, chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "house.html"
    with urllib.request.urlopen(f"{staged.url}/stories/a-story/downloads/html") as answer:
        file.write_bytes(answer.read())
    context = chromium.new_context(**DESKTOP, **STILL)
    page, noise = context.new_page(), []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(f"file://{file}#chapter-house")
    expect(page.locator(".on-picture img.picture")).to_have_js_property("naturalWidth", 1500, timeout=PATIENCE)
    assert noise == []
    context.close()


@pytest.fixture(scope="module")
def form(staged: Site, desk_of: Desks) -> Iterator[Page]:
    page = desk_of(staged, "chapters")
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(f"{error} {error.stack}"))
    page.goto(f"{staged.url}/admin/storymap/chapter/?q=house")
    page.get_by_role("link", name="The house").first.click()
    page.wait_for_selector("html[data-chapter-form=ready]", state="attached")
    yield page
    assert noise == []


def spot_of(form: Page, number: int) -> Any:
    return json.loads(form.locator(f"#id_moments-{number}-spot").input_value() or "null")


def test_editors_place_a_moment_by_click_and_by_keys(form: Page) -> None:
    panel = form.get_by_role("region", name="Picture")
    panel.get_by_label("Place or show").select_option(index=1)
    area = panel.get_by_role("application")
    box = area.bounding_box() or {}
    area.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    x, y = spot_of(form, 0)["points"][0]
    assert (x, y) == (pytest.approx(0.5, abs=0.01), pytest.approx(0.5, abs=0.01))
    area.focus()
    form.keyboard.press("Shift+ArrowRight")
    form.keyboard.press("ArrowUp")
    moved = spot_of(form, 0)["points"][0]
    assert moved[0] > x and moved[1] < y
    expect(panel.get_by_role("status")).to_contain_text("“At the door” is at ")
    form.keyboard.press("2")
    expect(panel.get_by_label("Place or show")).to_have_value("2. At the garden")


def test_editors_draw_a_line_and_take_it_back(form: Page) -> None:
    panel = form.get_by_role("region", name="Picture")
    panel.get_by_label("Place or show").select_option(index=2)
    panel.get_by_role("combobox").nth(1).select_option("line")
    assert spot_of(form, 1) is None, "one point is no line yet"
    panel.get_by_role("application").click(position={"x": 300, "y": 200})
    assert (spot_of(form, 1)["kind"], len(spot_of(form, 1)["points"])) == ("line", 2)
    panel.get_by_role("button", name="No spot").click()
    assert spot_of(form, 1) is None


def test_editors_choose_the_part_that_is_shown(form: Page) -> None:
    panel = form.get_by_role("region", name="Picture")
    panel.get_by_label("Place or show").select_option(index=0)
    panel.get_by_role("button", name="Show this part").click()
    frame = json.loads(form.locator("#id_frame").input_value())
    assert set(frame) == {"left", "top", "right", "bottom"}
    panel.get_by_role("button", name="Show the whole").click()
    expect(form.locator("#id_frame")).to_have_value("")
