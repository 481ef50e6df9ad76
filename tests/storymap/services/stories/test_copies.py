"""Copies: what comes along, what stays behind, and which names they get."""

from __future__ import annotations

from dataclasses import replace

import pytest

from places.models import Event, Place, Stale
from storymap.models import Story
from storymap.services.history.versions import changing
from storymap.services.stories.copies import copy_chapter, copy_story
from storymap.services.stories.slugs import LONGEST_COLUMN, rename_chapter, slug_of_copy
from storymap.story.from_models import story_file_of
from tests.factories import chapter_entry, make_published_story, make_story, make_user

pytestmark = pytest.mark.django_db
AREA = {"type": "FeatureCollection", "features": []}


def two_chapters() -> Story:
    first = chapter_entry(overlay=AREA, title={"en": "The beginning", "es": "El comienzo"})
    return make_story(languages=("en", "es"), chapters=(first, chapter_entry("end", moments=())))


def test_a_chapter_is_copied_behind_itself_without_its_moments() -> None:
    story = two_chapters()
    copy = copy_chapter(chapter=story.chapters.get(slug="beginning"), by=make_user())
    assert list(story.chapters.values_list("slug", "position")) == [("beginning", 1), ("beginning-copy", 2), ("end", 3)]
    original, copied = story_file_of(story).chapters[:2]
    titles = {"en": "The beginning (copy)", "es": "El comienzo (copia)"}
    assert copied == replace(original, slug="beginning-copy", title=titles, moments=())
    assert copy.story.revisions.first().what == "copied the chapter “The beginning”"


def test_a_copy_that_rests_on_an_outdated_view_is_refused() -> None:
    story = two_chapters()
    seen = story.version
    with changing(story, by=None):
        story.chapters.filter(slug="end").update(slug="finale")
    with pytest.raises(Stale):
        copy_chapter(chapter=story.chapters.get(slug="beginning"), by=None, seen=seen)
    assert story.chapters.count() == 2


def test_a_story_is_copied_with_chapters_of_its_own_and_the_same_record() -> None:
    story = make_published_story(languages=("en",), day_zero="1996-12-17")
    rename_chapter(chapter=story.chapters.get(), slug="start")
    before = (Place.objects.count(), Event.objects.count())
    copy = copy_story(story=story, by=make_user())
    original = story_file_of(Story.objects.get(pk=story.pk))
    chapters = tuple(replace(chapter, old_slugs=()) for chapter in original.chapters)
    wanted = replace(original, slug="a-story-copy", title={"en": "A story (copy)"}, chapters=chapters)
    assert story_file_of(Story.objects.get(pk=copy.pk)) == wanted
    assert (Place.objects.count(), Event.objects.count()) == before


def test_a_copy_of_a_published_story_is_a_draft_with_a_history_of_its_own() -> None:
    story = make_published_story()
    copy = copy_story(story=story, by=make_user("ana"))
    assert not copy.editions.exists() and not copy.old_slugs.exists()
    assert [(revision.by, revision.what) for revision in copy.revisions.all()] == [("ana", "copied from “A story”")]


def test_a_change_of_the_copy_leaves_the_original_alone() -> None:
    story = make_story()
    copy = copy_story(story=story, by=None)
    before = story_file_of(story)
    copy.chapters.get().delete()
    assert story_file_of(Story.objects.get(pk=story.pk)) == before


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        (set(), "lima-copy"),
        ({"lima-copy"}, "lima-copy-2"),
        ({"lima-copy", "lima-copy-2"}, "lima-copy-3"),
    ],
)
def test_the_first_free_name_is_taken(taken: set[str], slug: str) -> None:
    assert slug_of_copy("lima", taken) == slug


def test_a_long_name_stays_a_name() -> None:
    found = slug_of_copy("a" * 74 + "-bcdef", set())
    assert found == "a" * 74 + "-copy" and len(found) <= LONGEST_COLUMN


def test_long_titles_are_cut_to_fit() -> None:
    story = make_story(title={"en": "x" * 200})
    assert copy_story(story=story, by=None).safe_translation_getter("title") == "x" * 193 + " (copy)"
