"""Parts of the map that fail or hang: the story stays readable, and the page says what is missing."""

from __future__ import annotations

import re
import socket

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import STILL, Readers
from tests.browser.reader import CHAPTERS, STORY, Reader
from tests.conftest import Site, Sites

OVER = "The detailed map cannot be reached. The built-in map is shown."
WITHOUT = "The interactive map could not be loaded. Each chapter shows a picture of it."
SCRIPT, LEAFLET, PLACES = "**/map.*.js", "**/leaflet*.js", "**/places.*.geojson"
ATLAS = "**/*atlas*/**"
COLOURS = """() => new Set([...document.querySelectorAll(".atlas canvas")].flatMap((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return [...Array(2000).keys()].map((n) => data.slice(n * 4 * (data.length / 8000 | 0)).slice(0, 3).join());
})).size"""


def uncaught(reader: Reader) -> list[str]:
    return [line for line in reader.noise if line.startswith(("uncaught", "error: forbidden"))]


# where streets cover the window, the map needs no atlas
GROUND = re.compile(r"atlas|/media/.*\.json")


@pytest.mark.parametrize("lost", [SCRIPT, LEAFLET, PLACES, GROUND], ids=["script", "leaflet", "places", "ground"])
def test_pictures_take_the_place_of_a_map_that_cannot_be_drawn(reader_of: Readers, lost: str | re.Pattern[str]) -> None:
    reader = reader_of(quiet=False, **STILL)
    reader.page.route(lost, lambda route: route.abort())
    reader.open(f"{STORY}demands/")
    expect(reader.find("[data-notice]")).to_have_text(WITHOUT)
    expect(reader.find("[data-notice]")).to_be_visible()
    for chapter in ("demands", "waiting", "toronto"):
        reader.at(chapter, camera=False)
        picture = reader.find(f"#chapter-{chapter} .chapter-map img")
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        reader.page.keyboard.press("ArrowRight")
    assert uncaught(reader) == []


def test_a_page_opened_at_a_chapter_is_laid_out_before_its_map_is_there(reader_of: Readers) -> None:
    reader = reader_of(**STILL, quiet=False)
    reader.page.route(PLACES, lambda route: None)
    reader.page.goto(f"{reader.site}{STORY}demands/", wait_until="commit")
    reader.page.wait_for_selector("html[data-settled]:not([data-ready])", state="attached")
    assert reader.current() == "demands"


def test_places_that_never_arrive_give_way_to_pictures(reader_of: Readers) -> None:
    reader = reader_of(**STILL, quiet=False)
    reader.page.clock.install()
    reader.page.route(PLACES, lambda route: None)
    reader.page.goto(reader.site + STORY, wait_until="commit")
    reader.wait("document.querySelector('[data-map]')?.dataset.center")
    reader.page.clock.fast_forward(20_000)
    reader.ready()
    expect(reader.find("[data-notice]")).to_have_text(WITHOUT)
    reader.page.keyboard.press("ArrowRight")
    reader.at(CHAPTERS[0], camera=False)
    assert uncaught(reader) == []


def test_the_text_can_be_read_when_the_pages_own_script_is_lost(reader_of: Readers) -> None:
    reader = reader_of(quiet=False)
    reader.page.route("**/reading.*.js", lambda route: route.abort())
    reader.page.goto(f"{reader.site}{STORY}asylum/")
    expect(reader.find("#title-asylum")).to_be_in_viewport()
    expect(reader.find("#chapter-asylum .narration")).to_be_visible()
    expect(reader.find("a[rel=next]")).to_have_attribute("href", f"{STORY}under-the-floor/")
    assert uncaught(reader) == []


@pytest.fixture(scope="module")
def port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture(scope="module")
def tiled(site_of: Sites, port: int) -> Site:
    """A site whose operator wants tiles of a server that is not there."""
    return site_of(STORYMAP_TILES_URL=f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png").start()


@pytest.fixture(scope="module")
def packed(site_of: Sites) -> Site:
    """A site whose operator wants a PMTiles file that is not there."""
    return site_of(STORYMAP_PMTILES_URL="/static/no-such-file.pmtiles").start()


def shows_the_atlas_and_says_so(reader: Reader) -> None:
    expect(reader.find("[data-notice]")).to_have_text(OVER)
    expect(reader.find("[data-map] .raster")).to_have_count(0)
    assert reader.page.evaluate(COLOURS) > 2
    reader.page.keyboard.press("ArrowRight")
    reader.at("under-the-floor")
    assert uncaught(reader) == []


def test_the_atlas_stays_when_tiles_are_refused(reader_of: Readers, tiled: Site) -> None:
    reader = reader_of(tiled.url, quiet=False, **STILL).open(f"{STORY}asylum/")
    reader.at("asylum")
    shows_the_atlas_and_says_so(reader)


def test_the_atlas_stays_when_tiles_hang_and_the_page_is_ready_meanwhile(
    reader_of: Readers, tiled: Site, port: int
) -> None:
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        deaf.bind(("127.0.0.1", port))
        deaf.listen(100)
        reader = reader_of(tiled.url, quiet=False, **STILL)
        reader.page.clock.install()
        reader.open(f"{STORY}asylum/")
        reader.at("asylum")
        reader.page.wait_for_selector("[data-map] .raster img", state="attached")
        expect(reader.find("[data-notice]")).to_have_text("")
        reader.page.clock.fast_forward(10_000)
        shows_the_atlas_and_says_so(reader)


def test_the_atlas_stays_when_the_pmtiles_file_is_missing(reader_of: Readers, packed: Site) -> None:
    reader = reader_of(packed.url, quiet=False, **STILL)
    reader.page.clock.install()
    reader.open(f"{STORY}asylum/")
    reader.at("asylum")
    reader.page.wait_for_load_state("load")
    reader.wait("document.querySelector('[data-notice]').textContent || globalThis.protomapsL")
    reader.page.clock.fast_forward(10_000)
    shows_the_atlas_and_says_so(reader)
