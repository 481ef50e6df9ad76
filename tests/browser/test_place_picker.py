"""The picker of the place form: searching, pasting, clicking, nudging, undoing, and what it asks about."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import Desks
from tests.conftest import Site


@pytest.fixture(scope="module")
def workshop(site: Site, desk_of: Desks) -> Page:
    return desk_of(site, "picker", viewport={"width": 1280, "height": 1000})


@pytest.fixture
def form(workshop: Page, site: Site) -> Page:
    """The form of the first place of the Lima story."""
    workshop.goto(f"{site.url}/admin/places/place/?q=residence")
    workshop.locator("#result_list tbody th a").first.click()
    expect(workshop.locator(".place-picker .pin")).to_be_visible()
    return workshop


def position(page: Page) -> tuple[float, float]:
    return float(page.input_value("#id_latitude")), float(page.input_value("#id_longitude"))


def ask(page: Page, text: str) -> None:
    page.fill(".place-picker input", text)
    page.press(".place-picker input", "Enter")


def test_pasted_text_moves_the_pin_and_undo_takes_it_back(form: Page) -> None:
    before = position(form)
    ask(form, "12°30'S 77°15'W")
    expect(form.locator("#id_latitude")).to_have_value("-12.5")
    expect(form.locator("#id_longitude")).to_have_value("-77.25")
    form.get_by_role("button", name="Undo").click()
    assert position(form) == before
    assert form.get_by_role("button", name="Undo").is_disabled()


def test_how_precise_a_new_place_is_follows_from_how_it_is_given(form: Page, site: Site) -> None:
    """A click on the whole world is no building; what the editor says of it stays when the pin is moved."""
    form.goto(f"{site.url}/admin/places/place/add/")
    form.locator(".place-picker .map").click(position={"x": 300, "y": 150})
    assert float(form.input_value("#id_radius")) >= 100_000 and form.input_value("#id_precision") == "point"
    expect(form.locator(".place-picker [role=status]").first).to_contain_text("known to within")
    ask(form, "-30.123, -100.123")
    expect(form.locator("#id_radius")).to_have_value("60")
    form.fill("#id_radius", "5000")
    ask(form, "-30.12345, -100.12345")
    expect(form.locator("#id_latitude")).to_have_value("-30.12345")
    assert form.input_value("#id_radius") == "5000"


def test_swapped_numbers_are_asked_about(form: Page) -> None:
    before = position(form)
    ask(form, "139.6917, 35.6895")
    swap = form.get_by_role("button", name="Yes, swap them")
    expect(swap).to_be_visible()
    assert position(form) == before
    swap.click()
    assert position(form) == (35.6895, 139.6917)


def test_what_is_odd_is_said(form: Page) -> None:
    ask(form, "0, 0")
    expect(form.get_by_role("alert")).to_contain_text("off Africa")
    ask(form, "-75, 100")
    expect(form.get_by_role("alert")).to_contain_text("km from every other place")


def test_keys_nudge_and_a_click_places_the_pin(form: Page) -> None:
    before = position(form)
    form.focus(".place-picker .map")
    form.keyboard.press("ArrowUp")
    nudged = position(form)
    assert nudged[0] > before[0] and nudged[1] == pytest.approx(before[1], abs=1e-5)
    form.locator(".place-picker .map").click(position={"x": 100, "y": 100})
    clicked = position(form)
    assert clicked[0] > nudged[0] and clicked[1] < nudged[1]


def test_the_circle_follows_the_radius(form: Page) -> None:
    form.fill("#id_radius", "200000")
    wide = form.locator(".place-picker .radius").bounding_box()
    form.fill("#id_radius", "100000")
    narrow = form.locator(".place-picker .radius").bounding_box()
    assert wide is not None and narrow is not None and narrow["width"] < wide["width"]


def test_an_unknown_name_has_a_next_step_without_any_service(form: Page) -> None:
    ask(form, "Nowhere in particular")
    expect(form.locator(".place-picker [role=status]")).to_contain_text("click the map")


def test_the_picker_has_no_barrier(form: Page) -> None:
    assert violations_in_both_schemes(form, ".place-picker") == []
