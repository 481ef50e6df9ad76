"""What a page fetches besides itself: derived addresses that may be cached for ever, and stored files."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from storymap import assets
from storymap.models import EditionDocument, Story
from storymap.services.publishing.publish import publish, withdraw
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_story
from tests.factories import make_published_story, make_story, story_file

pytestmark = pytest.mark.django_db
IMMUTABLE = "public, max-age=31536000, immutable"
KINDS = {
    "map-script": "text/javascript; charset=utf-8",
    "places": "application/geo+json",
    "story-picture": "image/webp",
    "chapter-picture": "image/webp",
    "story-card": "image/png",
    "chapter-card": "image/png",
    "atlas-extract": "application/json",
}


@pytest.fixture
def story() -> Story:
    return make_published_story(title={"en": "A story", "es": "Una historia"})


def address(story: Story, name: str, language: str = "en", number: int = 1) -> str:
    row = EditionDocument.objects.get(edition__story=story, edition__number=number, language=language)
    between = {"chapter-picture": ["beginning"], "chapter-card": ["beginning"], "atlas-extract": [0]}.get(name, [])
    path = reverse(name, args=[story.slug, *between, row.digest[:16] + assets.release()])
    return path if language == "en" else f"/{language}{path}"


@pytest.mark.parametrize("name", KINDS)
def test_what_an_edition_derives_may_be_kept_for_ever(client: Client, story: Story, name: str) -> None:
    response = client.get(address(story, name))
    assert response.status_code == 200
    assert response["Content-Type"] == KINDS[name]
    assert response["Cache-Control"] == IMMUTABLE
    assert response.content


@pytest.mark.parametrize("name", ["map-script", "places", "atlas-extract"])
def test_text_is_tagged_and_packed(client: Client, story: Story, name: str) -> None:
    path = address(story, name)
    packed = client.get(path, headers={"accept-encoding": "br"})
    assert (packed["Content-Encoding"], packed["Vary"]) == ("br", "Accept-Encoding")
    again = client.get(path, headers={"accept-encoding": "br", "if-none-match": packed["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", IMMUTABLE)


@pytest.mark.parametrize("name", KINDS)
def test_an_address_of_no_edition_is_not_found(client: Client, story: Story, name: str) -> None:
    path = address(story, name)
    assert client.get(re.sub(r"[0-9a-f]{24}", "0" * 24, path)).status_code == 404
    assert client.get(f"/es{path}").status_code == 404  # the digest is that of the English document
    other = make_published_story("another")
    assert client.get(path.replace("a-story", other.slug)).status_code == 404


@pytest.mark.parametrize("name", KINDS)
def test_an_older_edition_keeps_its_files_until_it_is_withdrawn(client: Client, story: Story, name: str) -> None:
    path = address(story, name)
    save_story_file(file=story_file(title={"en": "Changed"}), media={})
    publish(story=story, by=None)
    assert client.get(path).status_code == 200
    withdraw(story=story, by=None)
    assert client.get(path).status_code == 404


def test_parts_that_a_story_does_not_have_are_not_found(client: Client, story: Story) -> None:
    assert client.get(address(story, "atlas-extract").replace("atlas.0", "atlas.9")).status_code == 404
    assert client.get(address(story, "chapter-picture").replace("beginning", "nothing")).status_code == 404


def test_a_page_names_addresses_that_answer_in_every_language(client: Client, story: Story) -> None:
    for language in ("en", "es"):
        page = client.get(f"{'' if language == 'en' else '/es'}/stories/a-story/").content.decode()
        named = set(re.findall(r'(?:src|href)="(/[^"]*[0-9a-f]{24}\.(?:js|json|geojson|webp))"', page))
        assert len(named) >= 4
        script = next(path for path in named if path.endswith(".js"))
        inner = re.findall(r'"(/[^"]*[0-9a-f]{24}\.(?:json|geojson))"', client.get(script).content.decode())
        assert inner
        for path in (*named, *inner):
            assert client.get(path).status_code == 200, path


def test_a_page_of_a_renamed_story_names_addresses_that_answer(client: Client, story: Story) -> None:
    rename_story(story=story, slug="the-story")
    page = client.get("/stories/the-story/").content.decode()
    assert "a-story/" not in page
    named = set(re.findall(r'(?:src|href)="(/[^"]*[0-9a-f]{24}\.(?:js|json|geojson|webp))"', page))
    assert named and all(client.get(path).status_code == 200 for path in named)


def test_a_page_opened_before_the_story_was_renamed_finds_its_files(client: Client, story: Story) -> None:
    paths = [address(story, name) for name in KINDS]
    rename_story(story=story, slug="the-story")
    for path in paths:
        response = client.get(path, follow=True)
        assert response.status_code == 200, path


def test_places_are_geojson_of_the_story(client: Client, story: Story) -> None:
    (feature,) = json.loads(client.get(address(story, "places")).content)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-77.03, -12.05]}
    assert feature["properties"]["slug"] == "square"


def test_files_of_a_draft_have_no_address(client: Client) -> None:
    make_story()
    assert client.get(f"/stories/a-story/places.{'0' * 24}.geojson").status_code == 404


@pytest.mark.parametrize("ending", ["webp", "avif", "jpg", "mp3", "m4a", "ogg", "vtt"])
def test_a_stored_file_is_sent_as_what_it_is_and_cannot_act_as_a_page(client: Client, ending: str) -> None:
    name = default_storage.save(f"{'0' * 31}a-10x10.{ending}", ContentFile(b"<script>"))
    response = client.get(f"/media/{name}")
    assert b"".join(response.streaming_content) == b"<script>"  # type: ignore[attr-defined]
    assert (
        response["Content-Type"].split("/")[0] in ("image", "audio", "text") and "html" not in response["Content-Type"]
    )
    assert response["Cache-Control"] == IMMUTABLE
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["", "secret-key", "../settings.py", "a.webp", "0" * 32 + ".html", "0" * 32 + ".webp", "0" * 32 + ".svg"]
)
def test_only_stored_files_of_known_kinds_have_addresses(client: Client, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_files_cost_one_select(client: Client, story: Story, django_assert_num_queries: Any) -> None:
    path = address(story, "places")
    client.get(path)
    with django_assert_num_queries(1):
        client.get(path)
