"""The exported files, served by a web server that knows nothing of stories, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import STILL, Readers
from tests.conftest import Site

ONE_SMALL_STORY = """
from storymap.models import Story
from storymap.services.publishing.publish import withdraw
from tests.factories import chapter_entry, make_published_story
withdraw(story=Story.objects.get(), by=None)
end = chapter_entry("end", title={"en": "The end"}, moments=())
make_published_story("walk", chapters=(chapter_entry(), end))
"""


class Plain(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def exported(prepared: Path, tmp_path: Path) -> Iterator[str]:
    site = Site(shutil.copytree(prepared, tmp_path / "data"))
    site.manage("shell", "--no-imports", "--command", ONE_SMALL_STORY)
    site.manage("export_site", str(tmp_path / "site"))
    handler = partial(Plain, directory=tmp_path / "site")
    with ThreadingHTTPServer(("127.0.0.1", site.port), handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield site.url
        server.shutdown()


def test_exported_stories_are_followed_and_embedded(reader_of: Readers, exported: str) -> None:
    reader = reader_of(exported, **STILL).open("/stories/walk/")
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("ArrowRight")
    expect(reader.page).to_have_url(f"{exported}/stories/walk/end/")
    reader.page.reload()
    reader.ready()
    assert reader.current() == "end"
    reader.page.goto(f"{exported}/embed/walk/beginning/")
    reader.page.wait_for_selector("html[data-ready]", state="attached")
    assert reader.find(".atlas canvas").count() > 0 and reader.find(".pin").count() == 1
    assert {request.split("/")[2] for request in reader.requests} == {exported.split("/")[2]}
