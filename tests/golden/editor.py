"""An editor at a real browser, whose clicks, keystrokes and page loads are counted as the browser sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from mimetypes import guess_type

from playwright.sync_api import FilePayload, Locator, Page, Request

WATCH = """
for (const [what, kind] of [["pointerdown", "clicks"], ["keydown", "keystrokes"]])
  addEventListener(what, (event) => event.isTrusted && window.counted(kind), true);
"""
FOCUSED = """(({ labels, textContent }) => (labels?.[0]?.textContent.replace(/:\\s*$/, '') ?? textContent).trim())
  (document.activeElement)"""
MOST_TABS = 120


@dataclass
class Tally:
    clicks: int = 0
    keystrokes: int = 0
    loads: int = 0
    server: float = field(default=0)  # milliseconds the server took for pages, forms and searches


class Editor:
    """Does everything by keyboard where `mouse` is False."""

    def __init__(self, page: Page, url: str, *, mouse: bool = True) -> None:
        self.page, self.url, self.mouse = page, url, mouse
        self.tally = Tally()
        page.expose_binding("counted", lambda _source, kind: self._count(kind))
        page.add_init_script(WATCH)
        page.on("domcontentloaded", lambda _page: self._count("loads"))
        page.on("requestfinished", self._time)

    def _count(self, kind: str) -> None:
        setattr(self.tally, kind, getattr(self.tally, kind) + 1)

    def _time(self, request: Request) -> None:
        if request.resource_type in ("document", "fetch"):
            self.tally.server += max(0, request.timing["responseStart"] - request.timing["requestStart"])

    def sign_in(self, name: str, password: str) -> None:
        """The login page does not count: it is where the path begins."""
        self.begin("/admin/")
        self.page.wait_for_selector("[name=username]:focus")
        self.type(name, then="Tab")
        self.type(password, then="Enter")
        self.page.wait_for_selector("#user-tools")

    def begin(self, path: str) -> None:
        """Where a path begins; nothing before it counts."""
        self.page.goto(self.url + path)
        self.tally = Tally()

    def type(self, text: str, *, then: str = "") -> None:
        self.page.keyboard.type(text)
        if then:
            self.page.keyboard.press(then)

    def press(self, name: str) -> None:
        """A button or a link."""
        target = (
            self.page.get_by_role("button", name=name, exact=True)
            .or_(self.page.get_by_role("link", name=name, exact=True))
            .first
        )
        if self.mouse:
            target.click()
        else:
            self.tab_to(name)
            self.page.keyboard.press("Enter")

    def tick(self, label: str) -> None:
        if self.mouse:
            self.page.get_by_label(label).click()
        else:
            self.tab_to(label)
            self.page.keyboard.press("Space")

    def go_to(self, label: str) -> None:
        """A field of a form."""
        if self.mouse:
            self.page.get_by_label(label, exact=False).first.click()
        else:
            self.tab_to(label)

    def tab_to(self, name: str) -> None:
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUSED) == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to “{name}”")

    def tab_until(self, name: str, text: str) -> None:
        """Along the form to the field of that label, and type."""
        self.tab_to(name)
        self.type(text)

    def choose_file(self, label: str, name: str, content: bytes) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.go_to(label)
            if not self.mouse:
                self.page.keyboard.press("Enter")
        kind = guess_type(name)[0] or "application/octet-stream"
        chooser.value.set_files(FilePayload(name=name, mimeType=kind, buffer=content))

    def sees(self, text: str) -> Locator:
        found = self.page.get_by_text(text).first
        found.wait_for()
        return found
