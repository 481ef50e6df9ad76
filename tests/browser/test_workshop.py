"""The workshop in a browser: a source filled from a reference, a date told back, a table looked at on a map."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import Desks
from tests.conftest import Site

BOOK = r"@book{k, author={Garc{\'\i}a, Ana}, title={The fall}, year=1997}"
TABLE = "name,lat,lng\nHarbour of nowhere,-12.06,-77.15\nStation of nowhere,-12.5,-76.9\nBroken,x,y\n"


@pytest.fixture(scope="module")
def workshop(site: Site, desk_of: Desks) -> Iterator[Page]:
    """An editor's page that hears of no error."""
    page = desk_of(site, "smith", viewport={"width": 1280, "height": 1000})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    # what has no address is said by axe, which the tests bring along
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" and m.location["url"] else None)
    yield page
    assert errors == []


def without_barrier(page: Page, part: str) -> None:
    assert violations_in_both_schemes(page, part) == []


def test_a_source_is_filled_in_place(workshop: Page, site: Site) -> None:
    workshop.goto(f"{site.url}/admin/places/source/add/")
    workshop.fill("#id_reference", BOOK)
    workshop.get_by_role("button", name="Fill from reference").click()
    expect(workshop.locator("#id_title")).to_have_value("The fall")
    expect(workshop.locator("#id_author")).to_have_value("García, Ana")
    expect(workshop.locator("#id_slug")).to_have_value("garcia-1997-the-fall")
    expect(workshop.locator(".reference [role=status]")).to_contain_text("Filled")
    without_barrier(workshop, ".reference")
    workshop.fill("#id_reference", "@book{k, title")
    workshop.get_by_role("button", name="Fill from reference").click()
    expect(workshop.locator(".reference [role=status]")).to_contain_text("line 1 is not whole")
    expect(workshop.locator("#id_title")).to_have_value("The fall")


def test_a_source_is_added_from_the_event_that_cites_it(workshop: Page, site: Site) -> None:
    workshop.goto(f"{site.url}/admin/places/event/add/")
    workshop.locator("#citations-group .add-row a").click()
    with workshop.expect_popup() as opened:
        workshop.locator("#add_id_citations-0-source").click()
    popup = opened.value
    popup.fill("#id_reference", BOOK.replace("1997", "1998"))
    popup.get_by_role("button", name="Fill from reference").click()
    expect(popup.locator("#id_slug")).to_have_value("garcia-1998-the-fall")
    popup.get_by_role("button", name="Save").click()
    expect(workshop.locator("#select2-id_citations-0-source-container")).to_contain_text("García, The fall, 1998")


def test_a_date_is_told_back_while_it_is_typed(workshop: Page, site: Site) -> None:
    workshop.goto(f"{site.url}/admin/places/event/add/")
    workshop.fill("#id_date", "about January 1997")
    told = workshop.locator(".understood")
    expect(told).to_have_text("Understood as: about January 1997, between December 1996 and February 1997.")
    workshop.fill("#id_date", "03/04/1997")
    expect(told).to_contain_text("can be read as 1997-04-03 or as 1997-03-04")


def test_status_and_citations_stand_beside_the_text(workshop: Page, site: Site) -> None:
    workshop.goto(f"{site.url}/admin/places/event/add/")
    boxes = {part: workshop.locator(part).bounding_box() for part in (".text", ".claim", "#citations-group")}
    text, claim, citations = (boxes[part] or {} for part in boxes)
    assert claim["x"] >= text["x"] + text["width"] and citations["x"] == claim["x"]
    assert abs(claim["y"] - text["y"]) < 5


def test_a_table_is_looked_at_on_a_map_imported_and_taken_back(workshop: Page, site: Site) -> None:
    workshop.goto(f"{site.url}/admin/storymap/story/")
    workshop.locator("#result_list tbody th a").first.click()
    workshop.get_by_role("link", name="Tables").click()
    without_barrier(workshop, "#content")
    table = {"name": "harbours.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    workshop.set_input_files("#id_file", files=[table])  # type: ignore[list-item]
    workshop.get_by_role("button", name="Look at it").click()
    expect(workshop.locator(".sum")).to_contain_text("2 rows are new. 1 row is left out.")
    expect(workshop.locator(".rows-map canvas")).not_to_have_count(0)
    workshop.locator("tr[data-at]").first.hover()
    expect(workshop.locator("tr.chosen")).to_have_count(1)
    without_barrier(workshop, "#content")
    workshop.get_by_role("button", name="Import the good rows").click()
    expect(workshop.locator(".sum")).to_contain_text("2 places were imported. 1 row was left out.")
    without_barrier(workshop, "#content")
    workshop.get_by_role("button", name="Undo this import").click()
    expect(workshop.locator(".sum")).to_contain_text("undone")
