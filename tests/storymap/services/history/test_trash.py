"""What is deleted can be put back as it was, and what is old goes for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from places.models import Event, Person, Place, Source, Stale
from storymap.models import Chapter, Illustration, PartRevision, Story, StoryRevision, Trashed
from storymap.services.history.revisions import now_of
from storymap.services.history.trash import empty_trash, move_to_trash, put_back
from storymap.services.history.versions import changing
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import to_json
from tests.factories import chapter_entry, make_published_story, make_story, make_user
from tests.security.stages import SPARE, illustrated, png

pytestmark = pytest.mark.django_db


def said(story: Story) -> bytes:
    return to_json(story_file_of(Story.objects.get(pk=story.pk)))


def three_chapters() -> Story:
    return make_story(chapters=tuple(chapter_entry(slug) for slug in ("one", "two", "three")))


def test_a_chapter_comes_back_to_its_place() -> None:
    story = three_chapters()
    before = said(story)
    thrown = move_to_trash(story.chapters.get(slug="two"), by=make_user("ana"))
    assert [(c.slug, c.position) for c in story.chapters.all()] == [("one", 1), ("three", 2)]
    assert (thrown.title, thrown.by) == ("The beginning", "ana")
    put_back(thrown, by=None)
    assert (said(story), Trashed.objects.count()) == (before, 0)


def test_deleting_and_putting_back_are_in_the_history() -> None:
    story = three_chapters()
    put_back(move_to_trash(story.chapters.get(slug="two"), by=None), by=None)
    assert [bool(revision.what) for revision in story.revisions.all()] == [True, True, True]


def test_a_story_comes_back_under_its_key_with_its_history() -> None:
    story = three_chapters()
    with changing(story, by=None, what="licence"):
        Story.objects.filter(pk=story.pk).update(licence="CC0-1.0")
    before, key = said(story), story.pk
    thrown = move_to_trash(story, by=None)
    assert not Story.objects.exists() and not Chapter.objects.exists()
    back = put_back(thrown, by=None)
    assert (back.pk, said(back)) == (key, before)
    assert "licence" in [revision.what for revision in back.revisions.all()]


@pytest.mark.parametrize("model", [Place, Person, Source, Event, Illustration])
def test_a_part_comes_back_under_its_key_and_with_a_later_version(model: Any) -> None:
    save_story_file(file=illustrated("a-story"), media={"view.png": png()})
    row = model.objects.get(slug=SPARE)
    before, version = now_of(row), row.version
    key = row.pk
    back = put_back(move_to_trash(row, by=None), by=None)
    assert (back.pk, now_of(back)) == (key, before)
    assert back.version > version


def test_what_a_deleted_event_named_comes_back_with_it_and_what_is_there_stays_as_it_is() -> None:
    save_story_file(file=illustrated("a-story"), media={"view.png": png()})
    event = Event.objects.get(slug=SPARE)
    Event.objects.filter(pk=event.pk).update(place=Place.objects.get(slug=SPARE))
    thrown = move_to_trash(event, by=None)
    move_to_trash(Place.objects.get(slug=SPARE), by=None)
    Source.objects.filter(slug="gazette").update(title="Another title")
    put_back(thrown, by=None)
    assert Event.objects.get(slug=SPARE).place.slug == SPARE
    assert Source.objects.get(slug="gazette").title == "Another title"


def test_what_is_in_use_cannot_be_deleted() -> None:
    story = make_published_story()
    for row in (Event.objects.get(), Place.objects.get(), Source.objects.get(), story):
        with pytest.raises(ProtectedError):
            move_to_trash(row, by=None)
    assert (Trashed.objects.count(), Event.objects.count(), Story.objects.count()) == (0, 1, 1)


def test_an_address_that_is_taken_keeps_it_in_the_trash() -> None:
    story = three_chapters()
    thrown = move_to_trash(story.chapters.get(slug="two"), by=None)
    Chapter.objects.create(story=story, slug="two", title="New", position=3)
    with pytest.raises(CannotSave):
        put_back(thrown, by=None)
    assert Trashed.objects.count() == 1


def test_a_chapter_waits_for_its_story() -> None:
    story = three_chapters()
    thrown = move_to_trash(story.chapters.get(slug="two"), by=None)
    whole = move_to_trash(Story.objects.get(pk=story.pk), by=None)
    with pytest.raises(CannotSave, match="story"):
        put_back(thrown, by=None)
    put_back(whole, by=None)
    assert put_back(thrown, by=None).story_id == story.pk


def test_what_somebody_changed_meanwhile_is_not_deleted_unseen() -> None:
    place = Place.objects.create(slug="lonely", country="PE", latitude=0, longitude=0)
    PartRevision.objects.create(
        kind="places", key=place.pk, version=2, packed=b"", digest="", created_at=timezone.now(), by="bea"
    )
    with pytest.raises(Stale):
        move_to_trash(place, by=make_user("ana"), seen=1)
    assert Place.objects.filter(pk=place.pk).exists()


def test_old_trash_goes_for_good_with_its_history() -> None:
    gone, kept = make_story("gone"), make_story("kept")
    for story, days in ((gone, 31), (kept, 29)):
        thrown = move_to_trash(Story.objects.get(pk=story.pk), by=None)
        Trashed.objects.filter(pk=thrown.pk).update(deleted_at=timezone.now() - timedelta(days=days))
    call_command("empty_trash", verbosity=0)
    assert [thrown.slug for thrown in Trashed.objects.all()] == ["kept"]
    assert set(StoryRevision.objects.values_list("story_id", flat=True)) == {kept.pk}
    assert empty_trash(before=timezone.now()) == 1
