"""Editions: written once, never changed (the database refuses, migration 0002); and former addresses that lead on."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from storymap.models.chapter import Chapter
from storymap.models.story import Story


class EditionQuerySet(models.QuerySet["Edition"]):
    def appeared(self, now: datetime) -> Self:
        """Editions that the public has been able to read by `now` and that are not withdrawn."""
        shown = self.filter(_not_ended("story", now), publish_at__lte=now, number__gt=F("story__withdrawn_through"))
        return shown.exclude(Exists(_overtaking(OuterRef("story"), OuterRef("number"), OuterRef("publish_at"))))

    def awaited(self, now: datetime) -> Self:
        """Editions that will appear by themselves: neither withdrawn nor overtaken, and before their story ends."""
        ahead = self.filter(publish_at__gt=now, number__gt=F("story__withdrawn_through"))
        ahead = ahead.filter(Q(story__visible_until=None) | Q(story__visible_until__gt=F("publish_at")))
        return ahead.exclude(Exists(_overtaking(OuterRef("story"), OuterRef("number"), OuterRef("publish_at"))))


class Edition(models.Model):
    """One publication of a whole story."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="editions", verbose_name=_("story"))
    number = models.PositiveIntegerField(_("number"))
    source = models.TextField(_("story file"))  # JSON of storyfile.StoryFile: every language, complete
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256 of `source`
    publish_at = models.DateTimeField(_("visible from"))
    created_at = models.DateTimeField(_("created"))
    by = models.CharField(
        _("published by"), max_length=150, blank=True
    )  # a name, not a row: accounts go, history stays
    note = models.TextField(_("note to readers"), blank=True)
    changes = models.JSONField(_("changes"), default=list)  # [[verb, kind, slug], …] against the edition before

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="edition_number", fields=["story", "number"])]
        indexes = [models.Index(fields=["story", "publish_at"], name="edition_visible")]

    def __str__(self) -> str:
        return f"{self.story}, {self.number}"


def _not_ended(story: str, now: datetime) -> Q:
    """The end belongs to the story, at the path `story`. What has ended answers as if it were withdrawn."""
    return Q((f"{story}__visible_until", None)) | Q((f"{story}__visible_until__gt", now))


def _overtaking(story: OuterRef, number: OuterRef, publish_at: OuterRef) -> models.QuerySet[Edition]:
    """Later editions that appeared no later: because of them the one in question was never to be seen."""
    return Edition.objects.filter(story=story, number__gt=number, publish_at__lte=publish_at).order_by()


class EditionDocumentQuerySet(models.QuerySet["EditionDocument"]):
    """The one place where visibility is decided."""

    def allowed(self, now: datetime) -> Self:
        """Of editions that have appeared and are not withdrawn, the newest or an earlier one."""
        parts = (OuterRef(f"edition__{name}") for name in ("story", "number", "publish_at"))
        return self._not_withdrawn(now).exclude(Exists(_overtaking(*parts)))

    def visible(self, now: datetime) -> Self:
        """Of each story the newest edition that has appeared, unless it is withdrawn."""
        newest = (
            Edition.objects.filter(story=OuterRef("edition__story"), publish_at__lte=now)
            .order_by()
            .values("story")
            .annotate(newest=Max("number"))
            .values("newest")
        )
        return self._not_withdrawn(now).filter(Q(edition__number=Subquery(newest)))

    def _not_withdrawn(self, now: datetime) -> Self:
        shown = self.filter(edition__publish_at__lte=now, edition__number__gt=F("edition__story__withdrawn_through"))
        return shown.filter(_not_ended("edition__story", now))


class EditionDocument(models.Model):
    """An Edition in one language: the JSON of document.StoryDocument."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(max_length=15)
    document = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of `document`
    card = models.JSONField(default=dict)  # what a list of stories shows

    objects = EditionDocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="edition_language", fields=["edition", "language"])]

    def __str__(self) -> str:
        return f"{self.edition} ({self.language})"


class OldSlug(models.Model):
    """A former slug of a story (no chapter) or of one of its chapters."""

    slug = models.CharField(max_length=80)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="old_slugs")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, null=True, blank=True, related_name="old_slugs")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="old_story_slug", fields=["slug"], condition=models.Q(chapter=None)),
            models.UniqueConstraint(
                name="old_chapter_slug", fields=["story", "slug"], condition=~models.Q(chapter=None)
            ),
        ]

    def __str__(self) -> str:
        return self.slug
