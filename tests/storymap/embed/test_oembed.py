"""An address that is pasted becomes an embed, in every system's own way; what is not to be seen becomes nothing."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from lxml import etree, html
from micawber import Provider, ProviderRegistry
from pyoembed import oEmbed
from wagtail.embeds.finders.oembed import OEmbedFinder

from storymap.pages.embed_codes import wagtail_provider
from storymap.services.publishing.publish import publish
from storymap.services.stories.slugs import rename_story
from tests.conftest import Site
from tests.factories import chapter_entry, event_entry, make_published_story
from tests.security import stages
from tests.security.hostile import TEXTS
from tests.storymap.embed.clients import (
    drupal_accepts,
    drupal_takes,
    ghost_accepts,
    ghost_takes,
    wordpress_discovers,
    wordpress_keeps,
)

SITE = "http://testserver"
STORY = f"{SITE}/stories/a-story/"
EMBED = f"{SITE}/embed/a-story/"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def ask(client: Client, url: str, **query: Any) -> HttpResponse:
    return client.get("/oembed", {"url": url, **query})


def told(client: Client, url: str, **query: Any) -> dict[str, Any]:
    response = ask(client, url, **query)
    assert response.status_code == 200, (url, response.content)
    return json.loads(response.content)


def source(told: dict[str, Any]) -> str:
    return str(html.fromstring(told["html"]).get("src"))


def test_a_story_is_told_as_the_standard_wants_it(client: Client) -> None:
    make_published_story(byline={"en": "Ana"})
    response = ask(client, STORY)
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*" and not response.cookies
    answer = json.loads(response.content)
    assert (answer["version"], answer["type"], answer["title"], answer["author_name"]) == (
        "1.0",
        "rich",
        "A story",
        "Ana",
    )
    assert (answer["provider_name"], answer["provider_url"]) == ("Storymap", SITE)
    assert (answer["width"], answer["height"], answer["cache_age"]) == (640, 640, 3600)
    picture = client.get(urlsplit(answer["thumbnail_url"]).path)
    assert (picture["Content-Type"], answer["thumbnail_width"], answer["thumbnail_height"]) == ("image/png", 1200, 630)
    again = client.get("/oembed", {"url": STORY}, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_xml_says_the_same(client: Client) -> None:
    make_published_story(title={"en": '<b> & "quotes"'})
    response = ask(client, STORY, format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8" and b"<!DOCTYPE" not in response.content
    fields = {field.tag: field.text for field in etree.fromstring(response.content)}
    assert fields == {name: str(value) for name, value in told(client, STORY).items()}


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        (STORY, EMBED),
        (STORY.removesuffix("/"), EMBED),
        ("https://www.testserver/stories/a-story/?utm_source=x&fbclid=1", EMBED),
        (f"{STORY}editions/", EMBED),
        (f"{STORY}share/?chapter=beginning", EMBED),
        (f"{STORY}beginning/", f"{EMBED}beginning/"),
        (f"{STORY}former/", f"{EMBED}beginning/"),
        (f"{STORY}beginning/#meeting", f"{EMBED}beginning/?start=meeting"),
        (f"{STORY}#beginning", f"{EMBED}?start=beginning"),
        (f"{STORY}#nothing-there", EMBED),
        (f"  {STORY}  ", EMBED),
        (f"{SITE}/es/stories/a-story/", f"{SITE}/es/embed/a-story/"),
        (EMBED, EMBED),
        (f"{EMBED}?theme=dark&map=left&edition=1&x=1#?secret=abc", f"{EMBED}?theme=dark&map=left&edition=1"),
        (f"{EMBED}?lang=es", f"{SITE}/es/embed/a-story/"),
        (f"{EMBED}?theme=pink&start=meeting", f"{EMBED}?start=meeting"),
        (f"{EMBED}?chapters=beginning..beginning", f"{EMBED}?chapters=beginning..beginning"),
    ],
)
def test_what_people_paste_is_understood(client: Client, pasted: str, shown: str) -> None:
    chapter = chapter_entry(old_slugs=("former",))
    make_published_story(chapters=(chapter,), title={"en": "A story", "es": "Una historia"}, languages=("en", "es"))
    src = source(told(client, pasted))
    assert src == shown
    assert client.get(src.removeprefix(SITE)).status_code == 200


def test_a_renamed_story_is_found_by_its_former_address(client: Client) -> None:
    rename_story(story=make_published_story(), slug="another")
    assert source(told(client, STORY)) == f"{SITE}/embed/another/"


REFUSED = (
    *("http://testserver@evil.example/stories/a-story/", "http://evil.example/stories/a-story/"),
    *("http://user:pass@testserver/stories/a-story/", "http://testserver:8080/stories/a-story/"),
    *("http://testserver.evil.example/stories/a-story/", "//testserver/stories/a-story/", "/stories/a-story/"),
    *(
        "http://testserver\\@evil.example/stories/a-story/",
        "http://testserver/stories/a story/",
        "ftp://testserver/x",
    ),
    *("javascript:alert(1)", "http://[::1/stories/", "http://testserver/stories/nothing/", "http://testserver/"),
    *("http://testserver/admin/", "http://testserver/stories/a-story/nothing/", "http://testserver/%00/", "x" * 3000),
    *("http://testserver/stories/a-story/%2e%2e/", "http://testserver:80/stories/a-story/"),
)


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_none_of_ours_is_nothing(client: Client, url: str) -> None:
    make_published_story()
    assert ask(client, url).status_code == 404


def test_whatever_is_not_to_be_seen_has_one_answer(client: Client) -> None:
    stories = stages.one_of_each()
    unknown = ask(client, f"{SITE}/stories/unknown/")
    assert unknown.status_code == 404
    for state in ("draft", "scheduled", "withdrawn"):
        for path in ("stories", "embed"):
            answer = ask(client, f"{SITE}/{path}/{stories[state].slug}/")
            assert (answer.status_code, answer.content) == (404, unknown.content), state
    for state in ("published", "edited"):
        assert ask(client, f"{SITE}/stories/{stories[state].slug}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": ""}, 400),
        ({"url": STORY, "maxwidth": "wide"}, 400),
        ({"url": STORY, "maxheight": "-1"}, 400),
        ({"url": STORY, "maxheight": "0"}, 400),
        ({"url": STORY, "maxwidth": "9" * 5000}, 400),
        ({"url": STORY, "format": "yaml"}, 501),
    ],
)
def test_what_is_wrong_is_said(client: Client, query: dict[str, str], status: int) -> None:
    make_published_story()
    response = client.get("/oembed", query)
    assert response.status_code == status and len(response.content) > 10


def test_the_frame_is_no_larger_than_asked_for(client: Client) -> None:
    """Nor wider than the column of a phone, where a system puts it in as it is; the numbers say what is usual."""
    make_published_story()
    for asked, got in (((300, 200), (300, 200)), ((5000, 5000), (1200, 1000)), ((None, None), (640, 640))):
        query = {name: size for name, size in zip(("maxwidth", "maxheight"), asked, strict=True) if size}
        answer = told(client, STORY, **query)
        frame = html.fromstring(answer["html"])
        assert (answer["width"], answer["height"]) == got
        assert (frame.get("width"), frame.get("height")) == ("100%", str(got[1]))
        widest = {None: "", 300: ";max-width:300px", 5000: ";max-width:1200px"}[asked[0]]
        assert frame.get("style") == f"border:0;display:block{widest}"


@pytest.mark.parametrize("name", TEXTS)
def test_every_system_takes_every_title(client: Client, name: str) -> None:
    """WordPress, Ghost and Drupal, from the page to what they put into the article, for a story and its chapter."""
    title = " ".join(TEXTS[name].split())[:150]
    make_published_story(title={"en": title}, chapters=(chapter_entry(title={"en": title}),), byline={"en": title})
    for path in ("/stories/a-story/", "/stories/a-story/beginning/", "/stories/a-story/editions/"):
        page = client.get(path).content.decode()
        assert page.encode().find(b"xml+oembed") < 16_384
        links = wordpress_discovers(page)
        assert [*links] == ["application/json+oembed", "text/xml+oembed", "application/xml+oembed"]
        answer = json.loads(client.get(links["application/json+oembed"].removeprefix(SITE)).content)
        frame = html.fromstring(wordpress_keeps(answer["html"]))
        assert frame.get("src").startswith(EMBED) and title in frame.get("title") and title in answer["title"]
        assert ghost_accepts(json.loads(client.get(ghost_takes(page).removeprefix(SITE)).content))
        as_json, as_xml = (client.get(link.removeprefix(SITE)).content for link in drupal_takes(page))
        assert drupal_accepts(json.loads(as_json)) and title in (etree.fromstring(as_xml).findtext("title") or "")


def test_clients_of_others_show_a_story(site: Site) -> None:
    """Wagtail with the setting that we publish, micawber, and pyoembed by discovery alone; over a socket."""
    address = f"{site.url}/stories/lima-1996-97/"
    with override_settings(STORYMAP_SITE_URL=site.url):
        finder = OEmbedFinder(providers=[wagtail_provider()])
    assert finder.accept(address)
    registry = ProviderRegistry()
    registry.register(rf"{site.url}/stories/.*", Provider(f"{site.url}/oembed"))
    answers = [finder.find_embed(address, max_width=500), registry.request(address, maxwidth=500), oEmbed(address)]
    for answer in answers:
        assert answer["title"] == "Lima, 126 days: the hostage crisis of 1996–97"
        assert source(answer) == f"{site.url}/embed/lima-1996-97/"
    assert [answer["width"] for answer in answers] == [500, 500, 640]


def test_a_correction_is_another_answer(client: Client) -> None:
    story = make_published_story(events=(event_entry(),))
    before = ask(client, STORY)["ETag"]
    story.set_current_language("en")
    story.title = "Corrected"
    story.save()
    publish(story=story, by=None)
    assert ask(client, STORY)["ETag"] != before and told(client, STORY)["title"] == "Corrected"
