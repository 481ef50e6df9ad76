"""Pictures on the reading page: the lightest format a browser reads, and JPEG for everybody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from storymap.models import Story
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.storyfile import IllustrationEntry
from tests.factories import chapter_entry, photograph, story_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]


def illustrated(content: bytes) -> Story:
    words = {"alt": {"en": "A view"}, "credit": "Ana", "licence": "CC0-1.0"}
    entry = IllustrationEntry(slug="view", file={"en": "view"}, **words)
    file = story_file(chapters=(chapter_entry(illustration="view"),), illustrations=(entry,))
    return save_story_file(file=file, media={"view": content}).story


def figure(client: Client) -> str:
    page = client.get("/stories/a-story/").content.decode()
    return page.split('<figure class="illustration">')[1].split("</figure>")[0]


def test_a_photograph_is_offered_as_avif_then_webp_then_jpeg_and_all_of_them_answer(client: Client) -> None:
    publish(story=illustrated(photograph(1000, 700)), by=None)
    shown = figure(client)
    assert re.findall(r'type="([^"]+)"', shown) == ["image/avif", "image/webp"]
    assert re.search(r'<img src="/media/[0-9a-f]{32}-960x672\.jpg" width="960" height="672"[^>]* alt="A view">', shown)
    kinds = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
    addresses = re.findall(r"/media/[\w-]+\.(\w+)", shown)
    assert set(addresses) == set(kinds)
    for match in re.finditer(r"/media/[\w-]+\.(\w+)", shown):
        response = client.get(match[0])
        assert (response.status_code, response["Content-Type"]) == (200, kinds[match[1]])
    assert re.search(r"-480x336\.avif 480w, /media/\S+-1000x700\.avif 1000w", shown)


def test_a_drawing_and_a_picture_from_before_there_were_copies_are_one_image(client: Client) -> None:
    story = illustrated(photograph(1000, 700))
    (row,) = story.chapters.get().illustration.translations.all()
    row.files = [file for file in row.files if file["name"].endswith(".webp")]  # as they used to be stored
    row.save()
    publish(story=story, by=None)
    shown = figure(client)
    assert "<picture" not in shown and "<source" not in shown
    assert re.search(r'<img src="/media/\S+-480x336\.webp" srcset="[^"]+ 480w, \S+-1000x700\.webp 1000w"', shown)
