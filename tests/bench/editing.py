"""What a first story costs an editor: clicks, keystrokes, page loads, and the server's time."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.bench.figures import Table
from tests.conftest import Site
from tests.golden.editor import Editor
from tests.golden.first_story import NAME, first_story


def measure(browser: Browser, site: Site, table: Table) -> None:
    """On a site with a publisher and the geocoder of the first story."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    editor = Editor(context.new_page(), site.url)
    first_story(editor, f"Measured by {NAME}")
    table.add("a first story of three chapters: clicks", editor.tally.clicks, "", 30)
    table.add("  page loads", editor.tally.loads, "", 4)
    table.add("  keystrokes", editor.tally.keystrokes, "")
    table.add("  server", editor.tally.server, "ms", 3000)
    context.close()
