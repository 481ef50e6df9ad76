"""The order of chapters: positions are 1, 2, 3 … without holes."""

from __future__ import annotations

from django.db import transaction

from storymap.models import Chapter, Story


@transaction.atomic
def move_chapter(*, chapter: Chapter, to: int) -> None:
    """Put the chapter at place `to` (1 is first); the others close ranks."""
    Story.objects.select_for_update().get(pk=chapter.story_id)
    others = list(Chapter.objects.filter(story=chapter.story_id).exclude(pk=chapter.pk).order_by("position", "pk"))
    others.insert(max(0, to - 1), chapter)
    for position, row in enumerate(others, start=1):
        row.position = position
    Chapter.objects.bulk_update(others, ["position"])
