"""What the chapters of a story stand on: pictures in place of the map, and street-level data of neighbourhoods."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from places.models.base import validate_plain_text, validate_slug
from storymap.models.story import Story


class StagePicture(TranslatableModel):
    """A plan, a painting or a newspaper page. Its tiles are made from the original, and are stored beside it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="stages", verbose_name=_("story"))
    slug = models.CharField(_("slug"), max_length=80, validators=[validate_slug])
    translations = TranslatedFields(
        # the stored name of the original, which says its digest and its size
        file=models.CharField(_("file"), max_length=100, blank=True),
        alt=models.TextField(
            _("alternative text"),
            blank=True,
            max_length=2000,
            validators=[validate_plain_text],
            help_text=_("What a reader who cannot see the picture should learn from it."),
        ),
        caption=models.TextField(_("caption"), blank=True, max_length=1000, validators=[validate_plain_text]),
    )
    credit = models.CharField(_("credit"), max_length=300, blank=True, validators=[validate_plain_text])
    licence = models.CharField(_("licence"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("stage picture")
        verbose_name_plural = _("stage pictures")
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(name="stage_slug_in_story", fields=["story", "slug"])]

    def __str__(self) -> str:
        return self.slug


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
