"""The ground under a story: street-level data cut for its neighbourhoods."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models.base import validate_slug
from storymap.models.story import Story


class BasemapExtract(models.Model):
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="extracts", verbose_name=_("story"))
    slug = models.CharField(_("slug"), max_length=80, validators=[validate_slug])
    file = models.CharField(_("file"), max_length=100)  # the stored name, which begins with the digest of the content
    head = models.JSONField(editable=False)  # repeats what the file says of itself: see storymap.story.extract_head

    class Meta:
        verbose_name = _("basemap extract")
        verbose_name_plural = _("basemap extracts")
        ordering = ["slug"]
        default_permissions = ()  # who may change the story may change what lies under it
        constraints = [models.UniqueConstraint(name="extract_slug_in_story", fields=["story", "slug"])]

    def __str__(self) -> str:
        return self.slug
