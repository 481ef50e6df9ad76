"""What axe finds, in every language, scheme and screen; and what is left when the system chooses the colours."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations, violations_in_both_schemes
from tests.browser.conftest import DESKTOP, PHONE, STILL, Readers
from tests.browser.reader import STORY
from tests.extent import LARGE

SCREENS = {"desktop": DESKTOP, "phone": PHONE}
PREFIX = {"en": "", "es": "/es", "ja": "/ja"}
# The language decides the words and the letters, the screen where they stand; no rule of axe asks for both at once.
SEEN = list(product(PREFIX, SCREENS)) if LARGE else [("en", "desktop"), ("es", "phone"), ("ja", "phone")]
PAINTED = [
    (".pin path", "fill"),
    (".pin b", "color"),
    (".moment .node", "color"),
    (".moment[data-dot]::after", "border-top-color"),
    (".mark use", "color"),
    (".mark b", "border-top-color"),
    (".scale .axis", "stroke"),
    (".map-label", "color"),
    (".precision", "stroke"),
    (".cursor", "fill"),
    (".line.now", "stroke"),
]
OPEN = "() => document.querySelectorAll('details').forEach((details) => (details.open = true))"


@pytest.mark.parametrize(("language", "screen"), SEEN)
def test_axe_finds_nothing_on_the_lists(reader_of: Readers, language: str, screen: str) -> None:
    reader = reader_of(**SCREENS[screen], **STILL)
    for path in ("/", f"{STORY}editions/", f"{STORY}people/", "/about/data/"):
        reader.page.goto(reader.site + PREFIX[language] + path)
        reader.page.evaluate(OPEN)
        assert violations_in_both_schemes(reader.page) == [], path


@pytest.mark.parametrize(("language", "screen"), SEEN)
def test_axe_finds_nothing_in_the_story(reader_of: Readers, language: str, screen: str) -> None:
    reader = reader_of(**SCREENS[screen], **STILL)
    reader.open(f"{PREFIX[language]}{STORY}the-dead/").at("the-dead", language=PREFIX[language])
    assert violations(reader.page, ".stage") == [], "in San Isidro; the text follows, with everything open"
    reader.page.evaluate(OPEN)
    reader.find("[data-contents] a[data-go=asylum]").dispatch_event("click")
    reader.at("asylum", language=PREFIX[language])
    reader.page.evaluate(OPEN)
    assert violations_in_both_schemes(reader.page) == [], "abroad, everything open"


def test_pins_and_shapes_can_be_seen_in_the_colours_of_the_system(reader_of: Readers) -> None:
    reader = reader_of(**STILL, forced_colors="active").open(f"{STORY}the-dead/")
    reader.at("the-dead")
    for selector, _ in PAINTED:  # names on the map come when the page has nothing better to do
        expect(reader.find(selector.partition("::")[0]).first).to_be_attached()
    paper = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    painted = reader.page.evaluate(
        """(parts) => parts.map(([selector, property]) => {
          const [element, pseudo] = selector.split("::");
          return [selector, getComputedStyle(document.querySelector(element), pseudo && `::${pseudo}`)[property]];
        })""",
        PAINTED,
    )
    painted = dict(painted)
    digits = painted.pop(".pin b")
    assert digits != painted[".pin path"], "a pin's digits on the pin"
    assert [part for part, colour in painted.items() if colour in (paper, "none", "rgba(0, 0, 0, 0)")] == []
