"""A reader in front of the page: goes somewhere, and waits until everything that says where they are agrees."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, TimeoutError as NotInTime

from storymap.maps.picture import bounds_of
from storymap.maps.scene import ROOM
from storymap.stage import WHOLE, Frame

LIMA = Path(__file__).parents[2] / "storymap" / "stories" / "lima-1996-97"
TELLING = json.loads((LIMA / "story.json").read_text("utf-8"))
STAGES = {stage["slug"]: stage["file"]["en"] for stage in json.loads((LIMA / "stages.json").read_text("utf-8"))}
CHAPTERS = [chapter["slug"] for chapter in TELLING["chapters"]]


def camera_of(part: dict[str, Any], chapter: dict[str, Any]) -> Any:
    """Of a chapter or of one of its moments; None where it has none of its own."""
    if "stage" not in chapter:
        return part.get("camera")
    if part is not chapter and "frame" not in part:
        return None
    frame = Frame(**part["frame"]) if "frame" in part else WHOLE
    with Image.open(LIMA / "media" / STAGES[chapter["stage"]]) as picture:
        return {"bounds": asdict(bounds_of(picture.size, frame))}


def extent_of_all() -> dict[str, Any]:
    """Of all places of the story, which the cover shows: from Tokyo over the Pacific to the east of Europe."""
    places = json.loads((LIMA / "places.json").read_text("utf-8"))
    lats, lngs = [one["lat"] for one in places], [one["lng"] for one in places]
    east, west = max(lng for lng in lngs if lng < 90), min(lng for lng in lngs if lng > 90) - 360
    high, wide = (max(lats) - min(lats)) * ROOM, (east - west) * ROOM
    return {"bounds": {"south": min(lats) - high, "north": max(lats) + high, "west": west - wide, "east": east + wide}}


CAMERAS = {chapter["slug"]: camera_of(chapter, chapter) for chapter in TELLING["chapters"]} | {"": extent_of_all()}
MOMENT_CAMERAS = {
    moment["event"]: camera_of(moment, chapter) for chapter in TELLING["chapters"] for moment in chapter["moments"]
}
STORY = "/stories/lima-1996-97/"
PATIENCE = 60_000  # milliseconds; how busy the machine is says nothing about the page

# What Chromium remarks about haste, and about the autofocus that only readers without JavaScript need.
REMARKS = ("was preloaded using link preload but not used within", "Autofocus processing was blocked")

HERE = (Path(__file__).parent / "here.js").read_text("utf-8")
WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")


def passage(event: str) -> str:
    """Selects the paragraph of the narration that links to an event."""
    return f".narration :is(p, li):has(a[href='#{event}'])"


class Reader:
    """`noise` is everything the browser complained about: console, errors, policy violations, failed requests."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.noise: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        page.on("console", lambda message: self._heard(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.noise.append(f"uncaught: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def _heard(self, line: str) -> None:
        if not any(remark in line for remark in REMARKS):
            self.noise.append(line)

    def open(self, path: str = STORY) -> Reader:
        self.page.goto(self.site + path, wait_until="commit")
        return self.ready()

    def ready(self) -> Reader:
        """Until the page stays as it is: the map, the height of every chapter, the marks of the timeline."""
        self.page.wait_for_selector("html[data-ready][data-settled]", state="attached")
        return self

    def find(self, selector: str) -> Any:
        return self.page.locator(selector)

    def wait(self, condition: str, argument: Any = None) -> None:
        """Until a JavaScript expression holds; `it` in it is the argument.

        Between two pages there is for a moment a document with nothing in it: there, no expression holds.
        """
        self.page.wait_for_function(f"(it) => document.body && ({condition})", arg=argument)

    def at(self, chapter: str, moment: str | None = None, *, language: str = "", camera: bool = True) -> None:
        """Waits until the page, the address, the timeline and the map agree that this is what is being read."""
        view = MOMENT_CAMERAS.get(moment or "") or CAMERAS.get(chapter)
        place = {
            "slug": chapter,
            "number": CHAPTERS.index(chapter) + 1 if chapter else 1,
            "of": len(CHAPTERS),
            "moment": moment,
            "base": language + STORY,
            "camera": view if camera else None,
        }
        try:
            self.wait(f"!({HERE})(it).length", place)
        except NotInTime:
            raise AssertionError(f"at {chapter}#{moment}: {self.page.evaluate(HERE, place)}") from None

    def current(self) -> str:
        return self.page.evaluate("document.querySelector('article[aria-current=step]')?.dataset.chapter")

    def depth(self) -> int:
        return self.page.evaluate("history.length")

    def scroll_to(self, selector: str, *, at: float = 0.3) -> None:
        """Puts the element's top at that part of the window's height, at once, as a hand on the scroll bar does."""
        self.page.evaluate(
            "([selector, at]) => scrollBy({top: document.querySelector(selector).getBoundingClientRect().top"
            " - at * innerHeight, behavior: 'instant'})",
            [selector, at],
        )

    def unfold(self, *events: str) -> None:
        """Opens every list of events, and these events in it, without going there."""
        self.page.evaluate("document.querySelectorAll('[data-events]').forEach((list) => (list.open = true))")
        self.wait("!document.querySelector('.moment:not(:has(h3 button))')")
        for event in events:
            self.find(f"[id='{event}'] h3 button[aria-expanded=false]").dispatch_event("click")

    def passed(self) -> list[str]:
        """The chapters that have become current since this was asked last, in order."""
        return self.page.evaluate("() => storyWatch.currents.splice(0)")

    def viewed(self) -> list[str]:
        """What the map was sent to since this was asked last, in order."""
        return self.page.evaluate("() => storyWatch.views.splice(0)")

    def stored(self) -> int:
        kept = self.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")
        return int(kept) + len(self.page.context.cookies())

    def overflow(self) -> int:
        """Pixels by which the page can be scrolled sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
