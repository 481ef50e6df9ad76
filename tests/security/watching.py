"""What a page in the browser complains about."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

_LISTEN = """
globalThis.violated = [];
addEventListener("securitypolicyviolation", event => violated.push(event.effectiveDirective));
"""


@dataclass
class Watched:
    """Errors on the console and in scripts, and every address that was asked for."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def violations(self, page: Page) -> list[str]:
        """The directives that the present document has run against."""
        return page.evaluate("globalThis.violated ?? ['not watched']")


def watched(page: Page) -> Watched:
    """Watch the page from its next document on."""
    seen = Watched()
    page.add_init_script(_LISTEN)
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("request", lambda request: seen.requests.append(request.url))
    return seen
