"""What the head of a page tells networks and search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import html

from storymap.models import Story
from storymap.services.publishing.publish import publish
from tests.factories import chapter_entry, event_entry, make_published_story, place_entry
from tests.security.hostile import TEXTS

SITE = "http://testserver"
TERMS = json.loads((Path(__file__).parents[2] / "files" / "schema_org.json").read_text("utf-8"))
DATE = re.compile(r"-?\d{4,}(-\d\d){0,2}")  # ISO 8601 knows years and months too
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
VALUES = {
    "Text": lambda value: isinstance(value, str) and value != "",
    "URL": lambda value: isinstance(value, str) and re.match(r"https?://", value),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "Date": lambda value: DATE.fullmatch(value),
    "DateTime": lambda value: MOMENT.fullmatch(value),
}
pytestmark = pytest.mark.django_db


def head(client: Client, path: str) -> Any:
    return html.fromstring(client.get(path).content).find("head")


def told(client: Client, path: str) -> dict[str, Any]:
    (text,) = head(client, path).xpath("script[@type='application/ld+json']/text()")
    return json.loads(text)


def wrong(value: dict[str, Any]) -> Iterator[str]:
    """Everything that the vocabulary does not allow, in the object and in what it holds. An object with nothing but an
    address is that of something told elsewhere (JSON-LD 1.1, 3.3)."""
    if set(value) == {"@id"}:
        return
    kinds = list(kinds_of(value["@type"]))
    for name, there in value.items():
        if name.startswith("@"):
            continue
        term = TERMS["properties"].get(name, {"on": [], "takes": []})
        if not {*term["on"]} & {*kinds}:
            yield f"{value['@type']} has no {name}"
        for one in there if isinstance(there, list) else [there]:
            if isinstance(one, dict):
                yield from wrong(one)
                taken = {*kinds_of(one.get("@type", term["takes"][0]))}
                yield from [] if taken & {*term["takes"]} else [f"{name} takes no {one['@type']}"]
            elif not any(VALUES[kind](one) for kind in term["takes"] if kind in VALUES):
                yield f"{name} takes no {one!r}"


def kinds_of(name: str) -> Iterator[str]:
    while name:
        yield name
        name = TERMS["types"][name]


@pytest.mark.parametrize(
    "path", ["/stories/lima-1996-97/", "/ja/stories/lima-1996-97/", "/es/stories/lima-1996-97/echoes/"]
)
def test_linked_data_says_what_schema_org_knows(client: Client, lima: Story, path: str) -> None:
    data = told(client, path)
    assert data["@context"] == "https://schema.org" and data["@type"] == "Article"
    assert list(wrong(data)) == []
    named = json.dumps(data)
    for kind in ("Event", "Place", "GeoCoordinates", "CreativeWork"):
        assert f'"@type": "{kind}"' in named


@pytest.mark.parametrize(
    ("date", "dates"),
    [
        ("1996-12-17", {"startDate": "1996-12-17"}),
        ("1996-12", {"startDate": "1996-12"}),
        ("1915-24", {"startDate": "1915"}),
        ("185X", {"startDate": "1850", "endDate": "1859"}),
        ("[..1849-12-31]", {"endDate": "1849-12-31"}),
        ("-0043-03-15", {"startDate": "-0043-03-15"}),
    ],
)
def test_linked_data_is_no_more_exact_than_the_date(client: Client, date: str, dates: dict[str, str]) -> None:
    make_published_story(events=(event_entry(date=date),))
    (about,) = told(client, "/stories/a-story/beginning/")["about"]
    assert {name: value for name, value in about.items() if name.endswith("Date")} == dates


def test_linked_data_is_no_more_exact_than_the_place(client: Client) -> None:
    place = place_entry(lat=-12.04318, lng=-77.02824, radius=10_000)
    make_published_story(places=(place,))
    (about,) = told(client, "/stories/a-story/beginning/")["about"]
    geo = about["location"]["geo"]
    assert (geo["latitude"], geo["longitude"]) == (-12.0, -77.0)


def test_the_vocabulary_would_find_a_mistake() -> None:
    assert list(wrong({"@type": "Article", "geo": "here", "datePublished": "today"})) == [
        "Article has no geo", "geo takes no 'here'", "datePublished takes no 'today'",
    ]  # fmt: skip


def test_a_correction_is_dated_apart_from_the_first_edition(client: Client) -> None:
    story = make_published_story()
    first = told(client, "/stories/a-story/")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        publish(story=story, by=None, note="Correction.")
        second = told(client, "/stories/a-story/")
    assert second["datePublished"] == first["datePublished"] == first["dateModified"] < second["dateModified"]
    assert (first["version"], second["version"]) == (1, 2)


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_text(client: Client, name: str) -> None:
    title = " ".join(TEXTS[name].split())[:110]
    make_published_story(title={"en": title}, chapters=(chapter_entry(title={"en": title}),))
    for path in ("/stories/a-story/", "/stories/a-story/beginning/"):
        assert told(client, path)["headline"] == title
        assert title in head(client, path).xpath("meta[@property='og:title']/@content")[0]
        scripts = head(client, path).xpath("script[not(@type='application/ld+json')]")
        assert scripts == []


def test_networks_get_the_card_of_the_page_and_its_own_address(client: Client) -> None:
    make_published_story()
    for path in ("/stories/a-story/", "/stories/a-story/beginning/"):
        said = {meta.get("property"): meta.get("content") for meta in head(client, path).xpath("meta[@property]")}
        assert (said["og:url"], said["og:site_name"]) == (SITE + path, "Storymap")
        card = client.get(said["og:image"].removeprefix(SITE))
        assert (card.status_code, card["Content-Type"]) == (200, "image/png")
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    (canonical,) = head(client, "/stories/a-story/beginning/").xpath("link[@rel='canonical']/@href")
    assert canonical == f"{SITE}/stories/a-story/"


def test_every_language_is_named_and_one_for_everybody_else(client: Client) -> None:
    make_published_story(title={"en": "A story", "es": "Una historia"}, languages=("en", "es"))
    links = head(client, "/es/stories/a-story/").xpath("link[@hreflang]")
    assert {link.get("hreflang"): link.get("href").removeprefix(SITE) for link in links} == {
        "en": "/stories/a-story/", "es": "/es/stories/a-story/", "x-default": "/stories/a-story/",
    }  # fmt: skip
