"""Basemap extracts as they are served, and how pages come to ask for them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from storymap.management.site_files import site_files
from storymap.models import Story
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
