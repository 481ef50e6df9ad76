"""The reading page in a real browser: weight, readiness against the reference, layout shift, steps."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page

from tests.bench.figures import Table
from tests.bench.reference import Reference

STORY = "/stories/lima-1996-97/"
EMBED = "/embed/lima-1996-97/demands/"
VISITS = 5
TURNS = 31  # of two pages that are compared: with eleven the ratio of one evening was anything from 1.14 to 1.33
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1_474_560 / 8, "uploadThroughput": 691_200 / 8}
WATCH = """
window.__shift = 0; window.__long = [];
// when the map that is ready has been painted: asking from outside would be late by up to half a second
new MutationObserver((_, watch) => {
  if (document.documentElement?.dataset.ready === undefined) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.__ready = performance.now(); }));
}).observe(document, {attributes: true, subtree: true, attributeFilter: ["data-ready"]});
new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) window.__shift += e.value; }))
  .observe({type: "layout-shift", buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => window.__long.push(e.duration)))
  .observe({type: "longtask", buffered: true});
"""
STEP = """async () => {
  const current = () => location.pathname; // of the cover and of the first chapter, the same chapter is current
  const before = current(), began = performance.now();
  document.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
  while (current() === before && performance.now() - began < 5000) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""


@dataclass
class Load:
    requests: int
    kilobytes: float
    hosts: set[str]
    ready: float  # seconds
    page: Page


def load(browser: Browser, url: str, *, cpu: float = 1, slow: bool = False, phone: bool = False) -> Load:
    """One cold load until the map is usable and the network is quiet."""
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 800}
    context = browser.new_context(viewport=size)
    page = context.new_page()
    session = context.new_cdp_session(page)
    seen = _count(session)
    if cpu > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.__ready", timeout=90_000)
    ready = page.evaluate("window.__ready") / 1000
    page.wait_for_load_state("networkidle")
    pictures = {key for key, kind in seen["kinds"].items() if kind == "Image"}
    weight = sum(size for key, size in seen["bytes"].items() if key not in pictures)
    return Load(len(seen["bytes"].keys() - pictures), weight / 1000, seen["hosts"], ready, page)


def _count(session: CDPSession) -> dict:
    seen: dict = {"bytes": {}, "kinds": {}, "hosts": set()}
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def answered(event: dict) -> None:
        seen["kinds"][event["requestId"]] = event["type"]
        if event["response"]["url"].startswith("http"):
            seen["hosts"].add(event["response"]["url"].split("/")[2])

    def finished(event: dict) -> None:
        if seen["kinds"].get(event["requestId"]):
            seen["bytes"][event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    return seen


def measure(browser: Browser, site: str, html: str, table: Table) -> None:
    first = load(browser, site + STORY)
    table.add("cold visit without illustrations", first.kilobytes, "KB", 130)
    table.add("  requests", first.requests, "", 14)
    table.add("  hosts", len(first.hosts), "", 1)
    table.add("layout shift, desktop", first.page.evaluate("window.__shift"), "", 0.02)
    first.page.context.close()
    phone = load(browser, site + STORY, phone=True)
    table.add("layout shift, phone", phone.page.evaluate("window.__shift"), "", 0.02)
    phone.page.context.close()
    with Reference(html) as reference:
        for name, limit, options in (("at 4x CPU", 1.3, {"cpu": 4}), ("on slow 4G", 0.6, {"slow": True})):
            ours, bare = _ready(browser, (site + STORY, reference), **options)
            table.add(f"map usable {name}", ours, "s")
            table.add("  of the reference", bare, "s")
            table.add("  ratio", ours / bare, "x", limit)
    _steps(browser, site + STORY, table)


def measure_embed(browser: Browser, site: str, table: Table) -> None:
    """One chapter as articles embed it: what it weighs, and how soon its map is there."""
    loads = [load(browser, site + EMBED) for _ in range(VISITS)]
    table.add("embed of a chapter without illustrations", loads[0].kilobytes, "KB", 130)
    table.add("  hosts", len(loads[0].hosts), "", 1)
    table.add("  map and narration", statistics.median(one.ready for one in loads), "s", 3)
    for one in loads:
        one.page.context.close()


def _ready(browser: Browser, urls: tuple[str, str], **options: object) -> list[float]:
    """Medians of seconds, one for each page. The pages take turns: what the machine does meanwhile meets them alike."""
    times: dict[str, list[float]] = {url: [] for url in urls}
    for _ in range(TURNS):
        for url in urls:
            loaded = load(browser, url, **options)  # type: ignore[arg-type]
            times[url].append(loaded.ready)
            loaded.page.context.close()
    return [statistics.median(taken) for taken in times.values()]


def _steps(browser: Browser, url: str, table: Table, *, limit: float = 100) -> None:
    """Medians over visits that begin to step as soon as the page is ready: one visit may meet a busy machine."""
    visits = [_visit(browser, url) for _ in range(VISITS)]
    table.add(
        "next → text at 4x CPU, median", statistics.median(time for times, _ in visits for time in times), "ms", limit
    )
    table.add("  longest", statistics.median(max(times) for times, _ in visits), "ms")
    table.add("longest task while stepping", statistics.median(longest for _, longest in visits), "ms", 200)


def _visit(browser: Browser, url: str) -> tuple[list[float], float]:
    """Milliseconds of every step through the story, and of the longest task meanwhile."""
    page = load(browser, url, cpu=4).page
    page.evaluate("window.__long = []")
    chapters = page.locator("article[data-chapter]").count()
    times = [page.evaluate(STEP) for _ in range(min(chapters - 1, 40))]
    longest = max(page.evaluate("window.__long"), default=0)
    page.context.close()
    return times, longest
