"""Readers and editors for the browser tests, each in a context of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.holder import Holder
from tests.browser.reader import PATIENCE, Reader
from tests.conftest import PASSWORD, Site

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
STILL = {"reduced_motion": "reduce"}

expect.set_options(timeout=PATIENCE)

Readers = Callable[..., Reader]
Desks = Callable[..., Page]


@pytest.fixture
def reader_of(chromium: Browser, site: Site) -> Iterator[Readers]:
    """`reader_of(**context options)`: a reader with an empty page. At the end each browser must have been silent."""
    contexts: list[BrowserContext] = []
    readers: list[Reader] = []

    def reader(site: str = site.url, quiet: bool = True, **options: Any) -> Reader:
        context = chromium.new_context(**{**DESKTOP, **options})
        contexts.append(context)
        new = Reader(context.new_page(), site)
        if quiet:
            readers.append(new)
        return new

    yield reader
    noise = [line for reader in readers for line in reader.noise]
    for context in contexts:
        context.close()
    assert noise == []


def sign_in(page: Page, site: Site, name: str) -> Page:
    """By the form. One of EDITORS."""
    page.goto(f"{site.url}/admin/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("#user-tools")).to_be_visible()
    return page


def signed_in(context: BrowserContext, site: Site, name: str) -> Page:
    """A page of that editor, who used the form once for all tests: the password takes its time to check."""
    if cookies := site.signed_in.get(name):
        context.add_cookies(cookies)
        return context.new_page()
    page = sign_in(context.new_page(), site, name)
    site.signed_in[name] = context.cookies()
    return page


@pytest.fixture(scope="module")
def desk_of(chromium: Browser) -> Iterator[Desks]:
    """`desk_of(site, name, **context options)`: a page in which that editor has signed in."""
    contexts: list[BrowserContext] = []

    def desk(site: Site, name: str, **options: Any) -> Page:
        contexts.append(chromium.new_context(**{**DESKTOP, **options}))
        return signed_in(contexts[-1], site, name)

    yield desk
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def holder() -> Iterator[Holder]:
    made = Holder()
    yield made
    made.server.shutdown()
    made.server.server_close()
