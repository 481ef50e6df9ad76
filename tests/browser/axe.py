"""What axe finds on a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
RUN = """([part, rules]) => axe.run(part, { resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}) })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)))"""

# links fade to their colour
STILL = """document.getAnimations().filter(({ effect }) => isFinite(effect.getComputedTiming().endTime))
  .forEach((fading) => fading.finish())"""


def violations(page: Page, part: str = "html", *rules: str) -> list[str]:
    """In that part of the page, by these rules or by all that axe has."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    page.evaluate(STILL)
    return page.evaluate(RUN, [part, rules])


def violations_in_both_schemes(page: Page, part: str = "html") -> list[str]:
    """By all rules, and in the other scheme by the one that colours can break."""
    page.emulate_media(color_scheme="light")
    found = violations(page, part)
    page.emulate_media(color_scheme="dark")
    return found + violations(page, part, "color-contrast")
