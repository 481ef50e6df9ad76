"""The order of chapters: positions are 1, 2, 3 … without holes."""

from __future__ import annotations

from storymap.models import Chapter, Story
from storymap.services.versions import Actor, changing
from storymap.storyfile import StoryFile


def move_chapter(*, chapter: Chapter, to: int, by: Actor = None, seen: int | None = None) -> None:
    """Put the chapter at place `to` (1 is first); the others close ranks. Raises Stale when the order of chapters is
    no longer that of version `seen`."""
    story = Story.objects.get(pk=chapter.story_id)
    with changing(story, by=by, seen=seen, resting_on=order_of):
        others = list(story.chapters.exclude(pk=chapter.pk).order_by("position", "pk"))
        others.insert(max(0, to - 1), chapter)
        number(others)


def number(chapters: list[Chapter]) -> None:
    """Give the chapters of a story the positions in which they come."""
    for position, row in enumerate(chapters, start=1):
        row.position = position
    Chapter.objects.bulk_update(chapters, ["position"])


def order_of(file: StoryFile) -> list[str]:
    return [chapter.slug for chapter in file.chapters]
