"""A place: its names, where it is, and how precisely that is known."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from places.geo import LatLng
from places.models.base import (
    Versioned,
    name_of,
    validate_country,
    validate_edtf,
    validate_plain_text,
    validate_slug,
    validate_time_zone,
)

MAX_RADIUS = 5_000_000  # metres: a quarter of the way round the world


class Precision(models.TextChoices):
    POINT = "point", _("point")
    BUILDING = "building", _("building")
    BLOCK = "block", _("block")
    STREET = "street", _("street")
    CITY = "city", _("city")
    REGION = "region", _("region")
    COUNTRY = "country", _("country")


class Place(TranslatableModel, Versioned):  # type: ignore[django-manager-missing]  # parler makes it
    slug = models.CharField(_("slug"), unique=True, max_length=80, validators=[validate_slug])
    translations = TranslatedFields(
        name=models.CharField(
            _("name"),
            max_length=200,
            validators=[validate_plain_text],
            help_text=_("As a reader of this language knows it: Residence of the Japanese ambassador."),
        )
    )
    kind = models.CharField(_("kind"), max_length=40, default="other", help_text=_("embassy, court, city, hotel …"))
    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[validate_country],
        help_text=_("ISO 3166-1 code: PE"),
    )
    address = models.CharField(_("address"), max_length=300, blank=True, validators=[validate_plain_text])
    latitude = models.FloatField(
        _("latitude"),
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("WGS84 degrees: -12.09139"),
    )
    longitude = models.FloatField(
        _("longitude"),
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("WGS84 degrees: -77.04944"),
    )
    precision = models.CharField(
        _("precision"),
        max_length=10,
        choices=Precision,
        default=Precision.CITY,
        help_text=_("Point: coordinates only. The radius says how far off it may be."),
    )
    radius = models.FloatField(
        _("radius"),
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_RADIUS)],
        help_text=_("Metres within which the position is certain; drawn as a circle."),
    )
    coordinate_source = models.TextField(_("source of the coordinates"), blank=True, validators=[validate_plain_text])
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[validate_time_zone])

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["slug"]
        constraints = [
            # BETWEEN is false for infinity and, in PostgreSQL, for NaN; SQLite makes NaN a NULL, which NOT NULL refuses
            models.CheckConstraint(name="place_latitude", condition=models.Q(latitude__range=(-90, 90))),
            models.CheckConstraint(name="place_longitude", condition=models.Q(longitude__range=(-180, 180))),
            models.CheckConstraint(name="place_radius", condition=models.Q(radius__range=(0, MAX_RADIUS))),
        ]

    def __str__(self) -> str:
        return name_of(self, "name")

    @property
    def at(self) -> LatLng:
        return LatLng(self.latitude, self.longitude)


class Toponym(models.Model):
    """A further name: in another language, or of another time."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="toponyms")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    name = models.CharField(_("name"), max_length=200, validators=[validate_plain_text])
    language = models.CharField(_("language"), max_length=15, blank=True, help_text=_("qu, es, ja …"))
    period = models.CharField(
        _("period"),
        max_length=60,
        blank=True,
        validators=[validate_edtf],
        help_text=_("When the name was used: 1942/1997"),
    )

    class Meta:
        verbose_name = _("further name")
        verbose_name_plural = _("further names")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
