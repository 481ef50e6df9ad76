"""A browser that dies while somebody types, and the next one."""

from __future__ import annotations

import os
import signal

from playwright.sync_api import Browser, Page

from tests.chromium import started
from tests.golden.editor import Editor


def mortal(chromium: Browser) -> Browser:
    """A browser of its own that may be killed."""
    return started(chromium.browser_type)


def kill(browser: Browser) -> None:
    """As the system does when memory is short: nothing is said to the page."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    os.kill(next(process["id"] for process in processes if process["type"] == "browser"), signal.SIGKILL)


def write_at_the_end(page: Page, text: str, *, delay: float = 0) -> None:
    """Of the narration, key after key; milliseconds between them."""
    narration = page.locator("#id_narration")
    narration.focus()
    narration.press("Control+End")
    page.keyboard.type(text, delay=delay)


def take_back(editor: Editor, form: str) -> str:
    """The narration as it is after one click in the form that is opened anew."""
    editor.begin(form)
    stored = editor.page.input_value("#id_narration")
    editor.page.locator(".autosave-offer ins").last.wait_for()  # what is offered is shown
    editor.press("Take it")
    editor.page.wait_for_function("was => document.querySelector('#id_narration').value !== was", arg=stored)
    return editor.page.input_value("#id_narration")
