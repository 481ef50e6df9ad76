"""Addresses that were once published keep working."""

from __future__ import annotations

from django.db import models

from storymap.models.chapter import Chapter
from storymap.models.story import Story


class OldSlug(models.Model):
    """A former slug of a story (no chapter) or of one of its chapters."""

    slug = models.CharField(max_length=80)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="old_slugs")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, null=True, blank=True, related_name="old_slugs")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="old_story_slug", fields=["slug"], condition=models.Q(chapter=None)),
            models.UniqueConstraint(
                name="old_chapter_slug", fields=["story", "slug"], condition=~models.Q(chapter=None)
            ),
        ]

    def __str__(self) -> str:
        return self.slug
