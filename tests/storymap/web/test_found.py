"""How the site is found: sitemap, feed, robots.txt, security.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from lxml import etree

from storymap.models import Story
from storymap.services.publishing.publish import publish, withdraw
from tests.factories import make_published_story, make_story
from tests.security.hostile import TEXTS

SITE = "http://testserver"
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
    "a": "http://www.w3.org/2005/Atom",
}
pytestmark = pytest.mark.django_db


def found(client: Client, path: str, query: str) -> list[Any]:
    return etree.fromstring(client.get(path).content).xpath(query, namespaces=SPACES)


@pytest.fixture
def story() -> Story:
    return make_published_story(title={"en": "A story", "es": "Una historia"}, languages=("en", "es"))


def test_the_sitemap_lists_each_text_of_each_story_with_the_others(client: Client, story: Story) -> None:
    make_story("draft")
    pages = found(client, "/sitemap.xml", "//s:loc/text()")
    assert [page.removeprefix(SITE) for page in pages] == [
        *("/", "/es/", "/ja/", "/stories/a-story/", "/es/stories/a-story/")
    ]
    links = found(client, "/sitemap.xml", "//s:url[s:loc='http://testserver/es/stories/a-story/']/x:link")
    assert [(link.get("hreflang"), link.get("href").removeprefix(SITE)) for link in links] == [
        *(("en", "/stories/a-story/"), ("es", "/es/stories/a-story/"), ("x-default", "/stories/a-story/"))
    ]


def test_each_story_has_its_picture_in_the_sitemap(client: Client, story: Story) -> None:
    for address in found(client, "/sitemap.xml", "//i:loc/text()"):
        picture = client.get(address.removeprefix(SITE))
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")


def test_every_edition_is_an_entry_with_its_note(client: Client, story: Story) -> None:
    publish(story=story, by=None, note="Correction: it was a Tuesday.")
    entries = found(client, "/feed.atom", "//a:entry")
    told = [(e.findtext("a:title", namespaces=SPACES), e.findtext("a:summary", namespaces=SPACES)) for e in entries]
    assert told == [
        ("A story (edition 2)", "Correction: it was a Tuesday."),
        ("A story", "What it is about."),
    ]
    for needed in ("a:id", "a:updated", "a:title"):
        assert found(client, "/feed.atom", f"count(/a:feed/{needed})") == 1.0
        assert found(client, "/feed.atom", f"count(/a:feed/a:entry/{needed})") == 2.0
    assert found(client, "/feed.atom", "//a:entry/a:id/text()") == [
        *("tag:testserver,2026:en/a-story/2", "tag:testserver,2026:en/a-story/1")
    ]
    assert found(client, "/es/feed.atom", "//a:entry/a:title/text()")[-1] == "Una historia"
    assert found(client, "/ja/feed.atom", "//a:entry/a:title/text()")[-1] == "A story"


def test_what_is_withdrawn_or_awaited_is_in_neither(client: Client, story: Story) -> None:
    awaited = make_story("awaited")
    publish(story=awaited, by=None, at=datetime.now(UTC) + timedelta(days=1))
    withdraw(story=story, by=None)
    for path in ("/sitemap.xml", "/feed.atom"):
        text = client.get(path).content.decode()
        assert "a-story" not in text and "awaited" not in text
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        assert "awaited" in client.get("/feed.atom").content.decode()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_text_is_text(client: Client, text: str) -> None:
    said = " ".join(text.split())[:150]
    make_published_story(title={"en": said})
    assert found(client, "/feed.atom", "//a:entry/a:title/text()") == [said]
    assert etree.fromstring(client.get("/sitemap.xml").content) is not None


def test_who_has_it_is_told_so(client: Client, story: Story) -> None:
    for path in ("/sitemap.xml", "/feed.atom"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_robots_are_kept_from_the_workshop_and_shown_the_map(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"User-agent: *", "Disallow: /admin/", "Disallow: /es/admin/", f"Sitemap: {SITE}/sitemap.xml"} <= {*lines}


def test_whoever_has_found_a_weakness_is_told_whom_to_tell(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    with (
        override_settings(STORYMAP_SECURITY_CONTACT="mailto:safe@example.org"),
        time_machine.travel("2026-11-27T10:00:00Z"),
    ):
        lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert lines[:2] == ["Contact: mailto:safe@example.org", "Expires: 2027-05-26T00:00:00Z"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_readers_of_feeds_find_it_on_the_first_page(client: Client, language: str) -> None:
    path = "/" if language == "en" else f"/{language}/"
    assert f'type="application/atom+xml" href="{path}feed.atom"' in client.get(path).content.decode()
