"""A chapter on a picture at every door: page, embed, preview, single file, static export, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from storymap.management.site_files import site_files
from storymap.models import Story
from storymap.services.publishing.publish import publish
from storymap.services.publishing.review import make_preview_link
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.storyfile import MomentEntry
from tests.factories import photograph, staged_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]


@pytest.fixture
def story() -> Story:
    story = save_story_file(file=staged_file(), media={"plan.jpg": photograph(700, 300)}).story
    publish(story=story, by=None)
    return story


def answer(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode()


def house(page: str) -> str:
    return page.partition('data-chapter="house"')[2].partition("</article>")[0]


def test_every_door_has_the_picture_with_its_words_and_its_moments_by_number(story: Story) -> None:
    token = make_preview_link(story=story, by=None)[1]
    for path in (
        "/stories/a-story/",
        "/embed/a-story/",
        f"/preview/{token}/a-story/",
        "/stories/a-story/downloads/html",
    ):
        chapter = house(answer(path))
        assert 'alt="A plan of the house"' in chapter, path
        key = re.sub(r"<[^>]*>|\s+", " ", chapter.partition("<figcaption")[2].partition("</figcaption>")[0])
        words = re.sub(r"\s+", " ", key)
        assert "The house Ana, CC0-1.0" in words, path
        assert "1 A meeting" in words and "2 The way in" in words, path
        assert 'data-place="house/step"' in chapter, path


def test_a_moment_without_a_spot_has_no_pin_and_no_button() -> None:
    file = staged_file()
    earth, plan = file.chapters
    plan = replace(plan, moments=(plan.moments[0], MomentEntry(event="way")))
    story = save_story_file(file=replace(file, chapters=(earth, plan)), media={"plan.jpg": photograph(700, 300)}).story
    publish(story=story, by=None)
    chapter = house(answer("/stories/a-story/"))
    assert re.findall('class="moment" id="([a-z]+)" data-event="[a-z]+" data-place="([^"]*)"', chapter) == [
        ("step", "house/step"),
        ("way", ""),
    ]
    assert chapter.count('<button type="button" class="place') == 1


def test_the_tiles_that_the_map_asks_for_are_there(story: Story) -> None:
    page = answer("/stories/a-story/")
    script = answer(re.search(r'src="([^"]*/map\.[^"]*js)"', page)[1])  # type: ignore[index]
    tiles = re.search(r'"tiles":"([^"]+)"', script)[1]  # type: ignore[index]
    for name in ("0-0-0", "0-1-0", "1-0-0"):
        response = Client().get(f"{tiles}{name}.webp")
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert "immutable" in response["Cache-Control"]


def test_one_file_holds_the_whole_picture(story: Story) -> None:
    page = answer("/stories/a-story/downloads/html")
    assert '"picture":{"width":700,"height":300,"image":"picture-0"}' in page
    assert re.search(r'data-resource="picture-0">"data:image/webp;base64,', page)
    assert "/media/" not in page


@pytest.mark.slow
def test_a_static_site_has_all_tiles(story: Story) -> None:
    files = {path for path, _body in site_files()}
    assert len([path for path in files if re.fullmatch(r"media/[0-9a-f]{32}-\d-\d-\d\.webp", path)]) == 3
