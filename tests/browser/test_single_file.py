"""A story that was saved as one file is read from the disk, and asks nobody for anything."""

from __future__ import annotations

import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESKTOP
from tests.browser.reader import PATIENCE
from tests.conftest import Site


def test_the_file_is_read_without_a_request(site: Site, chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "lima.html"
    with urllib.request.urlopen(f"{site.url}/stories/lima-1996-97/downloads/html") as answer:
        file.write_bytes(answer.read())
    assert file.stat().st_size < 3_100_000
    context = chromium.new_context(**DESKTOP)
    page, asked, noise = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(f"file://{file}")
    expect(page.locator("html[data-ready]")).to_be_attached(timeout=PATIENCE)
    expect(page.locator("[data-map] .leaflet-marker-icon").first).to_be_attached()
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.locator("article[aria-current=step]")).to_have_attribute("data-chapter", "hundreds-held")
    assert page.url.endswith("lima.html#chapter-hundreds-held")
    page.go_back()
    expect(page.locator("article[aria-current=step]")).to_have_attribute("data-chapter", "reception")
    page.goto(f"file://{file}#raid-begins")
    expect(page.locator("article[aria-current=step]")).to_have_attribute("data-chapter", "fifteen-twenty-three")
    page.evaluate("document.querySelectorAll('.who details').forEach((details) => (details.open = true))")
    for link, target in (
        ("footer a[href='#who-is-who']", "who-is-who"),
        (".who a[href='#stair-photograph']", "stair-photograph"),
    ):
        page.locator(link).first.click()
        expect(page.locator(f"#{target} :is(h2, h3)").first).to_be_in_viewport()
    assert noise == []
    assert {url for url in asked if not url.startswith("data:")} == {f"file://{file}"}
    context.close()
