"""A very long story: 500 chapters, 10,000 events. It must publish, open and step."""

from __future__ import annotations

import random
import time
from pathlib import Path

from playwright.sync_api import Browser

from storymap.story.storyfile import ChapterEntry, MomentEntry, to_json
from tests.bench.figures import Table
from tests.bench.page import STEP, load
from tests.conftest import Site
from tests.factories import chapter_entry, event_entry, place_entry, story_file

CHAPTERS, EVENTS = 500, 20  # of each chapter
PARAGRAPH = "Plain words about what happened here and who says so. " * 12


def write(folder: Path) -> None:
    """The story as a folder of our own format."""
    chance = random.Random(1996)
    places = tuple(
        place_entry(f"place-{n}", name={"en": f"Place {n}"}, lat=chance.uniform(-55, 70), lng=chance.uniform(-179, 179))
        for n in range(CHAPTERS)
    )
    events, chapters = [], []
    for c in range(CHAPTERS):
        told = [f"event-{c}-{n}" for n in range(EVENTS)]
        events += [_event(slug, f"place-{c}", c) for slug in told]
        chapters.append(_chapter(c, told))
    story = story_file("long", chapters=tuple(chapters), events=tuple(events), places=places)
    folder.mkdir()
    (folder / "story.json").write_bytes(to_json(story))


def _event(slug: str, place: str, chapter: int):
    day = f"{1500 + chapter}-{chapter % 12 + 1:02d}-{chapter % 28 + 1:02d}"
    return event_entry(slug, title={"en": f"Event {slug}"}, date=day, place=place)


def _chapter(number: int, told: list[str]) -> ChapterEntry:
    moments = tuple(MomentEntry(event=slug) for slug in told)
    return chapter_entry(
        f"chapter-{number}",
        title={"en": f"Chapter {number}"},
        narration={"en": PARAGRAPH},
        camera=None,
        moments=moments,
    )


def measure(browser: Browser, site: Site, table: Table) -> None:
    folder = site.data / "long"
    write(folder)
    began = time.monotonic()
    site.manage("import_story", str(folder), "--publish")
    table.add("500 chapters, 10,000 events: import and publish", time.monotonic() - began, "s")
    loaded = load(browser, f"{site.url}/stories/long/")
    table.add("  page over the wire", loaded.kilobytes, "KB")
    table.add("  map usable", loaded.ready, "s")
    loaded.page.evaluate(STEP)
    steps = sorted(loaded.page.evaluate(STEP) for _ in range(10))
    table.add("  next → text", steps[5], "ms")
    loaded.page.context.close()
