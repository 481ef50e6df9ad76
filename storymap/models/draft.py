"""What somebody has typed into a form and not saved yet."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Draft(models.Model):
    """One rolling row for each form somebody has open. No part of a story: it is its writer's, and nobody else's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.UUIDField()  # of the open form, so that two windows do not overwrite each other
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)  # empty: of something that is not stored yet
    language = models.CharField(max_length=15, blank=True)  # the tab of the form
    part = models.CharField(max_length=20, blank=True)  # which of the row's pages; empty: its own form
    typed = models.JSONField(default=dict)  # name of the input: its values; only what differs from what was stored
    seen = models.PositiveIntegerField(null=True)  # the version that was shown
    turn = models.PositiveIntegerField(default=0)  # counts up in the browser: of two requests the later one counts
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(name="draft_of_form", fields=["user", "key"])]
        indexes = [models.Index(fields=["user", "content_type", "object_id"], name="draft_object")]

    def __str__(self) -> str:
        return f"{self.user}: {self.content_type} {self.object_id} {self.language}".strip()
