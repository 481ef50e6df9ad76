"""A whole visit: the browser has nothing to complain of, nobody else is asked for anything, nothing is stored."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS, STORY


@pytest.mark.parametrize(
    ("screen", "chapters"),
    [({}, CHAPTERS[::2]), (PHONE, CHAPTERS[1::2])],  # each chapter on one of both
    ids=["desktop", "phone"],
)
def test_a_whole_visit_is_silent_private_and_leaves_nothing(
    reader_of: Readers, screen: dict, chapters: list[str]
) -> None:
    reader = reader_of(**screen, **STILL)
    reader.page.goto(f"{reader.site}/")
    reader.find(".story-card a").click()
    reader.ready().at("")
    for chapter in chapters:
        reader.scroll_to(f"#chapter-{chapter} .narration")
        reader.at(chapter, camera=False)
    for link in reader.find(".narration a[href^='#']").all()[:3]:
        link.click()
    for summary in reader.find(".event-card .sources summary").all():
        summary.click()
    reader.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    reader.at("")
    reader.find("[data-key] summary").click()
    reader.find("[data-key] input").first.uncheck()
    reader.find("[data-language-link][lang=ja]").first.click()
    reader.wait("document.documentElement.lang === 'ja'")
    reader.ready().at("", language="/ja")
    reader.page.goto(f"{reader.site}{STORY}editions/")
    own = urlsplit(reader.site).netloc
    assert [url for url in reader.requests if urlsplit(url).netloc != own and not url.startswith("data:")] == []
    assert len(reader.requests) > 10
    assert reader.stored() == 0
    assert reader.noise == []


def test_the_watch_on_the_policy_is_awake(reader_of: Readers) -> None:
    reader = reader_of(quiet=False).open()
    with reader.page.expect_console_message(lambda message: "forbidden: img-src" in message.text):
        reader.page.evaluate("document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }))")
