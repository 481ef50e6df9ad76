"""A source: the fields of a CSL item (Citation Style Language 1.0.2) that a reader needs to find it again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models.validators import validate_authors, validate_edtf, validate_plain_text, validate_slug
from places.models.versioned import Versioned


class SourceType(models.TextChoices):
    ARTICLE = "article", _("article")
    JOURNAL = "article-journal", _("journal article")
    MAGAZINE = "article-magazine", _("magazine article")
    NEWSPAPER = "article-newspaper", _("newspaper article")
    BILL = "bill", _("bill")
    BOOK = "book", _("book")
    BROADCAST = "broadcast", _("broadcast")
    CHAPTER = "chapter", _("chapter of a book")
    DOCUMENT = "document", _("document")
    ENCYCLOPEDIA = "entry-encyclopedia", _("encyclopedia entry")
    FILM = "motion_picture", _("film")
    INTERVIEW = "interview", _("interview")
    COURT = "legal_case", _("court decision")
    LEGISLATION = "legislation", _("legislation")
    MANUSCRIPT = "manuscript", _("manuscript")
    MAP = "map", _("map")
    CORRESPONDENCE = "personal_communication", _("letter or conversation")
    POST = "post-weblog", _("weblog post")
    REPORT = "report", _("report")
    SPEECH = "speech", _("speech")
    THESIS = "thesis", _("thesis")
    WEBPAGE = "webpage", _("web page")


class Source(Versioned, models.Model):  # type: ignore[django-manager-missing]  # parler makes the manager of citations
    slug = models.CharField(_("slug"), unique=True, max_length=80, validators=[validate_slug])
    type = models.CharField(_("type"), max_length=40, choices=SourceType, default=SourceType.WEBPAGE)
    author = models.JSONField(
        _("author"),
        default=list,
        blank=True,
        validators=[validate_authors],
        help_text=_('List of names: [{"family": "Ogura", "given": "Hidetaka"}]'),
    )
    title = models.CharField(_("title"), max_length=500, validators=[validate_plain_text])
    container = models.CharField(
        _("published in"),
        max_length=300,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("Newspaper, series, site"),
    )
    issued = models.CharField(
        _("issued"), max_length=60, blank=True, validators=[validate_edtf], help_text=_("1997-04-23")
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)
    accessed = models.CharField(_("read on"), max_length=60, blank=True, validators=[validate_edtf])
    archived_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=15, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.title} ({self.container})" if self.container else self.title
