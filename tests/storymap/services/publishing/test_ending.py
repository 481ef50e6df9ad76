"""A story that ends by itself answers as if it were withdrawn, everywhere, from that moment on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from storymap.models import Edition, Story
from storymap.selectors.editions import (
    NotPublished,
    edition_of_digest,
    edition_ref,
    moved_story,
    next_change,
    public_editions,
    published_stories,
    published_story,
)
from storymap.services.publishing.checklist import checklist_of
from storymap.services.publishing.publish import ChangedSince, end_at, publish, withdraw
from storymap.services.stories.slugs import rename_story
from storymap.story.from_models import story_file_of
from tests.factories import make_published_story, make_story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 22, 15, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)


def is_seen(slug: str = "a-story") -> bool:
    """Whether any way of reading finds it; all must agree."""
    answers = {bool(published_stories("en"))}
    for read in (lambda: edition_ref(slug, "en"), lambda: published_story(slug, "en"), lambda: public_editions(slug)):
        try:
            answers.add(bool(read()))
        except NotPublished:
            answers.add(False)
    assert len(answers) == 1
    return answers.pop()


def test_it_is_seen_until_its_end_and_not_from_then_on() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        story = make_story()
        publish(story=story, by=None, until=NOW + HOUR)
        digest = edition_ref("a-story", "en").digest[:16]
        rename_story(story=story, slug="renamed")
        clock.move_to(NOW + HOUR - timedelta(microseconds=1))
        assert is_seen("renamed") and moved_story("a-story") == "renamed"
        clock.move_to(NOW + HOUR)
        assert not is_seen("renamed") and moved_story("a-story") is None
        with pytest.raises(NotPublished):
            edition_of_digest("renamed", "en", digest)


def test_an_end_can_be_set_moved_and_taken_back_later() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        story = make_published_story()
        end_at(story=story, by=None, until=NOW + HOUR)
        clock.move_to(NOW + 2 * HOUR)
        assert not is_seen()
        end_at(story=story, by=None, until=NOW + 3 * HOUR)
        assert is_seen() and [e.number for e in public_editions("a-story")] == [1]
        end_at(story=story, by=None, until=None)
        clock.move_to(NOW + 9 * HOUR)
        assert is_seen()


def test_publishing_keeps_an_end_that_lies_ahead_and_forgets_one_that_has_passed() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        story = make_story()
        publish(story=story, by=None, until=NOW + HOUR)
        publish(story=story, by=None)
        assert Story.objects.get().visible_until == NOW + HOUR
        clock.move_to(NOW + 2 * HOUR)
        publish(story=story, by=None)
        assert Story.objects.get().visible_until is None and is_seen()
        publish(story=story, by=None, until=NOW + 3 * HOUR)
        publish(story=story, by=None, until=None)
        assert Story.objects.get().visible_until is None


def test_a_story_cannot_end_before_its_edition_appears() -> None:
    with time_machine.travel(NOW, tick=False):
        story = make_story()
        with pytest.raises(ValueError, match="before the edition"):
            publish(story=story, by=None, at=NOW + 2 * HOUR, until=NOW + HOUR)
        assert not Edition.objects.exists() and Story.objects.get().visible_until is None


def test_what_will_change_is_known() -> None:
    """The nearest of: a scheduled edition, the story's end; not what is withdrawn, overtaken, or after the end."""
    with time_machine.travel(NOW, tick=False):
        story = make_published_story()
        assert (edition_ref("a-story", "en").changes, next_change()) == (None, None)
        publish(story=story, by=None, at=NOW + 2 * HOUR)
        assert edition_ref("a-story", "en").changes == next_change() == NOW + 2 * HOUR
        end_at(story=story, by=None, until=NOW + 3 * HOUR)
        ref = edition_ref("a-story", "en")
        assert (ref.follows, ref.ends, ref.changes) == (NOW + 2 * HOUR, NOW + 3 * HOUR, NOW + 2 * HOUR)
        end_at(story=story, by=None, until=NOW + HOUR)
        assert (edition_ref("a-story", "en").follows, next_change()) == (None, NOW + HOUR)
        end_at(story=story, by=None, until=None)
        publish(story=story, by=None)
        assert (edition_ref("a-story", "en").changes, next_change()) == (None, None)
        publish(story=story, by=None, at=NOW + HOUR)
        withdraw(story=story, by=None)
        assert next_change() is None


def test_what_was_not_checked_is_not_published() -> None:
    story = make_story()
    seen = checklist_of(story_file_of(story)).digest
    story.translations.update(title="Changed meanwhile")
    with pytest.raises(ChangedSince):
        publish(story=Story.objects.get(), by=None, checked=seen)
    assert not Edition.objects.exists()
    publish(story=story, by=None, checked=checklist_of(story_file_of(Story.objects.get())).digest)
    assert Edition.objects.count() == 1
