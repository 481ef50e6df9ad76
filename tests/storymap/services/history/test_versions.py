"""Nobody overwrites what they have not seen, and every change leaves a revision."""

from __future__ import annotations

import pytest

from places.models import Event, Place, Stale
from storymap.models import Story
from storymap.services.history.versions import changing, changing_part, story_at
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


def licensed(story: Story, licence: str, seen: int | None = None) -> None:
    with changing(story, by=None, seen=seen):
        Story.objects.filter(pk=story.pk).update(licence=licence)


def test_a_change_takes_the_next_version_and_keeps_what_was_and_what_is() -> None:
    story = make_story(licence="CC0-1.0")
    with changing(story, by=make_user("ana"), what="licence", seen=story.version):
        Story.objects.filter(pk=story.pk).update(licence="CC-BY-4.0")
    newest, first = story.revisions.all()
    assert (newest.version, newest.by, newest.what) == (story.version, "ana", "licence")
    assert (story_at(story, newest.version).licence, story_at(story, first.version).licence) == ("CC-BY-4.0", "CC0-1.0")


def test_what_rests_on_an_outdated_view_is_refused_and_changes_nothing() -> None:
    story = make_story(licence="CC0-1.0")
    seen = story.version
    licensed(story, "CC-BY-4.0", seen)
    with pytest.raises(Stale) as refused:
        licensed(story, "CC-BY-SA-4.0", seen)
    assert (refused.value.seen, refused.value.now) == (seen, story.version)
    assert Story.objects.get(pk=story.pk).licence == "CC-BY-4.0"


def test_a_story_that_is_gone_is_stale_too() -> None:
    story = make_story()
    Story.objects.filter(pk=story.pk).delete()
    with pytest.raises(Stale) as refused:
        story.claim(story.version)
    assert refused.value.now is None


def test_saving_without_a_change_leaves_no_revision() -> None:
    story = make_story(licence="CC0-1.0")
    licensed(story, "CC-BY-4.0")
    before = story.revisions.count()
    licensed(story, "CC-BY-4.0")
    assert story.revisions.count() == before


def test_what_goes_wrong_inside_leaves_version_and_history_as_they_were() -> None:
    story = make_story()
    seen, revisions = story.version, story.revisions.count()
    with pytest.raises(ZeroDivisionError), changing(story, by=None):
        raise ZeroDivisionError
    story.refresh_from_db()
    assert (story.version, story.revisions.count()) == (seen, revisions)


def test_a_change_of_an_event_is_a_change_of_the_stories_that_tell_it() -> None:
    story = make_story()
    event = Event.objects.filter(moments__chapter__story=story).first()
    seen = story.version
    with changing_part(event, by=None, what="status", seen=event.version):
        Event.objects.filter(pk=event.pk).update(status="alleged")
    story.refresh_from_db()
    assert story.version == seen + 1
    assert "alleged" in {e.status for e in story_at(story, story.version).events}


def test_a_place_that_no_story_shows_has_a_version_of_its_own() -> None:
    place = Place.objects.create(slug="lonely", country="PE", latitude=0, longitude=0)
    with changing_part(place, by=None, seen=1) as stories:
        pass
    assert (stories, Place.objects.get().version) == ([], 2)
