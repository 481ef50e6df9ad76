"""`make picture`: the picture of the reading page that the README shows, taken from the running project."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.chromium import started  # noqa: E402
from tests.conftest import Site  # noqa: E402

TARGET = ROOT / ".ci" / "reading.webp"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.manage("serve", "--prepare")
        site.start()
        try:
            browser = started(playwright.chromium)
            page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
            page.goto(f"{site.url}/stories/lima-1996-97/asylum/")
            page.wait_for_selector("html[data-ready]", state="attached")
            page.wait_for_selector("[data-map][data-zoom] .pin, [data-map] .leaflet-marker-icon", state="attached")
            page.wait_for_load_state("networkidle")
            shot = page.screenshot()
            browser.close()
        finally:
            site.stop()
    Image.open(io.BytesIO(shot)).save(TARGET, "WEBP", quality=85, method=6)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size // 1024} KB")  # noqa: T201


if __name__ == "__main__":
    main()
