"""`make bench`: measured figures next to their limits. Everything on loopback, in one run."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from storymap.formats import archive  # noqa: E402
from storymap.formats.load import _folder  # noqa: E402
from storymap.maps.map_script import script_of  # noqa: E402
from storymap.maps.scene import scene_of  # noqa: E402
from storymap.pages.addresses import map_urls, public  # noqa: E402
from storymap.story.document import from_json  # noqa: E402
from storymap.story.localizing import localize  # noqa: E402
from storymap.story.storyfile import to_json  # noqa: E402
from tests.bench import editing, long, many, page, server  # noqa: E402
from tests.bench.figures import Table  # noqa: E402
from tests.chromium import started  # noqa: E402
from tests.conftest import LIMA  # noqa: E402
from tests.golden.first_story import Answers  # noqa: E402
from tests.golden.workshop import FURNISH, opened  # noqa: E402


@contextmanager
def bare_view(body: bytes, folder: Path) -> Iterator[str]:
    """The reference view under the same gunicorn as the site."""
    file = folder / "body.br"
    file.write_bytes(body)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "gunicorn"), "--worker-class", "gthread", "--threads", "8"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "tests.bench.bare"],
        cwd=ROOT,
        env={**os.environ, "BARE_BODY": str(file)},
    )
    address = f"http://127.0.0.1:{port}{page.STORY}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address)
            except OSError:
                time.sleep(0.1)
            else:
                break
        yield address
    finally:
        process.terminate()
        process.wait(20)


def fetched(url: str, encoding: str) -> tuple[bytes, str]:
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": encoding})) as answer:
        return answer.read(), answer.headers["ETag"]


def scene(table: Table) -> None:
    """Drawing the Lima scene with folium, without the first call's imports."""
    story, _media = archive.story_in(dict(_folder(LIMA)))
    document = from_json(to_json(localize(story, "en", {})))
    drawn = scene_of(document)
    urls = map_urls(public(document, "0" * 64), drawn)
    script_of(drawn, urls)
    times = []
    for _ in range(20):
        began = time.perf_counter()
        script_of(drawn, urls)
        times.append((time.perf_counter() - began) * 1000)
    table.add("drawing the scene with folium", sorted(times)[10], "ms", 5)


def main() -> None:
    table = Table()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        asked = Answers()
        site = opened(Path(folder), asked)
        site.manage("serve", "--prepare")
        site.manage("shell", "-c", FURNISH)
        site.start()
        try:
            story = site.url + page.STORY
            packed, etag = fetched(story, "br")
            html = gzip.decompress(fetched(story, "gzip")[0]).decode()
            with bare_view(packed, Path(folder)) as bare:  # before there is a browser, which is never wholly still
                server.measure(story, bare, etag, table)
            server.measure_oembed(site.url, page.STORY, table)
            scene(table)
            browser = started(playwright.chromium)
            page.measure(browser, site.url, html, table)
            page.measure_embed(browser, site.url, table)
            editing.measure(browser, site, asked, table)
            many.measure(site, table)
            long.measure(browser, site, table)
            browser.close()
        finally:
            site.stop()
    if table.over:
        sys.exit(f"\nOver the limit: {', '.join(table.over)}")


if __name__ == "__main__":
    main()
