"""Streets in the workshop, in Chromium: cut for what the map of a chapter shows, listed on a page of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import Desks
from tests.conftest import Site, Sites

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ROADS = [[[-77.2, -12.09139], [-76.9, -12.09139]], [[-77.04944, -12.2], [-77.04944, -12.0]]]


@pytest.fixture(scope="module")
def own_site(site_of: Sites, tmp_path_factory: pytest.TempPathFactory) -> Site:
    file = tmp_path_factory.mktemp("streets") / "lima.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"highway": "primary", "name": f"Road {n}"},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for n, line in enumerate(ROADS)
    ]
    tree = {"type": "FeatureCollection", "attribution": "© Lima", "licence": "CC0-1.0", "features": features}
    file.write_text(json.dumps(tree), "utf-8")
    return site_of(STORYMAP_STREETS_SOURCE=str(file)).start()


@pytest.fixture(scope="module")
def workshop(own_site: Site, desk_of: Desks) -> Iterator[Page]:
    page = desk_of(own_site, "chapters")
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(f"{error} {error.stack}"))
    yield page
    assert noise == []


def test_streets_are_cut_for_what_the_map_shows(workshop: Page, own_site: Site) -> None:
    workshop.goto(f"{own_site.url}/admin/storymap/story/1/streets/")
    workshop.get_by_role("button", name="Delete “residence”").click()
    expect(workshop.locator(".messagelist .success")).to_contain_text("in the trash for 30 days")
    workshop.goto(f"{own_site.url}/admin/storymap/chapter/1/change/")
    workshop.wait_for_selector("html[data-chapter-form=ready]", state="attached")
    workshop.get_by_role("button", name="Streets for this view").click()
    expect(workshop.locator(".chapter-map [role=status]")).to_contain_text("Streets lie under the map now")
    expect(workshop.locator(".chapter-map .leaflet-control-attribution")).to_contain_text("© Lima")


def test_the_page_of_streets_is_for_everybody(workshop: Page, own_site: Site) -> None:
    for width in (1280, 320):
        workshop.set_viewport_size({"width": width, "height": 800})
        workshop.goto(f"{own_site.url}/admin/storymap/story/1/streets/")
        expect(workshop.get_by_role("table", name="Streets under the map")).to_contain_text("km around 12.09")
        assert workshop.evaluate(OVERFLOW) <= 0, width
    assert violations_in_both_schemes(workshop, "#content") == []
