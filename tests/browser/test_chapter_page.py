"""The page of a chapter in Chromium: cameras, order, rendering, areas; and the chapters on the page of their story."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Desks
from tests.conftest import Site, Sites

SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
RING = [[-77.05, -12.1], [-77.04, -12.1], [-77.04, -12.09], [-77.05, -12.1]]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def own_site(site_of: Sites) -> Site:
    """Its story is changed and published."""
    return site_of().start()


@pytest.fixture(scope="module")
def workshop(own_site: Site, desk_of: Desks) -> Iterator[Page]:
    """An editor's page; at the end it must have complained about nothing."""
    page = desk_of(own_site, "chapters")
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(f"{error} {error.stack}"))
    page.on("dialog", lambda dialog: noise.append(f"dialog {dialog.message}"))
    yield page
    refused = "the server responded with a status of 409"  # what the browser says of an order that is outdated
    assert [line for line in noise if refused not in line] == []


def ready(page: Page) -> Page:
    page.wait_for_selector("html[data-chapter-form=ready]", state="attached")
    expect(page.locator(".word-count")).not_to_be_empty()
    return page


@pytest.fixture
def chapter(workshop: Page, own_site: Site) -> Page:
    """The form of the first chapter, as it is stored."""
    workshop.set_viewport_size(SCREENS["desktop"])  # type: ignore[arg-type]
    workshop.goto(f"{own_site.url}/admin/storymap/chapter/1/change/")
    return ready(workshop)


@pytest.fixture
def chapters(workshop: Page, own_site: Site) -> Page:
    """The page of the story."""
    workshop.set_viewport_size(SCREENS["desktop"])  # type: ignore[arg-type]
    workshop.goto(f"{own_site.url}/admin/storymap/story/1/change/")
    expect(workshop.locator(".drag-handle").first).to_be_visible()
    return workshop


def camera(page: Page, field: str = "#id_camera") -> Any:
    text = page.input_value(field)
    return json.loads(text) if text else None


def shown(page: Page, selector: str) -> tuple[list[float], float]:
    """Where a map rests: its centre and zoom."""
    data = page.locator(selector)
    centre = [float(part) for part in (data.get_attribute("data-center") or "").split(",")]
    return centre, float(data.get_attribute("data-zoom") or "nan")


def save(page: Page) -> None:
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    ready(page)


def titles(page: Page) -> list[str]:
    found = page.locator("#moments-group tr.form-row:not(.empty-form) select[name$='-event'] option:checked")
    return found.all_text_contents()


def test_a_view_is_stored_as_the_map_shows_it_and_readers_get_it(chapter: Page, own_site: Site) -> None:
    chapter.locator(".chapter-map .leaflet-control-zoom-in").click()
    chapter.locator(".chapter-map .map").focus()
    before, _zoom = shown(chapter, ".chapter-map .map")
    chapter.keyboard.press("ArrowRight")
    chapter.wait_for_function(
        "(it) => document.querySelector('.chapter-map .map').dataset.center.split(',')[1] > it", arg=before[1]
    )
    chapter.get_by_role("button", name="Use this view").click()
    stored = camera(chapter)
    centre, zoom = shown(chapter, ".chapter-map .map")
    assert centre == pytest.approx(
        [stored["center"]["lat"], stored["center"]["lng"]], abs=1.1e-5
    )  # half a pixel: maps rest on whole ones
    assert stored["center"]["lng"] > before[1] and stored["zoom"] == zoom
    save(chapter)
    assert camera(chapter) == stored
    chapter.goto(f"{own_site.url}/admin/storymap/story/1/publish/")
    chapter.get_by_role("button", name="Publish").click()
    reader = chapter.context.new_page()
    reader.goto(f"{own_site.url}/stories/lima-1996-97/reception/")
    reader.wait_for_selector("html[data-ready][data-settled]", state="attached")
    centre, zoom = shown(reader, "[data-map]")
    reader.close()
    assert centre == pytest.approx(
        [stored["center"]["lat"], stored["center"]["lng"]], abs=1.1e-5
    )  # half a pixel: the map of the page rests on whole ones
    assert zoom == pytest.approx(stored["zoom"], abs=1e-3)


def test_cameras_fit_all_places_are_cleared_and_undone(chapter: Page) -> None:
    first = camera(chapter)
    chapter.get_by_role("button", name="Show all places").click()
    assert set(camera(chapter)) == {"bounds"}
    chapter.get_by_role("button", name="No camera of its own").click()
    assert camera(chapter) is None
    expect(chapter.locator(".camera-frame")).to_have_count(0)
    undo = chapter.get_by_role("button", name="Undo")
    undo.click()
    assert set(camera(chapter)) == {"bounds"}
    undo.click()
    assert camera(chapter) == first and undo.is_disabled()


def test_a_moment_gets_a_camera_of_its_own(chapter: Page) -> None:
    before = camera(chapter)
    chapter.get_by_label("Camera of").select_option(index=2)
    chapter.get_by_role("button", name="Use this view").click()
    assert camera(chapter) == before
    assert set(camera(chapter, "#id_moments-1-camera")) == {"center", "zoom"}


def test_moments_are_ordered_by_keyboard_and_stay_so(chapter: Page) -> None:
    first, second, *rest = titles(chapter)
    chapter.get_by_role("button", name=f"Move “{first}” down").focus()
    chapter.keyboard.press("Enter")
    expect(chapter.locator("#moments-group [role=status]")).to_have_text(f"“{first}” is now 2 of {len(rest) + 2}.")
    assert chapter.evaluate("document.activeElement.ariaLabel") == f"Move “{first}” down"
    assert titles(chapter) == [second, first, *rest]
    save(chapter)
    assert titles(chapter) == [second, first, *rest]
    numbers = chapter.locator("#moments-group tr:not(.empty-form) input[name$='-position']")
    numbers.first.fill("99")  # typing does the same
    numbers.first.press("Tab")
    assert titles(chapter) == [first, *rest, second]


def test_moments_are_dragged(chapter: Page) -> None:
    before = titles(chapter)
    handles = chapter.locator("#moments-group tr:not(.empty-form) .drag-handle")
    handles.nth(0).scroll_into_view_if_needed()
    start, end = handles.nth(0).bounding_box(), handles.nth(2).bounding_box()
    assert start and end
    chapter.mouse.move(start["x"] + 5, start["y"] + 5)
    chapter.mouse.down()
    chapter.mouse.move(end["x"] + 5, end["y"] + 30, steps=8)
    chapter.mouse.up()
    assert titles(chapter) == [before[1], before[2], before[0], *before[3:]]


def add_event(page: Page, term: str) -> None:
    page.get_by_role("button", name="Add another Moment").click()
    page.locator("#moments-group tr.form-row:not(.empty-form)").last.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill(term)
    page.locator(".select2-results__option", has_text=term).first.click()


def test_an_event_is_added_told_on_the_map_and_moved_before_others_are_removed(chapter: Page) -> None:
    before = titles(chapter)
    add_event(chapter, "A tiny radio for an admiral")
    row = chapter.locator("#moments-group tr.form-row:not(.empty-form)").last
    expect(row.locator(".event-facts")).to_contain_text("·")
    assert row.locator("input[name$='-position']").input_value() == str(len(before) + 1)
    for _step in before:
        row = chapter.locator("#moments-group tr:not(.empty-form)", has_text="A tiny radio for an admiral")
        row.get_by_role("button", name="up").click()
    chapter.get_by_role("button", name="Add another Moment").click()
    chapter.locator("#moments-group .inline-deletelink").last.click()
    new, *others = titles(chapter)
    assert "A tiny radio for an admiral" in new and others == before
    save(chapter)
    assert titles(chapter)[1:] == before and titles(chapter)[0] == "A tiny radio for an admiral"
    chapter.locator("#id_moments-0-DELETE").check()
    save(chapter)
    assert titles(chapter) == before


def test_the_rendering_follows_the_text_and_hostile_text_stays_text(chapter: Page) -> None:
    chapter.fill(
        "#id_narration", "They **met** [there](#nowhere). <img src=x onerror=alert(1)><script>alert(2)</script>"
    )
    preview = chapter.locator(".narration-preview .narration")
    expect(preview.locator("strong")).to_have_text("met")
    expect(preview).to_contain_text("<img src=x onerror=alert(1)><script>alert(2)</script>")
    assert preview.locator("img, script").count() == 0
    expect(chapter.locator(".problems")).to_have_text("#nowhere leads nowhere")
    expect(chapter.locator(".word-count.off")).to_contain_text("120–260")
    preview.get_by_role("link", name="there").click()
    assert chapter.input_value("#id_narration").startswith("They **met**")


def test_the_toolbar_works_on_the_selection_and_the_browser_undoes_it(chapter: Page) -> None:
    text = chapter.locator("#id_narration")
    text.fill("They met there.")
    text.evaluate("(it) => it.setSelectionRange(5, 8)")
    chapter.get_by_role("button", name="Bold").focus()
    chapter.keyboard.press("Enter")
    expect(text).to_have_value("They **met** there.")
    expect(text).to_be_focused()
    chapter.keyboard.press("Control+i")
    expect(text).to_have_value("They ***met*** there.")
    chapter.keyboard.press("Control+z")
    chapter.keyboard.press("Control+z")
    expect(text).to_have_value("They met there.")
    text.evaluate("(it) => it.setSelectionRange(0, 4)")
    chapter.get_by_role("combobox", name="Moment", exact=True).select_option(index=1)
    chapter.get_by_role("button", name="Link to the moment").click()
    slug = chapter.get_by_role("combobox", name="Moment", exact=True).input_value()
    expect(text).to_have_value(f"[They](#{slug}) met there.")
    chapter.keyboard.press("Control+z")
    expect(text).to_have_value("They met there.")


def overlay(*ring: list[float]) -> str:
    shape = {"type": "Polygon", "coordinates": [list(ring)]}
    feature = {"type": "Feature", "properties": {"name": "Cordon"}, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_areas_from_a_file_are_drawn_and_a_fault_is_named(chapter: Page) -> None:
    chapter.get_by_text("Areas and lines", exact=True).click()
    area = {"name": "area.geojson", "mimeType": "application/geo+json", "buffer": overlay(*RING).encode()}
    chapter.set_input_files("#id_overlay_file", area)  # type: ignore[arg-type]
    expect(chapter.locator(".overlay-check [role=status]")).to_contain_text("drawn on the map")
    expect(chapter.locator(".chapter-map path.area")).to_have_count(1)
    assert json.loads(chapter.input_value("#id_overlay")) == json.loads(overlay(*RING))
    chapter.fill("#id_overlay", overlay(*RING[:3]))
    expect(chapter.locator(".overlay-check .errorlist")).to_contain_text("Feature 1 (“Cordon”): a ring of a polygon")
    chapter.fill("#id_overlay", overlay(*([lat, lng] for lng, lat in RING)))
    chapter.get_by_role("button", name="Yes, swap them").click()
    expect(chapter.locator(".overlay-check [role=status]")).to_contain_text("drawn on the map")
    assert json.loads(chapter.input_value("#id_overlay")) == json.loads(overlay(*RING))


def order(page: Page) -> list[str]:
    return page.locator(".chapter-list .title").all_text_contents()


def move(page: Page, title: str, way: str) -> None:
    with page.expect_response("**/move-chapter/"):
        page.get_by_role("button", name=f"Move “{title}” {way}").press("Enter")


def test_chapters_are_ordered_by_keyboard_without_loading_the_page(chapters: Page) -> None:
    first, second, *rest = order(chapters)
    chapters.fill("#id_licence", "typed, not saved")
    move(chapters, first, "down")
    expect(chapters.locator(".chapter-order [role=status]")).to_have_text(
        f"“{first}” is now chapter 2 of {len(rest) + 2}."
    )
    assert chapters.evaluate("document.activeElement.ariaLabel") == f"Move “{first}” down"
    move(chapters, first, "up")
    move(chapters, first, "down")
    assert chapters.input_value("#id_licence") == "typed, not saved"
    chapters.reload()
    assert order(chapters) == [second, first, *rest]
    move(chapters, first, "up")


def test_an_order_that_somebody_else_changed_is_refused(chapters: Page, own_site: Site, desk_of: Desks) -> None:
    other = desk_of(own_site, "other")
    other.goto(chapters.url)
    expect(other.locator(".drag-handle").first).to_be_visible()
    first, *_rest = order(other)
    move(other, first, "down")
    move(chapters, first, "down")
    expect(chapters.locator(".chapter-order [role=status]")).to_contain_text("load it again")
    move(other, first, "up")
    other.close()
    chapters.reload()
    assert order(chapters)[0] == first


@pytest.mark.parametrize("path", ["chapter/1/change/", "chapter/1/change/?language=es"])
def test_the_pages_have_no_barrier_and_fit_the_screen(path: str, workshop: Page, own_site: Site) -> None:
    page = workshop.context.new_page()  # axe itself makes noise
    page.goto(f"{own_site.url}/admin/storymap/{path}")
    ready(page)
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    for screen, scheme in (("desktop", "light"), ("phone", "dark")):
        page.set_viewport_size(SCREENS[screen])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate(OVERFLOW) == 0, screen
        assert violations(page) == [], screen
    page.close()
