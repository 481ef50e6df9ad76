"""Chapters keep an order without holes."""

from __future__ import annotations

import pytest

from places.models import Stale
from storymap.models import Chapter, Story
from storymap.services.stories.chapter_order import move_chapter
from tests.factories import chapter_entry, make_story, make_user

pytestmark = pytest.mark.django_db
SLUGS = ("one", "two", "three", "four")


def story_of_four() -> Story:
    first = chapter_entry("one")
    return make_story(chapters=(first, *(chapter_entry(slug, moments=()) for slug in SLUGS[1:])))


@pytest.mark.parametrize(
    ("slug", "to", "order"),
    [
        ("three", 1, ["three", "one", "two", "four"]),
        ("one", 4, ["two", "three", "four", "one"]),
        ("two", 2, ["one", "two", "three", "four"]),
        ("two", 0, ["two", "one", "three", "four"]),
        ("two", -5, ["two", "one", "three", "four"]),
        ("one", 99, ["two", "three", "four", "one"]),
    ],
)
def test_a_chapter_moves_and_the_others_close_ranks(slug: str, to: int, order: list[str]) -> None:
    story = story_of_four()
    move_chapter(chapter=story.chapters.get(slug=slug), to=to)
    assert list(story.chapters.order_by("position").values_list("slug", "position")) == [
        (slug, n) for n, slug in enumerate(order, start=1)
    ]


def test_positions_with_holes_and_doubles_are_mended() -> None:
    story = story_of_four()
    Chapter.objects.filter(slug__in=["three", "four"]).update(position=9)
    move_chapter(chapter=story.chapters.get(slug="one"), to=2)
    assert list(story.chapters.order_by("position").values_list("slug", "position")) == [
        ("two", 1),
        ("one", 2),
        ("three", 3),
        ("four", 4),
    ]


def test_other_stories_are_left_alone() -> None:
    other = make_story("other")
    Chapter.objects.filter(story=other).update(position=7)
    story = story_of_four()
    move_chapter(chapter=story.chapters.get(slug="four"), to=1)
    assert other.chapters.get().position == 7


def test_an_order_that_rests_on_an_outdated_view_is_refused() -> None:
    story = story_of_four()
    seen = story.version
    now = move_chapter(chapter=story.chapters.get(slug="one"), to=4, seen=seen)
    assert now == seen + 1
    with pytest.raises(Stale):
        move_chapter(chapter=story.chapters.get(slug="two"), to=4, seen=seen)
    assert list(story.chapters.order_by("position").values_list("slug", flat=True)) == ["two", "three", "four", "one"]


def test_a_move_is_kept_in_the_history_with_who_did_it() -> None:
    story = story_of_four()
    move_chapter(chapter=story.chapters.get(slug="four"), to=1, by=make_user("ana"))
    newest = story.revisions.first()
    assert (newest.by, newest.what) == ("ana", "moved the chapter “The beginning”")
