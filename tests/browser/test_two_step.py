"""Two-step sign-in and comments as people use them: on a phone, by keyboard, without scripts."""

from __future__ import annotations

import hashlib
import hmac
import struct
import time
from base64 import b32decode
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.conftest import PASSWORD, Site
from tests.security.watching import Watched, watched

OWNER = "twostep"
TWO_STEP = "/admin/two-step/"


def code_of(secret: str) -> str:
    key = b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def assert_accessible(page: Page) -> None:
    """Nothing that axe finds, and nothing to scroll sideways for."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(**PHONE)
    yield context.new_page()
    context.close()


def give_password(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/admin/login/")
    page.fill("[name=username]", OWNER)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def set_up(page: Page, site: Site, seen: Watched) -> list[str]:
    """The backup codes; each page on the way has been looked at."""
    page.goto(f"{site.url}{TWO_STEP}")
    assert_accessible(page)
    page.get_by_role("button", name="Set up two-step sign-in").click()
    picture = page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100"), "the policy lets the picture in"
    assert seen.violations(page) == []
    assert_accessible(page)
    page.get_by_label("Code").fill(code_of(page.locator(".secret").inner_text()))
    page.get_by_label("Code").press("Enter")
    assert_accessible(page)
    return page.locator(".codes code").all_inner_texts()


def test_set_up_sign_in_and_switch_off_on_a_phone(page: Page, chromium: Browser, site: Site) -> None:
    """All of it by keyboard and touch; the other browser has no scripts at all."""
    seen = watched(page)
    give_password(page, site)
    codes = set_up(page, site, seen)
    context = chromium.new_context(**PHONE, java_script_enabled=False)
    plain = context.new_page()
    give_password(plain, site)
    expect(plain.get_by_role("heading", name="Two-step sign-in")).to_be_visible()
    plain.get_by_label("Code").press_sequentially(codes[0])
    plain.get_by_label("Code").press("Enter")
    expect(plain.locator("#user-tools")).to_be_visible()
    context.close()
    page.goto(f"{site.url}{TWO_STEP}")
    assert_accessible(page)
    page.get_by_label("Code").fill(codes[1])
    page.get_by_role("button", name="Switch two-step sign-in off").click()
    expect(page.get_by_text("Two-step sign-in is off.")).to_be_visible()


def test_the_page_that_asks_for_the_code_is_accessible(page: Page, site: Site) -> None:
    """Also with its error."""
    seen = watched(page)
    give_password(page, site)
    codes = set_up(page, site, seen)
    page.context.clear_cookies()
    give_password(page, site)
    assert_accessible(page)
    page.get_by_label("Code").fill("abcd-efgh")
    page.get_by_label("Code").press("Enter")
    expect(page.get_by_text("This code is not right")).to_be_visible()
    assert_accessible(page)
    site.manage("reset_second_step", OWNER)
    assert len(codes) == 10


def test_a_comment_is_made_and_resolved_by_keyboard(page: Page, site: Site) -> None:
    """Markup in it is text; the axe rules hold for the section."""
    seen = watched(page)
    give_password(page, site)
    page.goto(f"{site.url}/admin/storymap/chapter/1/change/")
    page.get_by_label("New comment").fill("Is <img src=x onerror=alert(1)> so?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = page.locator("#comments article").last
    expect(said).to_contain_text("Is <img src=x onerror=alert(1)> so?")
    said.get_by_role("button", name="Resolve the comment").press("Enter")
    expect(page.locator("#comments article").last).to_contain_text("Resolved by twostep")
    assert violations(page, "#comments") == []
    assert [line for line in seen.errors if "inline style" not in line] == []  # axe tries one
