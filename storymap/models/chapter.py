"""A chapter: narration, what the map shows while it is read, and its moments."""

from __future__ import annotations

from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from places.features import problems_in
from places.geo import Camera
from places.models import Event
from places.models.base import TrustsLoadedRows, name_of, validate_plain_text, validate_slug
from storymap.models.illustration import Illustration
from storymap.models.stage import StagePicture
from storymap.models.story import Story
from storymap.prose import MAX_CHARACTERS
from storymap.stage import Frame, Spot


def validate_camera(value: Any) -> None:
    _valid_as(value, Camera, "camera")


def _valid_as(value: Any, kind: type, code: str) -> None:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as problem:
        raise ValidationError(str(problem), code=code) from None


def validate_overlay(value: Any) -> None:
    if problems := problems_in(value):
        raise ValidationError([ValidationError(problem, code="geojson") for problem in problems[:20]])


def validate_frame(value: Any) -> None:
    _valid_as(value, Frame, "frame")


def validate_spot(value: Any) -> None:
    _valid_as(value, Spot, "spot")


class Chapter(TrustsLoadedRows, TranslatableModel):
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="chapters", verbose_name=_("story"))
    slug = models.CharField(_("slug"), max_length=80, validators=[validate_slug])
    position = models.PositiveIntegerField(_("position"), default=0)
    translations = TranslatedFields(
        title=models.CharField(_("title"), max_length=200, validators=[validate_plain_text]),
        narration=models.TextField(
            _("narration"),
            blank=True,
            validators=[validate_plain_text, MaxLengthValidator(MAX_CHARACTERS)],
            help_text=_("Markdown. Link a moment as [text](#event-slug)."),
        ),
        audio=models.CharField(_("audio file"), max_length=100, blank=True),
        captions=models.CharField(_("captions file (WebVTT)"), max_length=100, blank=True),
        transcript=models.TextField(_("transcript"), blank=True, max_length=20_000, validators=[validate_plain_text]),
    )
    camera = models.JSONField(
        _("camera"),
        null=True,
        blank=True,
        validators=[validate_camera],
        help_text=_(
            '{"center": {"lat": -12.09, "lng": -77.05}, "zoom": 15}'
            ' or {"bounds": {"west": -82, "south": -19, "east": -68, "north": 0}}'
        ),
    )
    overlay = models.JSONField(
        _("areas and lines"),
        null=True,
        blank=True,
        validators=[validate_overlay],
        help_text=_("A GeoJSON FeatureCollection."),
    )
    illustration = models.ForeignKey(
        Illustration,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chapters",
        verbose_name=_("illustration"),
    )
    stage = models.ForeignKey(
        StagePicture,
        on_delete=models.RESTRICT,  # a story takes its chapters and its pictures with it; a picture in use stays
        null=True,
        blank=True,
        related_name="chapters",
        verbose_name=_("stage"),
        help_text=_("A picture in place of the map. Empty: the earth."),
    )
    frame = models.JSONField(
        _("part of the picture"),
        null=True,
        blank=True,
        validators=[validate_frame],
        help_text=_('{"left": 0.1, "top": 0, "right": 0.6, "bottom": 0.5}: fractions of its width and height'),
    )

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="chapter_slug_in_story", fields=["story", "slug"])]

    def __str__(self) -> str:
        return name_of(self, "title")


class Moment(TrustsLoadedRows, models.Model):
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
    spot = models.JSONField(
        _("spot on the picture"),
        null=True,
        blank=True,
        validators=[validate_spot],
        help_text=_('{"kind": "point", "points": [[0.4, 0.6]]}: fractions of its width and height'),
    )
    frame = models.JSONField(
        _("part of the picture"),
        null=True,
        blank=True,
        validators=[validate_frame],
        help_text=_("A view of its own on the picture; else the chapter's."),
    )
    is_key = models.BooleanField(
        _("key moment"),
        default=False,
        help_text=_("It belongs to the story in short, which the cover offers."),
    )

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="moment_once_in_chapter", fields=["chapter", "event"])]

    def __str__(self) -> str:
        return str(self.event)
