"""A table that somebody brings into a story: first looked at, then imported, and perhaps taken back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from storymap.models.chapter import Chapter
from storymap.models.story import Story


class ImportBatch(models.Model):
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="imports", verbose_name=_("story"))
    kind = models.CharField(_("kind"), max_length=10)  # places or events
    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of `text`: the same file is known again
    by = models.CharField(_("imported by"), max_length=150, blank=True)  # a name, not a row
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    imported_at = models.DateTimeField(_("imported"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)
    # while it is looked at: the table, and what the editor chose about it
    text = models.TextField(blank=True)  # emptied by the import
    columns = models.JSONField(default=list)  # the field of each column, empty when it is left out
    country = models.CharField(_("country"), max_length=2, blank=True)  # of rows that name none
    answers = models.JSONField(default=dict)  # text searched → {"candidates": [[name, lat, lng]], "problem": text}
    choices = models.JSONField(default=dict)  # text searched → number of the candidate
    joined = models.JSONField(default=dict)  # line → key of the event that is told in place of a new one
    exchanged = models.BooleanField(null=True)  # whether latitude and longitude are; None: nobody has said
    notes = models.JSONField(default=list)  # what of the file is in no row
    # afterwards: what was made, [{"kind", "key", "slug", "digest"}], and what was not, [[line, name, reason]]
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.JSONField(default=list)
    there = models.PositiveIntegerField(default=0)  # rows that were in the record or the story already
    left_out = models.JSONField(default=list)
    kept = models.JSONField(default=list)  # by an undo: [[kind, key, slug, reason]]

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
