"""A story: its frame, and whose pages may embed it. What readers see of it is an Edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _, gettext_lazy
from parler.models import TranslatableModel, TranslatedFields

from places.models.base import Versioned, name_of, validate_plain_text, validate_slug
from storymap.corrections import LONGEST, is_corrections_address

MOST = 60  # hosts: the header that names them has to pass every server on the way
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:https?://)?(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::(?:[0-9]{{1,5}}|\*))?")


def hosts_of(text: str) -> tuple[str, ...]:
    """The hosts in the text, each once. What is none is left out: a policy is never made of unknown words."""
    return tuple(dict.fromkeys(line for line in _lines(text) if _HOST.fullmatch(line)))


def validate_hosts(text: str) -> None:
    """Raises ValidationError that names the first line that is no host."""
    lines = _lines(text)
    wrong = next((line for line in lines if not _HOST.fullmatch(line)), None)
    if wrong is not None:
        raise ValidationError(
            _("“%(line)s” is no host. Write one a line, such as news.example.org or *.example.org, without a path."),
            params={"line": wrong[:80]},
        )
    if len(lines) > MOST:
        raise ValidationError(_("At most %(number)s hosts."), params={"number": MOST})


def validate_corrections(text: str) -> None:
    if not is_corrections_address(text):
        raise ValidationError(
            _("Write an e-mail address such as corrections@example.org, or the https address of a form.")
        )


def _lines(text: str) -> list[str]:
    return [line.strip().lower().removesuffix("/") for line in text.splitlines() if line.strip()]


def default_language() -> str:
    return settings.LANGUAGE_CODE


class State(models.TextChoices):
    """How far the writing is. Whether a story is published is known by its editions, and not stored twice."""

    DRAFT = "draft", gettext_lazy("draft")
    IN_REVIEW = "in review", gettext_lazy("in review")


class Story(TranslatableModel, Versioned):  # type: ignore[django-manager-missing]  # parler makes it
    slug = models.CharField(
        gettext_lazy("slug"),
        unique=True,
        max_length=80,
        validators=[validate_slug],
        help_text=gettext_lazy("Its address: lima-1996-97"),
    )
    translations = TranslatedFields(
        title=models.CharField(gettext_lazy("title"), max_length=200, validators=[validate_plain_text]),
        standfirst=models.TextField(
            gettext_lazy("standfirst"),
            blank=True,
            max_length=1000,
            validators=[validate_plain_text],
            help_text=gettext_lazy("Two sentences that open the story."),
        ),
        byline=models.CharField(gettext_lazy("byline"), max_length=300, blank=True, validators=[validate_plain_text]),
        credits=models.TextField(
            gettext_lazy("credits"),
            blank=True,
            max_length=10_000,
            validators=[validate_plain_text],
            help_text=gettext_lazy("Markdown."),
        ),
        counting_note=models.TextField(
            gettext_lazy("counting rule"),
            blank=True,
            max_length=1000,
            validators=[validate_plain_text],
            help_text=gettext_lazy("Says once how the days are counted: 17 December 1996 is day 0."),
        ),
    )
    default_language = models.CharField(gettext_lazy("default language"), max_length=15, default=default_language)
    licence = models.CharField(
        gettext_lazy("licence"), max_length=60, blank=True, help_text=gettext_lazy("SPDX identifier: CC-BY-SA-4.0")
    )
    day_zero = models.DateField(
        gettext_lazy("day zero"), null=True, blank=True, help_text=gettext_lazy("The day that the day counter calls 0.")
    )
    day_last = models.DateField(gettext_lazy("last counted day"), null=True, blank=True)
    corrections = models.CharField(
        gettext_lazy("corrections address"),
        max_length=LONGEST,
        blank=True,
        validators=[validate_corrections],
        help_text=gettext_lazy(
            "Where readers report an error: an e-mail address, or the https address of a form. Left empty, it is that "
            "of the site, if the site has one."
        ),
    )
    # Chosen one by one: an event that no chapter tells any more must not become public by that.
    also_recorded = models.ManyToManyField(
        "places.Event",
        related_name="recorded_by",
        blank=True,
        verbose_name=gettext_lazy("also in the record"),
        help_text=gettext_lazy(
            "Events that no chapter tells, and that readers find on a page of their own: “Also in the record”."
        ),
    )
    created_at = models.DateTimeField(gettext_lazy("created"), auto_now_add=True)
    updated_at = models.DateTimeField(gettext_lazy("changed"), auto_now=True)
    # Editions up to this number are withdrawn. A number, not a flag: a later edition is visible again by itself.
    withdrawn_through = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    state_by = models.CharField(max_length=150, blank=True, editable=False)  # who asked for review, or sent it back
    review_note = models.TextField(blank=True, editable=False)  # why it was sent back; never public
    # From then on the story answers as if it were withdrawn. Here and not with an edition: those never change.
    visible_until = models.DateTimeField(gettext_lazy("visible until"), null=True, blank=True, editable=False)

    # Who may hold it in a frame is no part of what it says: it is true at once, for every edition.
    embed_hosts = models.TextField(
        gettext_lazy("sites that may embed it"),
        blank=True,
        max_length=4000,
        validators=[validate_hosts],
        help_text=gettext_lazy(
            "One host a line: news.example.org or *.example.org. Left empty, every site may. Takes effect at once."
        ),
    )

    class Meta:
        verbose_name = gettext_lazy("story")
        verbose_name_plural = gettext_lazy("stories")
        ordering = ["slug"]
        permissions = [("publish_story", gettext_lazy("Can publish and withdraw stories"))]

    def __str__(self) -> str:
        return name_of(self, "title")

    def clean(self) -> None:
        if self.day_zero and self.day_last and self.day_last < self.day_zero:
            raise ValidationError({"day_last": gettext_lazy("The last counted day lies before day zero.")})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the story has a title in, its default language first."""
        return self.languages_in(self.translations.all())

    def languages_in(self, translations: Iterable[Any]) -> tuple[str, ...]:
        """The same, for whoever has read the translations."""
        written = {t.language_code for t in translations if t.title}
        others = [code for code, _name in settings.LANGUAGES if code in written and code != self.default_language]
        return (self.default_language, *others)
