"""Who else is here: at the same record, or anywhere in the same story."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from places.models import Place
from storymap.models import Chapter, Presence, Story
from storymap.services.stories.presence import arrive, leave
from tests.factories import chapter_entry, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story(chapters=(chapter_entry(), chapter_entry("middle", moments=())))


def names(found: list[Presence]) -> list[tuple[str, str]]:
    return sorted((presence.user.username, presence.content_type.model) for presence in found)


def test_everybody_at_a_story_or_one_of_its_chapters_is_seen(story: Story) -> None:
    ana, bea = make_user("ana", "author"), make_user("bea", "author")
    first, second = Chapter.objects.order_by("position")
    assert arrive(user=ana, row=first) == []
    assert names(arrive(user=bea, row=second)) == [("ana", "chapter")]
    assert names(arrive(user=bea, row=story)) == [("ana", "chapter")]
    assert names(arrive(user=ana, row=first)) == [("bea", "chapter"), ("bea", "story")]


def test_who_is_at_another_story_or_record_is_not_seen(story: Story) -> None:
    ana, bea = make_user("ana", "author"), make_user("bea", "author")
    arrive(user=ana, row=story)
    assert arrive(user=bea, row=make_story("other")) == []
    assert arrive(user=bea, row=Place.objects.get()) == []


def test_who_leaves_or_falls_silent_for_a_minute_is_gone(story: Story) -> None:
    ana, bea, cem = (make_user(name, "author") for name in ("ana", "bea", "cem"))
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        arrive(user=ana, row=story)
        arrive(user=bea, row=story)
        leave(user=bea, row=story)
        assert names(arrive(user=cem, row=story)) == [("ana", "story")]
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        assert arrive(user=cem, row=story) == []
    assert [presence.user for presence in Presence.objects.all()] == [cem]


def test_coming_again_renews_one_row(story: Story) -> None:
    ana = make_user("ana", "author")
    for _again in range(3):
        arrive(user=ana, row=story)
    assert Presence.objects.count() == 1
