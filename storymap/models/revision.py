"""Revisions of stories and of parts of the record after each save; and the trash: what was deleted, for thirty days."""

from __future__ import annotations

import zlib
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from storymap.models.story import Story


class Revision(models.Model):
    """What was stored at one version. A version without a revision of its own changed nothing."""

    version = models.PositiveIntegerField(_("version"))
    packed = models.BinaryField()  # zlib; a story of a hundred kilobytes is saved hundreds of times
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256 of the source
    created_at = models.DateTimeField(_("saved"))
    by = models.CharField(_("saved by"), max_length=150, blank=True)  # a name, not a row: accounts go, history stays
    what = models.CharField(_("what was done"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """JSON of storyfile.StoryFile, or of the part's entry: every language, complete."""
        return zlib.decompress(bytes(self.packed)).decode()


class StoryRevision(Revision):
    """The whole story as it stood at one version."""

    # A story in the trash keeps its history: see Trashed
    story = models.ForeignKey(
        Story, on_delete=models.DO_NOTHING, db_constraint=False, related_name="revisions", verbose_name=_("story")
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(name="revision_version", fields=["story", "version"])]

    def __str__(self) -> str:
        return f"{self.story}, {self.version}"


class PartRevision(Revision):
    """One place, event, person, source or illustration as it stood at one version."""

    kind = models.CharField(_("kind"), max_length=20)  # as in storyfile.StoryFile: places, events, …
    key = models.PositiveBigIntegerField()  # of the row, which may be gone

    class Meta:
        verbose_name = _("revision of a part")
        verbose_name_plural = _("revisions of parts")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(name="part_revision_version", fields=["kind", "key", "version"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, {self.version}"


TRASH_LASTS = timedelta(days=30)


class Kind(models.TextChoices):
    """As in storyfile.StoryFile, but for the story itself."""

    STORY = "story", _("story")
    CHAPTER = "chapters", _("chapter")
    EVENT = "events", _("event")
    PLACE = "places", _("place")
    PERSON = "people", _("person")
    SOURCE = "sources", _("source")
    ILLUSTRATION = "illustrations", _("illustration")
    EXTRACT = "extracts", _("basemap extract")


class Trashed(models.Model):
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    slug = models.CharField(_("slug"), max_length=80)
    title = models.CharField(_("title"), max_length=600)
    key = models.PositiveBigIntegerField()  # the row comes back under its own key: its history waits for it
    version = models.PositiveIntegerField()
    story_key = models.PositiveBigIntegerField(null=True)  # of a chapter or a basemap extract
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
