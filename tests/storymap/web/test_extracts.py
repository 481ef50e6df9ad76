"""Basemap extracts as they are served, and how pages come to ask for them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from places.geo import Camera, LatLng
from storymap.management.site_files import site_files
from storymap.models import Story
from storymap.pages.head import card_words
from storymap.selectors.editions import published_story
from storymap.services.publishing.publish import publish
from storymap.services.publishing.review import make_preview_link
from tests.factories import AROUND_THE_SQUARE, extract_file, make_published_story, make_story_with_streets

pytestmark = pytest.mark.django_db
IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def story() -> Story:
    story = make_story_with_streets()
    publish(story=story, by=None)
    return story


def address(story: Story) -> str:
    return f"/media/{story.extracts.get().file}"


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_it_is_served_compressed_for_ever_and_everywhere(client: Client, story: Story, encoding: str) -> None:
    response = client.get(address(story), headers={"accept-encoding": encoding})
    told = {name: response.get(name, "") for name in ("Content-Type", "Cache-Control", "Content-Encoding")}
    assert told == {"Content-Type": "application/json", "Cache-Control": IMMUTABLE, "Content-Encoding": encoding}
    assert response["Access-Control-Allow-Origin"] == "*" and "sandbox" in response["Content-Security-Policy"]
    assert encoding or response.content == extract_file()
    again = client.get(address(story), headers={"accept-encoding": encoding, "if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(f"/media/{'0' * 32}.json").status_code == 404


def atlas_in(script: str) -> dict[str, Any]:
    found = re.search(r"^kit\.atlas\(map_story, (.*)\);$", script, re.MULTILINE)
    assert found
    return json.loads(found[1])


def script_of(page: str, client: Client) -> str:
    found = re.search(r'src="([^"]*map\.[^"]*\.js)"|src="([^"]*map-script[^"]*)"', page) or re.search(
        r'"([^"]*/map[^"]*\.js)"', page
    )
    assert found, "the page names its map script"
    return client.get(next(filter(None, found.groups()))).content.decode()


@pytest.mark.parametrize("door", ["/stories/a-story/", "/embed/a-story/", "preview"])
def test_the_map_script_names_it_at_every_door(client: Client, story: Story, door: str) -> None:
    path = f"/preview/{make_preview_link(story=story, by=None)[1]}/a-story/" if door == "preview" else door
    named = atlas_in(script_of(client.get(path).content.decode(), client))["extracts"]
    assert named == [{"bounds": list(AROUND_THE_SQUARE), "minZoom": 12, "url": address(story)}]


def test_without_streets_the_script_is_what_it_was(client: Client) -> None:
    make_published_story()
    assert "extracts" not in atlas_in(script_of(client.get("/stories/a-story/").content.decode(), client))


def test_the_preview_shows_streets_before_any_edition(client: Client) -> None:
    story = make_story_with_streets()
    path = f"/preview/{make_preview_link(story=story, by=None)[1]}/a-story/"
    assert atlas_in(script_of(client.get(path).content.decode(), client))["extracts"]
    assert client.get(address(story)).status_code == 200


def test_the_single_file_holds_it(client: Client, story: Story) -> None:
    page = client.get("/stories/a-story/downloads/html").content.decode()
    [named] = atlas_in(page)["extracts"]
    found = re.search(rf'data-resource="{named["url"]}">(.*?)</script>', page, re.DOTALL)
    assert found and json.loads(found[1]) == json.loads(extract_file())


@pytest.mark.slow
def test_the_static_export_has_the_file(story: Story) -> None:
    assert dict(site_files())[address(story)[1:]] == extract_file()


@pytest.mark.parametrize("door", ["/stories/a-story/", "/embed/a-story/", "/stories/a-story/downloads/html"])
def test_whose_streets_they_are_stands_in_the_page_without_javascript(client: Client, door: str) -> None:
    source = "https://example.org/streets"
    story = make_story_with_streets(content=extract_file(date="2013~", source=source, simplified=True))
    publish(story=story, by=None)
    page = client.get(door).content.decode()
    words = "© Street mappers, ODbL-1.0, data of about 2013, simplified"
    assert f'Map: Natural Earth; <a href="{source}" rel="noopener">{words}</a>' in page


def test_a_story_without_streets_credits_nobody_for_them(client: Client) -> None:
    make_published_story()
    assert "ground-credit" not in client.get("/stories/a-story/").content.decode()


def test_an_embed_without_a_map_credits_nobody_for_streets(client: Client, story: Story) -> None:
    assert "ground-credit" not in client.get("/embed/a-story/?map=none").content.decode()


def test_a_source_that_is_no_address_is_no_link(client: Client) -> None:
    story = make_story_with_streets(content=extract_file(source="javascript:alert(1)", attribution="<b>Me"))
    publish(story=story, by=None)
    page = client.get("/stories/a-story/").content.decode()
    assert "javascript:alert" not in page and "; &lt;b&gt;Me, ODbL-1.0" in page


def test_a_card_credits_the_streets_that_it_shows() -> None:
    story = make_story_with_streets(content=extract_file(min_zoom=11))
    publish(story=story, by=None)
    document = published_story("a-story", "en").document
    assert card_words(document, "beginning").foot == "Map: Natural Earth, © Street mappers"
    near = replace(document.chapters[0], camera=Camera(center=LatLng(-12.05, -77.03), zoom=16))
    assert card_words(replace(document, chapters=(near,)), "beginning").foot == "© Street mappers"
    wide = replace(document.chapters[0], camera=Camera(center=LatLng(-12.05, -77.03), zoom=9))
    cities = "Map: Natural Earth, GeoNames (CC BY 4.0)"
    assert card_words(replace(document, chapters=(wide,)), "beginning").foot == cities
    away = replace(document.chapters[0], camera=Camera(center=LatLng(-12.05, -76.03), zoom=12))
    assert card_words(replace(document, chapters=(away,)), "beginning").foot == "Map: Natural Earth"


def test_the_data_name_the_streets(client: Client, story: Story) -> None:
    [named] = client.get("/api/stories/a-story/").json()["extracts"]
    assert named == {
        "slug": "centre",
        "url": f"http://testserver{address(story)}",
        "bbox": list(AROUND_THE_SQUARE),
        "min_zoom": 12,
        "attribution": "© Street mappers",
        "licence": "ODbL-1.0",
        "source": None,
        "date": "2013",
        "simplified": False,
    }
