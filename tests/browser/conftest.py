"""Readers for the browser tests: each in a context of its own, and each must have found the browser silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.reader import PATIENCE, Reader
from tests.conftest import Site

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
STILL = {"reduced_motion": "reduce"}

expect.set_options(timeout=PATIENCE)

Readers = Callable[..., Reader]


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
