"""The order of chapters: positions are 1, 2, 3 … without holes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from storymap.models import Chapter
from storymap.services.versions import Actor, changing


def move_chapter(*, chapter: Chapter, to: int, by: Actor = None, seen: int | None = None) -> int:
    """Put the chapter at place `to` (1 is first); the others close ranks. Returns the story's version afterwards.

    Raises Stale when the story was saved since version `seen`: the order that was looked at may be another one now.
    """
    what = _("moved the chapter “%(title)s”") % {"title": chapter}
    with changing(chapter.story, by=by, what=what, seen=seen) as story:
        others = list(Chapter.objects.filter(story=story).exclude(pk=chapter.pk).order_by("position", "pk"))
        others.insert(max(0, to - 1), chapter)
        close_ranks(others)
    return story.version


def close_ranks(chapters: list[Chapter]) -> None:
    """Store the order of the list."""
    for position, row in enumerate(chapters, start=1):
        row.position = position
    Chapter.objects.bulk_update(chapters, ["position"])
