"""What is known of where names are: the built-in gazetteer, and what a geocoding service has answered."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ANSWER_LASTS = timedelta(days=30)
# between two requests of the whole installation: the second that public services ask for, and what a request may lose
# between its turn and its arrival
APART = timedelta(seconds=1.2)
LONGEST_REFUSAL = timedelta(days=1)


class GazetteerName(models.Model):
    """One name of a city; a city has as many rows as names."""

    folded = models.CharField(max_length=200, db_index=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("name of the gazetteer")
        ordering = ["-population", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"


class CachedAnswer(models.Model):
    """What a service answered to a question; asked again only after thirty days."""

    key = models.CharField(max_length=64, unique=True)  # SHA-256 of service, language and question
    candidates = models.JSONField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key

    @classmethod
    def fresh(cls, key: str) -> list[dict] | None:
        since = timezone.now() - ANSWER_LASTS
        found = cls.objects.filter(key=key, answered_at__gt=since).first()
        return found.candidates if found else None

    @classmethod
    def keep(cls, key: str, candidates: list[dict]) -> None:
        cls.objects.filter(answered_at__lte=timezone.now() - ANSWER_LASTS).delete()
        cls.objects.update_or_create(key=key, defaults={"candidates": candidates, "answered_at": timezone.now()})


class GeocodingTurn(models.Model):
    """When the service may be asked next: one row for each service, shared by all processes."""

    service = models.CharField(max_length=200, unique=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.service

    @classmethod
    def take(cls, service: str, *, patience: float) -> tuple[float, bool]:
        """Seconds until one's turn, and whether it was taken: nobody queues for longer than `patience`."""
        cls.objects.get_or_create(service=service, defaults={"free_at": timezone.now()})
        with transaction.atomic():
            turn = cls.objects.select_for_update().get(service=service)
            now = timezone.now()  # not before: others may have held the row for long
            wait = max(0.0, (turn.free_at - now).total_seconds())
            if wait > patience:
                return wait, False
            turn.free_at = max(turn.free_at, now) + APART
            turn.save(update_fields=["free_at"])
        return wait, True

    @classmethod
    def hold_off(cls, service: str, *, seconds: float) -> None:
        """The service asked to be left alone for a while."""
        until = timezone.now() + min(timedelta(seconds=max(seconds, 1)), LONGEST_REFUSAL)
        cls.objects.filter(service=service, free_at__lt=until).update(free_at=until)
