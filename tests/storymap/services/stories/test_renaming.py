"""Addresses once published keep leading to what they named."""

from __future__ import annotations

import pytest

from storymap.models import Chapter, OldSlug, Story
from storymap.selectors.editions import moved_story, published_story
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_chapter, rename_story
from storymap.story.from_models import story_file_of
from tests.factories import chapter_entry, make_published_story, make_story, story_file

pytestmark = pytest.mark.django_db


def chapter(slug: str) -> Chapter:
    return Chapter.objects.get(slug=slug)


def former(story: Story) -> dict[str, tuple[str, ...]]:
    return {entry.slug: entry.old_slugs for entry in story_file_of(story).chapters}


def test_a_story_that_was_never_published_leaves_no_trace_of_its_old_name() -> None:
    rename_story(story=make_story(), slug="better")
    assert moved_story("a-story") is None


def test_a_published_story_is_found_under_all_its_names() -> None:
    story = make_published_story()
    for slug in ("second", "third"):
        rename_story(story=story, slug=slug)
    assert (moved_story("a-story"), moved_story("second"), moved_story("third")) == ("third", "third", None)
    assert published_story("third", "en").document.title == "A story"


def test_a_renamed_story_names_itself_by_its_new_name_before_the_next_edition() -> None:
    rename_story(story=make_published_story(), slug="second")
    assert published_story("second", "en").document.slug == "second"


def test_a_story_renamed_back_leads_on_from_the_name_between() -> None:
    story = make_published_story()
    rename_story(story=story, slug="second")
    rename_story(story=story, slug="a-story")
    assert (moved_story("a-story"), moved_story("second")) == (None, "a-story")


def test_a_name_taken_by_another_story_belongs_to_that_story() -> None:
    first = make_published_story()
    rename_story(story=first, slug="second")
    other = make_published_story("other")
    rename_story(story=other, slug="a-story")
    assert moved_story("a-story") is None
    rename_story(story=other, slug="elsewhere")
    assert moved_story("a-story") == "elsewhere"  # who had it last


def test_a_name_that_stays_the_same_changes_nothing() -> None:
    story = make_published_story()
    rename_story(story=story, slug="a-story")
    rename_chapter(chapter=chapter("beginning"), slug="beginning")
    assert not OldSlug.objects.exists()


def test_a_chapter_is_found_under_all_its_names_with_the_next_edition() -> None:
    story = make_published_story()
    for slug in ("second", "third"):
        rename_chapter(chapter=chapter("beginning" if slug == "second" else "second"), slug=slug)
    publish(story=story, by=None)
    (told,) = published_story("a-story", "en").document.chapters
    assert (told.slug, told.old_slugs) == ("third", ("beginning", "second"))


def test_chapters_of_a_draft_are_renamed_without_trace() -> None:
    story = make_story()
    rename_chapter(chapter=chapter("beginning"), slug="second")
    assert former(story) == {"second": ()}


def test_two_chapters_that_swap_names_keep_nothing_but_the_name_between() -> None:
    story = make_published_story(chapters=(chapter_entry(), chapter_entry("ending", moments=())))
    rename_chapter(chapter=chapter("beginning"), slug="between")
    rename_chapter(chapter=chapter("ending"), slug="beginning")
    rename_chapter(chapter=chapter("between"), slug="ending")
    assert former(story) == {"ending": ("between",), "beginning": ()}


def test_a_slug_reused_by_a_new_chapter_leads_to_the_one_that_had_it_last() -> None:
    story = make_published_story(chapters=(chapter_entry("start"), chapter_entry("ending", moments=())))
    rename_chapter(chapter=chapter("start"), slug="beginning")
    Chapter.objects.create(story=story, slug="start", position=3)  # a new one takes the free name
    rename_chapter(chapter=chapter("start"), slug="prologue")
    assert former(story) == {"beginning": (), "ending": (), "prologue": ("start",)}


def test_the_same_chapter_slug_in_two_stories_is_kept_apart() -> None:
    one, other = make_published_story(), make_published_story("another")
    rename_chapter(chapter=one.chapters.get(), slug="first")
    rename_chapter(chapter=other.chapters.get(), slug="other-first")
    assert former(one) == {"first": ("beginning",)}
    assert former(other) == {"other-first": ("beginning",)}


def test_old_names_travel_in_the_file() -> None:
    story = make_published_story()
    rename_chapter(chapter=chapter("beginning"), slug="second")
    file = story_file_of(story)
    assert save_story_file(file=file, media={}).unchanged == 4
    fresh = save_story_file(file=story_file("copy", chapters=file.chapters), media={}).story
    assert former(fresh) == {"second": ("beginning",)}
