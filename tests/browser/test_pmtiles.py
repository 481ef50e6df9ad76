"""One PMTiles file of the operator over the atlas: on the page, close up, and in a frame that may do nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import STILL, Readers
from tests.browser.holder import Holder
from tests.browser.reader import STORY
from tests.conftest import Site, Sites
from tests.pmtiles import land_everywhere

LAND = "226,223,218"  # of Protomaps' light style
IN_THE_MIDDLE = """() => {
  const canvases = [...document.querySelectorAll(".leaflet-tile-pane canvas")].filter((one) => !one.closest(".atlas"));
  return [...new Set(canvases.map((canvas) => {
    const middle = canvas.getContext("2d").getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1);
    return middle.data.slice(0, 3).join();
  }))];
}"""


@pytest.fixture(scope="module")
def packed(site_of: Sites) -> Site:
    site = site_of(STORYMAP_PMTILES_URL="/land.pmtiles")
    (site.data / "public" / "land.pmtiles").write_bytes(land_everywhere())
    return site.start()


def shows_land(page: Page | Frame) -> None:
    page.wait_for_selector(".has-tiles", state="attached")
    assert page.evaluate(IN_THE_MIDDLE) == [LAND]


@pytest.mark.parametrize("chapter", ["echoes", "the-dead"], ids=["the world", "one street"])
def test_the_file_is_drawn_also_closer_than_it_reaches(reader_of: Readers, packed: Site, chapter: str) -> None:
    reader = reader_of(packed.url, **STILL).open(f"{STORY}{chapter}/")
    reader.at(chapter)
    shows_land(reader.page)
    assert {request.split("/")[2] for request in reader.requests} == {packed.url.split("/")[2]}


def test_the_file_is_drawn_in_a_frame_without_an_origin(reader_of: Readers, packed: Site, holder: Holder) -> None:
    reader = reader_of(holder.url, **STILL)
    frame = f'<iframe src="{packed.url}/embed/lima-1996-97/the-dead/" sandbox="allow-scripts" height="700"></iframe>'
    reader.page.goto(holder.page("/packed", frame))
    shows_land(reader.page.frames[1])
