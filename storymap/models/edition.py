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
        return self.filter(_is_out("", now)).exclude(_is_overtaken(""))

    def awaited(self, now: datetime) -> Self:
        """Editions that will appear by themselves: neither withdrawn nor overtaken, and before their story ends."""
        ahead = self.filter(publish_at__gt=now, number__gt=F("story__withdrawn_through"))
        ahead = ahead.filter(Q(story__visible_until=None) | Q(story__visible_until__gt=F("publish_at")))
        return ahead.exclude(_is_overtaken(""))


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


def _is_out(edition: str, now: datetime) -> Q:
    """The one rule of visibility, for the edition at the path `edition`, such as "edition__": it has appeared, is not
    withdrawn, and its story has not ended. What has ended answers as if it were withdrawn."""
    end = f"{edition}story__visible_until"
    appeared = Q((f"{edition}publish_at__lte", now), (f"{edition}number__gt", F(f"{edition}story__withdrawn_through")))
    return appeared & (Q((end, None)) | Q((f"{end}__gt", now)))


def _is_overtaken(edition: str) -> Exists:
    """By a later edition that appeared no later: because of it the one in question was never to be seen."""
    story, number, since = (OuterRef(f"{edition}{name}") for name in ("story", "number", "publish_at"))
    return Exists(Edition.objects.filter(story=story, number__gt=number, publish_at__lte=since).order_by())


class EditionDocumentQuerySet(models.QuerySet["EditionDocument"]):
    """What readers get, by the same rule."""

    def allowed(self, now: datetime) -> Self:
        """Of editions that have appeared and are not withdrawn, the newest or an earlier one."""
        return self.filter(_is_out("edition__", now)).exclude(_is_overtaken("edition__"))

    def visible(self, now: datetime) -> Self:
        """Of each story the newest edition that has appeared, unless it is withdrawn."""
        newest = (
            Edition.objects.filter(story=OuterRef("edition__story"), publish_at__lte=now)
            .order_by()
            .values("story")
            .annotate(newest=Max("number"))
            .values("newest")
        )
        return self.filter(_is_out("edition__", now), edition__number=Subquery(newest))


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
