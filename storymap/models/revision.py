"""Revisions: what the editors' rows of a story said after each save. For editors only; readers see Editions."""

from __future__ import annotations

import zlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from storymap.models.story import Story


class StoryRevision(models.Model):
    """The whole story as it stood at one version. A version without a revision of its own changed nothing."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("story"))
    version = models.PositiveIntegerField(_("version"))
    packed = models.BinaryField()  # zlib; a story of a hundred kilobytes is saved hundreds of times
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256 of the source
    created_at = models.DateTimeField(_("saved"))
    by = models.CharField(_("saved by"), max_length=150, blank=True)  # a name, not a row: accounts go, history stays
    what = models.CharField(_("what was done"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(name="revision_version", fields=["story", "version"])]

    def __str__(self) -> str:
        return f"{self.story}, {self.version}"

    @property
    def source(self) -> str:
        """JSON of storyfile.StoryFile: every language, complete."""
        return zlib.decompress(bytes(self.packed)).decode()
