"""The order of a story's chapters."""

from __future__ import annotations

from django.utils.translation import gettext as _

from storymap.models import Chapter, Story
from storymap.services.accounts import Actor
from storymap.services.history.versions import changing
from storymap.story.storyfile import StoryFile


def move_chapter(*, chapter: Chapter, to: int, by: Actor = None, seen: int | None = None) -> int:
    """Put the chapter at place `to` (1 is first); the others close ranks. Returns the story's version afterwards.

    Raises Stale when the order of chapters is no longer that of version `seen`.
    """
    story = Story.objects.get(pk=chapter.story_id)
    what = _("moved the chapter “%(title)s”") % {"title": chapter}
    with changing(story, by=by, what=what, seen=seen, resting_on=order_of):
        others = list(story.chapters.exclude(pk=chapter.pk).order_by("position", "pk"))
        others.insert(max(0, to - 1), chapter)
        close_ranks(others)
    return story.version


def close_ranks(chapters: list[Chapter]) -> None:
    """Store the order of the list."""
    for position, row in enumerate(chapters, start=1):
        row.position = position
    Chapter.objects.bulk_update(chapters, ["position"])


def order_of(file: StoryFile) -> list[str]:
    return [chapter.slug for chapter in file.chapters]
