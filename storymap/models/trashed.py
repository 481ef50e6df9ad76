"""The trash: what was deleted, for thirty days. The rows themselves are gone, so that no query can show them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=30)


class Kind(models.TextChoices):
    """As in storyfile.StoryFile, but for the story itself."""

    STORY = "story", _("story")
    CHAPTER = "chapters", _("chapter")
    EVENT = "events", _("event")
    PLACE = "places", _("place")
    PERSON = "people", _("person")
    SOURCE = "sources", _("source")
    ILLUSTRATION = "illustrations", _("illustration")


class Trashed(models.Model):
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    slug = models.CharField(_("slug"), max_length=80)
    title = models.CharField(_("title"), max_length=600)
    key = models.PositiveBigIntegerField()  # the row comes back under its own key: its history waits for it
    version = models.PositiveIntegerField()
    story_key = models.PositiveBigIntegerField(null=True)  # of a chapter
    position = models.PositiveIntegerField(default=0)  # of a chapter
    source = models.TextField()  # JSON of storyfile.StoryFile: the part, and all that it names
    deleted_at = models.DateTimeField(_("deleted"), db_index=True)
    by = models.CharField(_("deleted by"), max_length=150, blank=True)  # a name, not a row

    class Meta:
        verbose_name = _("deleted part")
        verbose_name_plural = _("trash")
        ordering = ["-deleted_at", "-pk"]

    def __str__(self) -> str:
        return self.title
