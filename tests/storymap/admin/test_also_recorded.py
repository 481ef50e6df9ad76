"""What no chapter tells and readers may see all the same: chosen event by event, on the page of its story."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from places.models import Event
from storymap.models import Story
from storymap.services.history.trash import move_to_trash
from storymap.services.history.versions import story_at
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import save_story_file
from tests.admin_forms import opened
from tests.factories import event_entry, make_user, story_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """Its record has two events that it neither tells nor lists."""
    save_story_file(file=story_file(events=(event_entry(), event_entry("aside"), event_entry("gap"))), media={})
    return save_story_file(file=story_file(), media={}).story


def listed(story: Story) -> set[str]:
    return set(story.also_recorded.values_list("slug", flat=True))


def test_an_author_lists_events_and_the_history_and_the_next_edition_have_them(client: Client, story: Story) -> None:
    assert listed(story) == set()
    client.force_login(make_user("ana", "author"))
    page = reverse("admin:storymap_story_change", args=[story.pk])
    keys = [str(Event.objects.get(slug=slug).pk) for slug in ("aside", "gap")]
    response = client.post(page, {**opened(client, page), "also_recorded": keys})
    assert response.status_code == 302
    assert listed(story) == {"aside", "gap"}
    kept = story_at(story, Story.objects.get().version)
    assert kept and {event.slug for event in kept.events} == {"meeting", "aside", "gap"}
    publish(story=story, by=None)
    assert client.get("/stories/a-story/also-in-the-record/").status_code == 200


def test_lists_that_two_people_have_changed_are_asked_about_or_put_together(client: Client, story: Story) -> None:
    """One adds to the list while another changes the title: both stay."""
    client.force_login(make_user("ana", "author"))
    page = reverse("admin:storymap_story_change", args=[story.pk])
    mine = opened(client, page)
    other = Client()
    other.force_login(make_user("ben", "author"))
    aside = str(Event.objects.get(slug="aside").pk)
    assert other.post(page, {**opened(other, page), "also_recorded": [aside]}).status_code == 302
    assert client.post(page, {**mine, "title": "Another title"}).status_code == 302
    assert listed(story) == {"aside"} and str(Story.objects.get()) == "Another title"


def test_an_event_that_is_deleted_leaves_the_list_and_the_history_says_so(story: Story) -> None:
    event = Event.objects.get(slug="aside")
    story.also_recorded.add(event)
    before = Story.objects.get().version
    move_to_trash(event, by=None)
    assert listed(story) == set() and Story.objects.get().version == before + 1
