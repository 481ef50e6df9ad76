"""What a browser would send: the fields of a page's forms, read from its markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client


def filled(markup: str) -> dict[str, Any]:
    """Name and value of every field, but for buttons, files and the templates of further rows. A list of choices has
    as many values as are chosen; none of them, and a browser does not send it."""
    reader = _Fields()
    reader.feed(markup)
    return {name: text for name, text in reader.found.items() if "__prefix__" not in name}


def opened(client: Client, url: str) -> dict[str, Any]:
    """The page's form as it is shown now."""
    response = client.get(url)
    assert response.status_code == 200, url
    return filled(response.content.decode())


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self.text: str | None = None
        self.choice: str | None = None
        self.many = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        name = at.get("name") or ""
        if tag == "input" and name and at.get("type") not in ("submit", "file"):
            box = at.get("type") in ("checkbox", "radio")
            if not box or "checked" in at:
                self.found[name] = at.get("value") or ("on" if box else "")
        elif tag == "textarea":
            self.text = name
            self.found[name] = ""
        elif tag == "select":
            self.choice = name
            if "multiple" not in at:
                self.found.setdefault(name, "")
            self.many = "multiple" in at
        elif tag == "option" and self.choice and "selected" in at:
            value = at.get("value") or ""
            self.found[self.choice] = [*self.found.get(self.choice, []), value] if self.many else value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self.found[self.text] = self.found[self.text].removeprefix("\n")  # markup's own line end
            self.text = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.found[self.text] += data
