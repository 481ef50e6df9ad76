"""An event: what happened, when and where, who says so, and how far it is established."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from places import when
from places.dates.seasons import hemisphere_at
from places.models.base import (
    Versioned,
    name_of,
    validate_edtf,
    validate_local_time,
    validate_plain_text,
    validate_slug,
)
from places.models.place import Place
from places.models.source import Source
from places.statuses import ClaimStatus, claim_status_choices


class JourneyMode(models.TextChoices):
    """By what a way was travelled; empty where that is not known."""

    AIR = "air", _("by air")
    SEA = "sea", _("by sea")
    ROAD = "road", _("by road")
    RAIL = "rail", _("by rail")
    FOOT = "foot", _("on foot")


class Sensitivity(models.TextChoices):
    NONE = "none", _("none")
    MEDIUM = "medium", _("medium: handle with care")
    HIGH = "high", _("high: deaths, accusations, private persons")


class Person(TranslatableModel, Versioned):  # type: ignore[django-manager-missing]  # parler makes it
    slug = models.CharField(_("slug"), unique=True, max_length=80, validators=[validate_slug])
    translations = TranslatedFields(name=models.CharField(_("name"), max_length=200, validators=[validate_plain_text]))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["slug"]

    def __str__(self) -> str:
        return name_of(self, "name")


class Event(TranslatableModel, Versioned):  # type: ignore[django-manager-missing]  # parler makes it
    slug = models.CharField(_("slug"), unique=True, max_length=80, validators=[validate_slug])
    translations = TranslatedFields(
        title=models.CharField(_("title"), max_length=200, validators=[validate_plain_text]),
        summary=models.TextField(_("summary"), blank=True, max_length=2000, validators=[validate_plain_text]),
        attributed_to=models.CharField(
            _("attributed to"),
            max_length=300,
            blank=True,
            validators=[validate_plain_text],
            help_text=_("Who says so. Needed unless the event is documented."),
        ),
        note=models.TextField(
            _("editor's note"),
            blank=True,
            max_length=2000,
            validators=[validate_plain_text],
            help_text=_("Shown to readers: what other accounts say, what is corrected."),
        ),
    )
    date = models.CharField(
        _("date"),
        max_length=60,
        blank=True,
        validators=[validate_edtf],
        help_text=_("EDTF: 1996-12-17, 1996-12, 1996~, 1996-12-17/1996-12-18"),
    )
    # numbers of places.dates.days: the dates of databases begin in year 1, those of SQLite are text that sorts as text
    earliest = models.BigIntegerField(_("earliest day"), null=True, blank=True, editable=False)
    latest = models.BigIntegerField(_("latest day"), null=True, blank=True, editable=False)
    time = models.CharField(
        _("local time"), max_length=5, blank=True, validators=[validate_local_time], help_text="20:20"
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("place")
    )
    also_there = models.ManyToManyField(Place, through="AlsoThere", related_name="+", blank=True)
    journey_mode = models.CharField(
        _("means of transport"),
        max_length=4,
        blank=True,
        choices=JourneyMode,
        help_text=_("Leave it empty where it is not known."),
    )
    journey_date = models.CharField(
        _("date of the journey"),
        max_length=60,
        blank=True,
        validators=[validate_edtf],
        help_text=_("Where it is another than the date of the event."),
    )
    status = models.CharField(
        _("claim status"), max_length=10, choices=claim_status_choices, default=ClaimStatus.DOCUMENTED
    )
    sensitivity = models.CharField(_("sensitivity"), max_length=6, choices=Sensitivity, default=Sensitivity.NONE)
    later = models.BooleanField(
        _("later fact"), default=False, help_text=_("Known or happened after the main account; marked so for readers.")
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        # what happened before a day stands where that is; undated events come last in every database
        ordering = [Coalesce("earliest", "latest").asc(nulls_last=True), "time", "slug"]
        indexes = [models.Index(fields=["earliest", "latest"], name="event_span")]

    def __str__(self) -> str:
        return name_of(self, "title")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reckon_span()
        super().save(*args, **kwargs)

    def reckon_span(self) -> None:
        """The days that the date covers at its place, by which events are put in order."""
        span = when.parse(self.date) if self.date else None
        if span and span.depends_on_hemisphere and self.place:  # else the place is not asked for
            span = when.parse(self.date, hemisphere_at(self.place.latitude, self.place.radius))
        self.earliest = span.earliest if span else None
        self.latest = span.latest if span else None


class AlsoThere(models.Model):
    """A place that an event also concerns, or whose people took part: in no order, and joined to nothing by a line."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="elsewhere")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))

    class Meta:
        verbose_name = _("place also concerned")
        verbose_name_plural = _("places also concerned")
        ordering = ["place__slug"]
        constraints = [models.UniqueConstraint(fields=["event", "place"], name="also_there_once")]

    def __str__(self) -> str:
        return str(self.place)


class JourneyStop(models.Model):
    """A stop of the way that was travelled in an event, its start and its end among them."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="stops")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("stop of the journey")
        verbose_name_plural = _("stops of the journey")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.place)


class Involvement(TranslatableModel):
    """A person's part in an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="involvements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements", verbose_name=_("person"))
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    translations = TranslatedFields(
        role=models.CharField(_("role"), max_length=200, blank=True, validators=[validate_plain_text])
    )

    class Meta:
        verbose_name = _("person involved")
        verbose_name_plural = _("people involved")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.person)


class Citation(TranslatableModel):
    """Where a source says so. The note carries no quotation."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations", verbose_name=_("source"))
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    locator = models.CharField(
        _("locator"),
        max_length=200,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("Page, paragraph, section"),
    )
    translations = TranslatedFields(
        note=models.CharField(_("note"), max_length=500, blank=True, validators=[validate_plain_text])
    )

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}" if self.locator else str(self.source)
