"""Links of an embed: inside the text they move text and map; outside they open a window, or show their address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.conftest import STILL, Readers
from tests.browser.holder import Holder
from tests.browser.reader import Reader
from tests.conftest import Site

MAY_OPEN = {
    "": True,
    "allow-scripts allow-popups": True,
    "allow-scripts": False,
    "allow-scripts allow-same-origin": False,
}


def embed_in(sandbox: str, reader: Reader, holder: Holder, site: Site) -> Frame:
    box = f' sandbox="{sandbox}"' if sandbox else ""
    src = f"{site.url}/embed/lima-1996-97/"
    page = holder.page("/links", f'<iframe id="one" title="Map" width="600" height="3000" src="{src}"{box}></iframe>')
    reader.page.goto(page)
    frame = reader.page.wait_for_selector("#one").content_frame()
    assert frame
    frame.wait_for_selector("html[data-ready]", state="attached")
    return frame


@pytest.mark.parametrize("sandbox", MAY_OPEN)
def test_links_lead_within_the_frame_or_out_of_it(reader_of: Readers, holder: Holder, site: Site, sandbox: str) -> None:
    """A link in the narration takes text, map and focus to its event. The title and a source open a window that holds
    nobody; where no window may be opened, the address is there as text, chosen to be copied."""
    reader = reader_of(quiet=False, **STILL)
    frame = embed_in(sandbox, reader, holder, site)
    frame.locator(".narration a[href$='#wall-breached']").click()
    expect(frame.locator("#wall-breached.here")).to_be_visible()
    expect(frame.locator("#wall-breached h3")).to_be_focused()
    expect(frame.locator("[data-moment-words]")).to_contain_text(frame.locator("#wall-breached h3").inner_text())

    title, address = frame.locator(".embed-title a"), f"{site.url}/stories/lima-1996-97/"
    if not MAY_OPEN[sandbox]:
        title.click()
        field = frame.get_by_label("No other page can be opened from here.")
        expect(field).to_have_value(address)
        expect(field).to_be_focused()
        assert field.evaluate("(field) => [field.selectionStart, field.selectionEnd]") == [0, len(address)]
        frame.locator("#wall-breached .sources summary").click()
        source = frame.locator("#wall-breached .sources a").first
        source.click()
        expect(field).to_have_value(source.evaluate("(link) => link.href"))
    for _first_and_later in range(2 * MAY_OPEN[sandbox]):
        with reader.page.context.expect_page() as opened:
            title.click()
        opened.value.wait_for_url(address)
        if not sandbox:  # in a sandbox the window is in it too, and can lead nobody
            assert opened.value.evaluate("window.opener") is None
    assert len(reader.page.context.pages) == 1 + 2 * MAY_OPEN[sandbox]
    assert frame.url == f"{site.url}/embed/lima-1996-97/"
