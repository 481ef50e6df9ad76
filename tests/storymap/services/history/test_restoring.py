"""A story says again, byte for byte, what it said at any earlier time."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from places.models import Event, Place, Stale
from storymap.models import Chapter, Illustration, Story
from storymap.services.history.differences import changes_between
from storymap.services.history.entries import restore, shared_with_others
from storymap.services.history.revisions import story_at
from storymap.services.history.trash import move_to_trash
from storymap.services.history.versions import changing_part
from storymap.services.publishing.publish import publish
from storymap.services.stories.chapter_order import move_chapter
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.services.stories.slugs import rename_chapter, rename_story
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import MomentEntry, StoryFile, from_json, to_json
from tests.factories import chapter_entry, event_entry, make_published_story, make_story, make_user, story_file
from tests.security.stages import illustrated, png

pytestmark = pytest.mark.django_db


def said(story: Story) -> StoryFile:
    return story_file_of(Story.objects.get(pk=story.pk))


def change_something(story: Story, chance: random.Random, token: str) -> None:
    """One change of any kind that editors make."""
    chapters = list(story.chapters.all())
    spare = [chapter for chapter in chapters if not chapter.moments.filter(event__slug="meeting").exists()]
    match chance.randrange(4):
        case 0 if len(chapters) > 1:
            move_chapter(chapter=chance.choice(chapters), to=chance.randint(1, len(chapters)))
        case 1 if spare:
            move_to_trash(chance.choice(spare), by=None)
        case 2:
            rename_chapter(chapter=chance.choice(chapters), slug=token)
        case 3:
            rename_story(story=Story.objects.get(pk=story.pk), slug=f"story-{token}")
        case 4:
            file = said(story)
            more = replace(event_entry(token), place="square")
            chapter = chapter_entry(f"chapter-{token}", moments=(MomentEntry(event=token),))
            media = {entry.file["en"]: png() for entry in file.illustrations}
            added = replace(file, chapters=(*file.chapters, chapter), events=(*file.events, more))
            save_story_file(file=added, media=media)
        case _:
            event = Event.objects.get(slug="meeting")
            with changing_part(event, by=None):
                event.title = token
                event.save()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happened_every_revision_and_edition_can_be_had_again(seed: int) -> None:
    chance = random.Random(seed)
    file = illustrated(
        "a-story",
        chapters=(chapter_entry("one", illustration="view"), chapter_entry("two", illustration="view", moments=())),
    )
    story = save_story_file(file=file, media={"view.png": png()}).story
    publish(story=story, by=None)
    for number in range(8):
        change_something(story, chance, f"t{number}")
    revisions = list(story.revisions.all())
    assert len(revisions) > 4
    for source in [story.editions.get().source, *(chance.choice(revisions).source for _ in range(3))]:
        restore(story=story, file=from_json(source), by=None)
        assert to_json(said(story)).decode() == source
        newest = story.revisions.first()
        assert newest.source == source


def test_a_picture_whose_row_is_gone_is_found_by_its_name() -> None:
    file = illustrated("a-story")
    story = save_story_file(file=file, media={"view.png": png()}).story
    before = said(story)
    Chapter.objects.update(illustration=None)
    Illustration.objects.all().delete()
    restore(story=story, file=before, by=None)
    assert said(story) == before
    assert Illustration.objects.get().files


def test_a_picture_that_is_nowhere_is_said_and_nothing_is_changed() -> None:
    story = make_story()
    lost = illustrated("a-story").illustrations[0]
    file = replace(said(story), illustrations=(replace(lost, file={"en": f"{'0' * 32}-40x30.webp"}),))
    with pytest.raises(CannotSave, match="view"):
        restore(story=story, file=file, by=None)
    assert not Illustration.objects.exists()


def test_an_address_that_another_story_has_now_is_said() -> None:
    story = make_story()
    before = said(story)
    rename_story(story=story, slug="moved")
    make_story("a-story")
    with pytest.raises(CannotSave, match="a-story"):
        restore(story=Story.objects.get(pk=story.pk), file=before, by=None)


def test_restoring_rests_on_what_was_seen() -> None:
    story = make_story()
    before = said(story)
    event = Event.objects.get()
    with changing_part(event, by=make_user("bea")):
        Event.objects.update(status="alleged")
    with pytest.raises(Stale):
        restore(story=story, file=before, by=make_user("ana"), seen=1)
    assert Event.objects.get().status == "alleged"


def test_other_stories_that_change_with_it_are_named_and_get_a_revision() -> None:
    story, other = make_published_story(), make_story("other")
    before, place = said(story), Place.objects.get()
    with changing_part(place, by=None):
        Place.objects.update(address="Elsewhere")
    shared = shared_with_others(story, before)
    assert [(str(entry.part), entry.stories) for entry in shared] == [("The square", (other,))]
    versions = Story.objects.get(pk=other.pk).version
    restore(story=story, file=before, by=None, what="restored")
    other.refresh_from_db()
    assert (other.version, other.revisions.first().what) == (versions + 1, "restored")


def test_the_history_knows_each_version() -> None:
    story = make_story()
    save_story_file(file=story_file(licence="CC0-1.0"), media={})
    now = Story.objects.get(pk=story.pk).version
    assert changes_between(story_at(story, 1), story_at(story, now)) == [("changed", "story", "licence")]
