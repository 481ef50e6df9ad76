"""Basemap extracts as the map draws them: a small page with the project's own modules and a made-up town."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from places.geo import Bounds, LatLng
from storymap.assets import NODE_MODULES, OWN, VENDOR
from storymap.maps.ground.extract_file import encode
from storymap.maps.ground.features import Area, Credit, Ground, Line, Name
from tests.browser.conftest import DESKTOP, STILL

ORIGIN = LatLng(-12.09, -77.05)
METRE = 1 / 111_195, 1 / 108_700  # degrees of latitude and longitude
PAGE = """<!doctype html><html lang="en"><link rel="stylesheet" href="/leaflet.css">
<link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/css/map.css">
<link rel="stylesheet" href="/css/dark.css" media="(prefers-color-scheme: dark)">
<style>html, body, .map-frame { margin: 0; block-size: 100% }</style>
<div class="map-frame"><div class="map" data-map></div><button data-back-to-view hidden></button>
<p data-two-fingers></p><p data-notice></p>
<div data-pin-list hidden><p data-title></p><button></button><ol></ol></div></div>
<p id="told" hidden>En la calle Corta.</p>
<script id="words" type="application/json">{"simplified": "Simplified, after {credit}"}</script>
<script src="/leaflet.js"></script><script type="module">
import { openStage } from "/js/map-kit.js";
import { learnWords } from "/js/words.js";
const { atlas, center, zoom } = await (await fetch("/given.json")).json();
learnWords(document);
globalThis.drawStoryMap = (element, kit) => {
  globalThis.map = L.map(element, { minZoom: 1, maxZoom: 19, zoomControl: false });
  kit.atlas(map, atlas);
  kit.places(map, { url: "/places.geojson" });
  const pins = [{ place: "square", number: 1, events: ["fair"] }];
  kit.scene(map, { chapters: [{ slug: "one", camera: { center, zoom }, pins, moments: {} }] });
  return map;
};
const now = () => ({ slug: "one", moment: null, places: ["square"], hidden: () => false });
globalThis.stage = await openStage(document, "en", now, { has: () => true, go: () => {} });
document.documentElement.dataset.ready = "";
</script></html>"""
PLACES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [ORIGIN.lng, ORIGIN.lat]},
            "properties": {"kind": "place", "slug": "square", "name": "The square", "radius": 5, "events": ["fair"]},
        }
    ],
}
# the colour of the ground at a position, from the tile that shows it
COLOUR = """([lng, lat]) => {
  const at = map.latLngToContainerPoint([lat, lng]);
  for (const canvas of document.querySelectorAll(".atlas canvas")) {
    const { left, top, width } = canvas.getBoundingClientRect();
    const [x, y] = [at.x - left, at.y - top].map((pixel) => Math.floor((pixel / width) * canvas.width));
    if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.width) continue;
    if (canvas.style.backgroundColor) return canvas.style.backgroundColor.match(/\\d+/g).map(Number);
    return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data.slice(0, 3)];
  }
}"""
NAMED = "() => JSON.parse(document.querySelector('.leaflet-names-pane canvas').dataset.names ?? '[]')"
LETTERED = """() => {
  const canvas = document.querySelector(".leaflet-names-pane canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = {};
  for (let i = 0; i < data.length; i += 4) {
    const colour = data.slice(i, i + 3);
    if (data[i + 3] === 255) seen[colour] = (seen[colour] ?? 0) + 1;
  }
  return Object.entries(seen).sort((a, b) => b[1] - a[1])[0]?.[0];
}"""


def at(*points: tuple[float, float]) -> np.ndarray:
    """Metres east and north of the origin."""
    return np.array([(ORIGIN.lng + east * METRE[1], ORIGIN.lat + north * METRE[0]) for east, north in points])


def box(west: float, south: float, east: float, north: float) -> tuple[np.ndarray]:
    return (at((west, south), (east, south), (east, north), (west, north)),)


TOWN = Ground(
    (
        Area("park", box(-300, 50, -100, 200)),
        Area("sea", box(200, -900, 900, 900)),
        Area("building", box(40, 40, 60, 60)),
    ),
    (
        Line("main", at((-900, -100), (900, -100)), "Avenida Larga"),
        Line("local", at((-50, -900), (-50, 900)), "Calle Corta"),
        Line("river", at((-900, 300), (200, 300)), "Rímac"),
    ),
    (Name("Centro", "district", LatLng(ORIGIN.lat - 200 * METRE[0], ORIGIN.lng - 200 * METRE[1])),),
)
WEST, SOUTH, EAST, NORTH = (float(edge) for edge in at((-800, -800), (800, 800)).ravel())
LIGHT = {"land": [244, 240, 230], "sea": [213, 225, 228], "park": [226, 232, 211], "avenue": [255, 246, 223]}
DARK = {"land": [36, 35, 31], "sea": [27, 38, 42], "park": [42, 47, 37], "avenue": [68, 62, 51]}
Towns = Callable[..., Page]


@pytest.fixture
def town(chromium: Browser) -> Iterator[Towns]:
    """`town(zoom, credit, **context options)`: the page, with its map ready to be used."""
    contexts = []

    def opened(
        zoom: float = 16,
        credit: Credit = Credit("© Surveyors", date="2013"),  # noqa: B008
        streets: bytes | None = None,
        **options: Any,
    ) -> Page:
        files = {
            "/": PAGE,
            "/given.json": json.dumps(given(zoom)),
            "/places.geojson": json.dumps(PLACES),
            "/town.json": streets or encode(TOWN, Bounds(WEST, SOUTH, EAST, NORTH), 13, credit),
            "/leaflet.js": VENDOR["vendor/leaflet/leaflet.js"],
            "/leaflet.css": NODE_MODULES / "leaflet/dist/leaflet.css",
            **{f"/{level}.json": VENDOR[f"storymap/atlas/{level}.json"] for level in ("110m", "50m")},
        }

        def answer(route: Route) -> None:
            path = "/" + route.request.url.split("/", 3)[3]
            found = files.get(path, OWN / path[1:])
            if isinstance(found, str | bytes):
                route.fulfill(body=found, content_type="text/html" if path == "/" else "application/json")
            else:
                route.fulfill(path=found)

        context = chromium.new_context(**{**DESKTOP, **STILL, **options})
        contexts.append(context)
        page = context.new_page()
        page.route("http://town.test/**", answer)
        page.goto("http://town.test/")
        page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()


def given(zoom: float) -> dict[str, Any]:
    levels = [{"maxZoom": 4, "url": "/110m.json"}, {"maxZoom": 22, "url": "/50m.json"}]
    extracts = [{"bounds": [WEST, SOUTH, EAST, NORTH], "minZoom": 13, "url": "/town.json"}]
    atlas = {"levels": levels, "nears": [], "extracts": extracts, "borders": True, "labels": True}
    return {"atlas": atlas, "center": [ORIGIN.lat, ORIGIN.lng], "zoom": zoom}


def shows(page: Page, point: tuple[float, float], colour: list[int]) -> None:
    page.wait_for_function(
        f"([point, wanted]) => String(({COLOUR})(point)) === String(wanted)", arg=[at(point)[0].tolist(), colour]
    )


@pytest.mark.parametrize(("scheme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_land_water_parks_and_streets_have_their_colours(
    town: Towns, scheme: Any, colours: dict[str, list[int]]
) -> None:
    page = town(color_scheme=scheme)
    shows(page, (-150, -250), colours["land"])
    shows(page, (-200, 120), colours["park"])
    shows(page, (300, 0), colours["sea"])
    shows(page, (20, -100), colours["avenue"])
    other = {"light": "dark", "dark": "light"}[scheme]
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    shows(page, (300, 0), {"light": LIGHT, "dark": DARK}[other]["sea"])


def test_a_flight_towards_the_ground_shows_no_blots(town: Towns) -> None:
    """Tiles of the wide view that it leaves are hidden once they are much enlarged, and those of its end are seen."""
    page = town(3, user_agent="Mobile")  # where Leaflet draws no tiles on the way
    page.evaluate(
        """() => {
          window.seen = () => getComputedStyle(document.querySelector(".atlas")).visibility;
          window.near = new Set();
          map.on("zoom", () => map.getZoom() > 9 && map.getZoom() < 16 && window.near.add(window.seen()));
          map.flyTo(map.getCenter(), 16, { duration: 0.6 });
        }"""
    )
    page.wait_for_function("() => map.getZoom() === 16 && window.seen() === 'visible'")
    assert page.evaluate("[...window.near]") == ["hidden"]


def test_no_seam_shows_between_tiles_at_zooms_between_whole_ones(town: Towns) -> None:
    page = town(17, device_scale_factor=1.5)
    lng, lat = at((-520, -520))[0].tolist()
    for zoom in (17.19, 17.32):
        page.evaluate("([lat, lng, zoom]) => map.setView([lat, lng], zoom, { animate: false })", [lat, lng, zoom])
        page.wait_for_function(
            "() => [...document.querySelectorAll('.atlas canvas')].every(({ width, style }) => style.opacity === '1'"
            " && (width > 1 || style.backgroundColor))"
        )
        shot = page.screenshot(clip={"x": 440, "y": 200, "width": 400, "height": 400})
        pixels = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), int)
        assert np.abs(pixels - LIGHT["land"]).max() <= 1


def test_beyond_its_bounds_and_from_farther_away_the_atlas_shows(town: Towns) -> None:
    page = town(15)
    shows(page, (790, 0), LIGHT["sea"])
    shows(page, (820, 0), LIGHT["land"])
    page.evaluate("map.setZoom(12, { animate: false })")
    shows(page, (300, 0), LIGHT["land"])
    page.wait_for_function(f"() => !({NAMED})().length")


def test_streets_rivers_and_districts_are_named_beside_the_pin(town: Towns) -> None:
    page = town()
    page.wait_for_function(f"() => ({NAMED})().length > 3")
    names = page.evaluate(NAMED)
    assert set(names) == {"Avenida Larga", "Calle Corta", "Rímac", "CENTRO"}
    expect(page.locator(".leaflet-names-pane")).to_have_attribute("aria-hidden", "true")
    expect(page.locator(".map-label.pin-name")).to_have_text("The square")


def test_a_street_stands_out_while_the_moment_that_names_it_is_read(town: Towns) -> None:
    """Its line too."""
    page = town(17)
    told = page.locator(".leaflet-names-pane canvas")
    expect(told).to_have_attribute("data-told", "[]")
    page.evaluate("stage.show({ slug: 'one', moment: 'told', places: ['square'], hidden: () => false })")
    expect(told).to_have_attribute("data-told", '["Calle Corta"]')
    assert page.evaluate(LETTERED) == "243,227,217"
    page.evaluate("stage.show({ slug: 'one', moment: null, places: ['square'], hidden: () => false })")
    expect(told).to_have_attribute("data-told", "[]")


def test_names_are_written_anew_when_the_colours_change(town: Towns) -> None:
    page = town()
    page.wait_for_function(f"() => ({LETTERED})() === '244,240,230'")  # the halo
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => ({LETTERED})() === '36,35,31'")


def test_in_forced_colours_the_ground_has_the_systems(town: Towns) -> None:
    page = town(forced_colors="active")
    canvas, grey = page.evaluate(
        """() => ["Canvas", "GrayText"].map((name) => {
          const pen = document.createElement("canvas").getContext("2d");
          pen.fillStyle = name;
          pen.fillRect(0, 0, 1, 1);
          return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
        })"""
    )
    assert canvas != grey
    for point in ((-200, 120), (300, 0), (20, -100)):
        shows(page, point, canvas)
    shows(page, (200, 30), grey)  # the shore


def test_the_credit_is_said_as_text_and_only_where_the_extract_is_drawn(town: Towns) -> None:
    page = town(17, Credit("© <img src=x onerror=alert(1)> & Co", date="2013~", simplified=True))
    said = page.locator(".leaflet-control-attribution")
    expect(said).to_have_text("Simplified, after © <img src=x onerror=alert(1)> & Co (2013)")
    assert said.locator("img").count() == 0
    page.evaluate("map.setView([-12.06, -77.02], 16, { animate: false })")
    expect(said).to_have_text("Natural Earth")


def test_an_extract_takes_the_place_of_rings_and_graticule_and_leaves_the_scale(town: Towns) -> None:
    page = town()
    page.wait_for_function(f"() => ({NAMED})().length > 3")
    measures = page.locator(".ring, .graticule")
    expect(measures).to_have_count(0)
    expect(page.locator(".leaflet-control-scale-line")).to_be_visible()
    page.evaluate("map.setView([-12.06, -77.02], 16, { animate: false })")
    expect(measures).not_to_have_count(0)


@pytest.mark.parametrize(
    "streets", [b"nothing", b'{"format": "atlas/3"}', b'{"format": "atlas/2", "bounds": [0, 0, 1, 1]}']
)
def test_a_damaged_extract_leaves_the_atlas(town: Towns, streets: bytes) -> None:
    page = town(streets=streets)
    shows(page, (300, 0), LIGHT["land"])
    expect(page.locator(".leaflet-control-attribution")).to_have_text("Natural Earth")
