"""A moment: an event told in a chapter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models import Event
from storymap.models.chapter import Chapter, validate_camera


class Moment(models.Model):
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="moments", verbose_name=_("chapter"))
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="moments", verbose_name=_("event"))
    position = models.PositiveIntegerField(_("position"), default=0)
    camera = models.JSONField(
        _("camera"),
        null=True,
        blank=True,
        validators=[validate_camera],
        help_text=_("A view of its own; else the chapter's."),
    )

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="moment_once_in_chapter", fields=["chapter", "event"])]

    def __str__(self) -> str:
        return str(self.event)
