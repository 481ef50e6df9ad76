"""The picture room: files dropped on list and form, the focal point by click and by keys, and no barriers."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import Desks
from tests.conftest import Site
from tests.factories import photograph

LIST = "/admin/storymap/illustration/"
DROP = """(zone, files) => {
  const held = new DataTransfer();
  for (const [name, type, data] of files) {
    held.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name, { type }));
  }
  for (const kind of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture(scope="module")
def room(site: Site, desk_of: Desks) -> Page:
    return desk_of(site, "pictures", viewport={"width": 1280, "height": 1000})


def drop(page: Page, *files: tuple[str, str, bytes]) -> None:
    packed = [(name, kind, base64.b64encode(data).decode()) for name, kind, data in files]
    page.locator(".drop-zone").evaluate(DROP, packed)


def open_form(page: Page, site: Site, slug: str) -> None:
    page.goto(f"{site.url}{LIST}?q={slug}")
    page.locator("#result_list .field-slug a").first.click()
    expect(page.locator(".focus-stage img")).to_be_visible()


def assert_no_barrier(page: Page, part: str) -> None:
    assert violations_in_both_schemes(page, part) == []


def test_dropped_pictures_are_kept_one_by_one_and_what_is_refused_is_named(room: Page, site: Site) -> None:
    room.goto(f"{site.url}{LIST}")
    same = photograph()
    svg = ("plan.svg", "image/svg+xml", b"<svg></svg>")
    drop(room, ("gate.jpg", "image/jpeg", same), svg, ("gate-2.jpg", "image/jpeg", same))
    expect(room.locator(".drop-zone [role=status]")).to_have_text("1 stored, 2 not stored.")
    lines = room.locator(".taken li").all_inner_texts()
    assert [line.partition(":")[0] for line in lines] == ["gate.jpg", "plan.svg", "gate-2.jpg"]
    assert "as PNG" in lines[1] and "already there gate" in lines[2]
    assert_no_barrier(room, ".picture-uploads")
    room.get_by_role("link", name="Show them in the list").click()
    expect(room.locator("#result_list .field-slug a", has_text="gate")).to_be_visible()


def test_the_focal_point_is_set_by_click_and_keys_and_kept(room: Page, site: Site) -> None:
    open_form(room, site, "two-embassies")
    stage = room.locator(".focus-stage")
    box = stage.bounding_box()
    assert box is not None
    stage.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    x, y = room.locator("#id_focus_x"), room.locator("#id_focus_y")
    assert float(x.input_value()) == pytest.approx(0.25, abs=0.02)
    room.keyboard.press("Shift+ArrowDown")
    assert float(y.input_value()) == pytest.approx(0.6, abs=0.02)
    expect(room.locator("[data-shown] [role=status]")).to_contain_text("from the left")
    assert_no_barrier(room, "[data-shown]")
    set_to = x.input_value(), y.input_value()
    room.click("[name=_continue]")
    expect(room.locator(".focus-mark")).to_be_visible()
    assert (x.input_value(), y.input_value()) == set_to
    room.get_by_role("button", name="Remove the focal point").click()
    room.click("[name=_continue]")
    expect(room.locator(".focus-stage img")).to_be_visible()
    assert (x.input_value(), y.input_value()) == ("", "")
    expect(room.locator(".focus-mark")).to_be_hidden()


def test_a_dropped_picture_is_shown_at_once_and_stored_when_saved(room: Page, site: Site) -> None:
    room.goto(f"{site.url}{LIST}add/")
    assert_no_barrier(room, ".drop-zone")
    drop(room, ("plan.svg", "image/svg+xml", b"<svg></svg>"))
    expect(room.locator(".drop-zone [role=status]")).to_contain_text("as PNG")
    drop(room, ("guards.jpg", "image/jpeg", photograph(200, 100)))
    expect(room.locator(".focus-stage img")).to_be_visible()
    room.fill("#id_alt", "Three guards at the gate")
    room.click("[name=_continue]")
    expect(room.locator("#id_slug")).to_have_value("guards")
    expect(room.locator(".focus-stage img")).to_have_js_property("naturalWidth", 200)
