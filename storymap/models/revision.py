"""Revisions: what the editors' rows of a story, and of each part of the record, said after each save.

For editors only; readers see Editions.
"""

from __future__ import annotations

import zlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from storymap.models.story import Story


class Revision(models.Model):
    """What was kept at one version. A version without a revision of its own changed nothing."""

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

    # A story in the trash keeps its history: see models.trashed
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
