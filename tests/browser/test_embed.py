"""Embeds in the pages of somebody else's site: shown, resized, talked with, and disturbing nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame

from tests.browser.conftest import STILL, Readers
from tests.browser.holder import Holder
from tests.browser.reader import CHAPTERS, Reader
from tests.conftest import Site
from tests.extent import pairs

EMBED = "/embed/lima-1996-97/"
SCRIPT = (Path(__file__).parent / "holder.js").read_text("utf-8")
SANDBOXES = {"noneof": None, "script": "allow-scripts", "origin": "allow-scripts allow-same-origin"}
WIDTHS = (320, 600, 1200)
DIALECTS = {
    "own": ("", "#storymap={id}"),
    "pym": ("&childId={id}&initialWidth=600&parentUrl=https%3A%2F%2Fa.example%2F", ""),
    "wordpress": ("", "#?secret={id}"),
    "datawrapper": ("&resize=datawrapper&id={id}", ""),
}
FITS = "() => Math.abs(innerHeight - document.documentElement.getBoundingClientRect().height) <= 2"
LIGHTNESS = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((a, b) => a + +b, 0) / 3"
WEIGHT_LIMIT = 130_000  # bytes over the wire without illustrations


def framed(
    name: str, src: str, *, width: int = 600, dialect: str = "own", sandbox: str | None = None, lazily: bool = False
) -> str:
    """As an article has it."""
    query, fragment = (part.format(id=name) for part in DIALECTS[dialect])
    joined = src + (query if "?" in src else query.replace("&", "?", 1)) + fragment
    box = f' sandbox="{sandbox}"' if sandbox else ""
    lazy = ' loading="lazy"' if lazily else ""
    return (
        f'<iframe id="{name}" src="{joined}" title="Map" width="{width}" height="200" data-dialect="{dialect}"{box}'
        f'{lazy} referrerpolicy="no-referrer" style="border:0;display:block"></iframe>'
    )


def inside(reader: Reader, name: str) -> Frame:
    """The frame, once its map can be used."""
    element = reader.page.wait_for_selector(f"#{name}")
    element.scroll_into_view_if_needed()
    frame = element.content_frame()
    frame.wait_for_selector("html[data-ready]", state="attached")
    return frame


def heard(reader: Reader, name: str, kind: str = "") -> list[Any]:
    """What the holder was told by that frame."""
    told = reader.page.evaluate("(name) => heard.filter(({ frame }) => frame === name).map(({ data }) => data)", name)
    return [data for data in told if not kind or (isinstance(data, dict) and data.get("type") == f"storymap:{kind}")]


def test_an_embed_is_light_and_its_height_is_its_own(chromium: Browser, site: Site) -> None:
    """One chapter costs little over the wire without its illustration; a taller window makes it no taller."""
    context = chromium.new_context(viewport={"width": 600, "height": 400}, **STILL)
    page = context.new_page()
    watching = context.new_cdp_session(page)
    watching.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    watching.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )
    watching.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(f"{site.url}{EMBED}{CHAPTERS[0]}/", wait_until="networkidle")
    page.wait_for_selector("html[data-ready]", state="attached")
    weight = sum(size for key, size in sizes.items() if "/media/" not in addresses[key])
    assert 20_000 < weight <= WEIGHT_LIMIT
    height = "document.documentElement.getBoundingClientRect().height"
    low = page.evaluate(height)
    page.set_viewport_size({"width": 600, "height": 3000})
    assert page.evaluate(height) == low
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_embed_is_shown_and_resized_wherever_it_stands(
    reader_of: Readers, holder: Holder, site: Site, theme: str
) -> None:
    """In each sandbox, at each width, in each dialect: map and text are there, the height fits, few messages."""
    every = pairs(list(SANDBOXES), WIDTHS, list(DIALECTS), (False, True), ("light", "dark"))
    wanted = [how[:4] for how in every if how[4] == theme]
    frames = {f"{how[0]}{n:04}": how for n, how in enumerate(wanted)}  # ten characters, as WordPress has them
    src = f"{site.url}{EMBED}{CHAPTERS[1]}/?theme={theme}"
    body = "".join(
        framed(name, src, width=width, dialect=dialect, sandbox=SANDBOXES[box], lazily=lazily)
        for name, (box, width, dialect, lazily) in frames.items()
    )
    reader = reader_of(viewport={"width": 1280, "height": 2000}, **STILL)
    reader.page.goto(holder.page(f"/matrix-{theme}", f"<script>{SCRIPT}</script>{body}"))
    for name, (_box, width, _dialect, _lazily) in frames.items():
        frame = inside(reader, name)
        frame.wait_for_function(FITS)
        assert frame.locator("html[data-map=pictures]").count() == 0, name
        assert frame.locator(".pin").first.is_visible() and frame.locator(".narration").is_visible(), name
        assert frame.locator(".atlas canvas").count() > 0, name
        assert (frame.evaluate(LIGHTNESS) < 80) == (theme == "dark"), name
        assert frame.evaluate("document.documentElement.scrollWidth") <= width, name
    for name in frames:
        assert 1 <= len(heard(reader, name)) <= 5, (name, heard(reader, name))


FOREIGN = """<script>
addEventListener("message", ({ data: attack }) => {
  if (attack !== "attack") return;
  const says = [
    { type: "storymap:hello", v: 1 }, { type: "storymap:goto", v: 1, chapter: "demands" },
    { type: "storymap:height", v: 1, id: "one", height: 5 }, "pymxPYMxonexPYMxheightxPYMx5",
    { message: "height", value: 5, secret: "two" },
  ];
  for (let times = 0; times < 4; times++) {
    for (const other of [0, 1]) says.forEach((data) => parent.frames[other].postMessage(data, "*"));
  }
  parent.postMessage("attacked", "*");
});
parent.postMessage({ "datawrapper-height": { foreign: 333 } }, "*");
</script>"""
NONSENSE = """() => {
  const says = [null, 7, "", [], {}, "storymap:hello", { type: "storymap:hello" }, { type: "storymap:hello", v: 2 },
    { type: "storymap:goto", v: 1 }, { type: "storymap:goto", v: 1, chapter: "nowhere" },
    { type: "storymap:goto", v: 1, chapter: {} }, { type: "storymap:goto", chapter: "demands" },
    { type: "storymap:goto", v: 1, chapter: "demands", moment: "nowhere" }];
  for (const data of says) document.getElementById("one").contentWindow.postMessage(data, "*");
}"""
HERE = "() => document.querySelector('article:not([hidden])').dataset.chapter"


def test_neighbours_do_not_disturb_each_other_and_only_the_holder_is_heard(
    reader_of: Readers, holder: Holder, site: Site
) -> None:
    """Two embeds beside a foreign frame that resizes itself and forges forty messages. Then the holder talks."""
    foreign = holder.page("/foreign", FOREIGN).replace("localhost", "127.0.0.1")
    body = framed("one", site.url + EMBED) + framed("two", f"{site.url}{EMBED}demands/", sandbox="allow-scripts")
    other = f'<iframe id="foreign" src="{foreign}" title="Chart" height="200" data-dialect="datawrapper"></iframe>'
    reader = reader_of(viewport={"width": 1280, "height": 1600}, **STILL)
    reader.page.goto(holder.page("/neighbours", f"<script>{SCRIPT}</script>{body}{other}"))
    one, two = inside(reader, "one"), inside(reader, "two")
    for frame in (one, two):
        frame.wait_for_function(FITS)
    reader.wait("document.getElementById('foreign').clientHeight === 333")

    before = [heard(reader, "one"), heard(reader, "two")]
    reader.page.evaluate("document.getElementById('foreign').contentWindow.postMessage('attack', '*')")
    reader.page.evaluate(NONSENSE)
    reader.wait("heard.some(({ data }) => data === 'attacked')")
    assert one.evaluate(HERE) == CHAPTERS[0]
    assert one.evaluate(FITS) and two.evaluate(FITS)
    assert [heard(reader, "one"), heard(reader, "two")] == before

    reader.page.evaluate("say('one', { type: 'storymap:hello', v: 1 })")
    reader.wait("heard.some(({ data }) => data?.type === 'storymap:step')")
    first = {"type": "storymap:step", "v": 1, "id": "one", "chapter": CHAPTERS[0], "moment": None}
    assert heard(reader, "one", "step") == [first]
    reader.page.evaluate("say('one', { type: 'storymap:goto', v: 1, chapter: 'demands' })")
    one.wait_for_function(f"() => ({HERE})() === 'demands'")
    one.locator("[data-moment-step='1']").click()
    one.locator("[data-turn] [rel=next]").click()
    one.wait_for_function(FITS)
    reader.wait("heard.filter(({ data }) => data?.type === 'storymap:step').length === 4")
    steps = [(step["chapter"], step["moment"] is not None) for step in heard(reader, "one", "step")]
    assert steps == [(CHAPTERS[0], False), ("demands", False), ("demands", True), (CHAPTERS[3], False)]
    assert heard(reader, "two", "step") == []


def test_a_card_is_as_tall_as_it_is(reader_of: Readers, holder: Holder, site: Site) -> None:
    """In place of a story that is not there stands a small card."""
    reader = reader_of(quiet=False, **STILL)
    page = holder.page("/card", f"<script>{SCRIPT}</script>{framed('one', f'{site.url}/embed/nothing/')}")
    reader.page.goto(page)
    frame = reader.page.wait_for_selector("#one").content_frame()
    frame.wait_for_selector(".says")
    frame.wait_for_function(FITS)
    assert frame.evaluate("innerHeight") < 200
    assert len(heard(reader, "one")) == 1


def test_a_lazy_embed_costs_nothing_until_it_is_near(reader_of: Readers, holder: Holder, site: Site) -> None:
    """And then it asks nobody but its own site, and leaves nothing behind. The page scrolls on over its map."""
    frame_of_it = framed("one", site.url + EMBED, lazily=True)
    room = '<div style="height:9000px"></div>'
    page = f"<script>{SCRIPT}</script>{room}{frame_of_it}{room}"
    reader = reader_of(**STILL)
    reader.page.goto(holder.page("/far", page), wait_until="networkidle")
    own = urlsplit(site.url).netloc
    assert [url for url in reader.requests if urlsplit(url).netloc == own] == []
    depth_of_history = reader.depth()
    frame = inside(reader, "one")
    frame.wait_for_function(FITS)
    hosts = {urlsplit(url).netloc for url in reader.requests if url.startswith("http")}
    assert hosts == {own, urlsplit(holder.url).netloc}
    assert reader.page.context.storage_state() == {"cookies": [], "origins": []}

    frame.locator("[data-map]").scroll_into_view_if_needed()
    zoom, depth = frame.get_attribute("[data-map]", "data-zoom"), reader.page.evaluate("scrollY")
    frame.locator("[data-map]").hover()
    reader.page.mouse.wheel(0, 240)
    reader.wait("scrollY > it", depth)
    assert frame.get_attribute("[data-map]", "data-zoom") == zoom
    frame.locator("[data-map]").click(position={"x": 150, "y": 60})
    assert frame.evaluate("document.activeElement.matches('[data-map]')")
    reader.page.keyboard.press("Escape")
    assert frame.evaluate("document.activeElement === document.body")
    assert reader.depth() == depth_of_history
