"""Who has what open at the moment."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Presence(models.Model):
    """Rows, not a cache: the cache of one process does not know who talks to another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    room = models.CharField(max_length=80, db_index=True)  # chapters share the room of their story
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="once_at_each", fields=["user", "content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.room}"
