"""A picture with everything that must travel with it: alternative text, caption, credit, licence."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from places.models.base import Versioned, validate_plain_text, validate_slug

WITHIN = [MinValueValidator(0), MaxValueValidator(1)]


class Illustration(TranslatableModel, Versioned):  # type: ignore[django-manager-missing]  # parler makes it
    slug = models.CharField(_("slug"), unique=True, max_length=80, validators=[validate_slug])
    translations = TranslatedFields(
        # the stored name of the largest file, which begins with the digest of what was uploaded
        file=models.CharField(_("file"), max_length=100, blank=True),
        # of every file: [{"name": …, "width": px, "height": px}], first WebP in growing widths, then other formats
        files=models.JSONField(default=list, blank=True, editable=False),
        alt=models.TextField(
            _("alternative text"),
            blank=True,
            max_length=1000,
            validators=[validate_plain_text],
            help_text=_("What a reader who cannot see the picture should learn from it."),
        ),
        caption=models.TextField(_("caption"), blank=True, max_length=1000, validators=[validate_plain_text]),
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Says nothing that the text does not say.")
    )
    credit = models.CharField(_("credit"), max_length=300, blank=True, validators=[validate_plain_text])
    licence = models.CharField(_("licence"), max_length=60, blank=True)

    focus_x = models.FloatField(_("focal point from the left"), null=True, blank=True, validators=WITHIN)
    focus_y = models.FloatField(_("focal point from the top"), null=True, blank=True, validators=WITHIN)

    class Meta:
        verbose_name = _("illustration")
        verbose_name_plural = _("illustrations")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        if (self.focus_x is None) != (self.focus_y is None):
            raise ValidationError({"focus_x": _("A focal point has two numbers: from the left and from the top.")})
