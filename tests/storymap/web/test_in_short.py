"""Key moments: what the cover offers beside the whole story."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from storymap.models import Story
from storymap.services.publishing.publish import publish
from storymap.services.stories.copies import copy_story
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import MomentEntry, from_json, to_json
from tests.factories import chapter_entry, event_entry, make_story

pytestmark = pytest.mark.django_db
EVENTS = (
    event_entry(),
    event_entry("speech", title={"en": "A speech"}, summary={"en": "He speaks. They listen."}, date="1996-12-18"),
    event_entry("vote", title={"en": "A vote"}, status="disputed", attributed_to={"en": "a clerk"}),
)
FIRST = chapter_entry(moments=(MomentEntry(event="meeting"), MomentEntry(event="speech", is_key=True)))
LAST = chapter_entry("end", moments=(MomentEntry(event="vote", is_key=True),), narration={"en": "word " * 1_000})


@pytest.fixture
def story() -> Story:
    return make_story(events=EVENTS, chapters=(FIRST, LAST))


def cover() -> str:
    page = Client().get("/stories/a-story/").content.decode()
    return page.partition("data-cover")[2].partition("</header>")[0]


def test_the_cover_tells_the_key_moments_with_their_dates_and_leads_to_them(story: Story) -> None:
    publish(story=story, by=None)
    lines = re.findall(r"<li>.*?</li>", cover().partition("data-in-short")[2], re.DOTALL)
    said = [" ".join(re.sub(r"<[^>]*>", " ", line).split()) for line in lines[:2]]
    assert said == [
        "18 December 1996 A speech He speaks. They listen.",
        "17 December 1996 A vote They meet. Disputed, according to a clerk",
    ]
    assert ['href="#speech"' in lines[0], 'href="#vote"' in lines[1]] == [True, True]


def test_the_cover_says_how_long_both_take_to_read(story: Story) -> None:
    publish(story=story, by=None)
    assert "In short, 1 minute<" in cover() and "The whole story, 5 minutes<" in cover()


def test_a_story_without_key_moments_is_not_offered_in_short() -> None:
    publish(story=make_story(), by=None)
    assert "In short" not in cover() and "The whole story, 1 minute<" in cover()


def test_a_copy_has_the_same_key_moments_and_a_file_names_no_others(story: Story) -> None:
    file = story_file_of(story)
    assert from_json(to_json(file)) == file and to_json(file).count(b"is_key") == 2
    assert story_file_of(copy_story(story=story, by=None)).chapters == file.chapters
