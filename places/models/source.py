"""A source: the fields of a CSL item (Citation Style Language 1.0.2) that a reader needs to find it again."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models.base import Versioned, validate_authors, validate_edtf, validate_plain_text, validate_slug


class SourceType(models.TextChoices):
    """All item types of CSL 1.0.2, so that no reference loses its own."""

    ARTICLE = "article", _("article")
    JOURNAL = "article-journal", _("journal article")
    MAGAZINE = "article-magazine", _("magazine article")
    NEWSPAPER = "article-newspaper", _("newspaper article")
    BILL = "bill", _("bill")
    BOOK = "book", _("book")
    BROADCAST = "broadcast", _("broadcast")
    CHAPTER = "chapter", _("chapter of a book")
    CLASSIC = "classic", _("classical work")
    COLLECTION = "collection", _("archival collection")
    DATASET = "dataset", _("data set")
    DOCUMENT = "document", _("document")
    ENTRY = "entry", _("entry of a reference work")
    DICTIONARY = "entry-dictionary", _("dictionary entry")
    ENCYCLOPEDIA = "entry-encyclopedia", _("encyclopedia entry")
    EVENT = "event", _("exhibition or performance")
    FIGURE = "figure", _("figure")
    GRAPHIC = "graphic", _("photograph or picture")
    HEARING = "hearing", _("hearing")
    INTERVIEW = "interview", _("interview")
    COURT = "legal_case", _("court decision")
    LEGISLATION = "legislation", _("legislation")
    MANUSCRIPT = "manuscript", _("manuscript")
    MAP = "map", _("map")
    FILM = "motion_picture", _("film")
    SCORE = "musical_score", _("musical score")
    PAMPHLET = "pamphlet", _("pamphlet")
    PAPER = "paper-conference", _("conference paper")
    PATENT = "patent", _("patent")
    PERFORMANCE = "performance", _("recorded performance")
    PERIODICAL = "periodical", _("periodical")
    CORRESPONDENCE = "personal_communication", _("letter or conversation")
    MESSAGE = "post", _("post on a forum or network")
    POST = "post-weblog", _("weblog post")
    REGULATION = "regulation", _("regulation")
    REPORT = "report", _("report")
    REVIEW = "review", _("review")
    BOOK_REVIEW = "review-book", _("book review")
    SOFTWARE = "software", _("software")
    SONG = "song", _("song or sound recording")
    SPEECH = "speech", _("speech")
    STANDARD = "standard", _("standard")
    THESIS = "thesis", _("thesis")
    TREATY = "treaty", _("treaty")
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
        """Who, what, when: “Ogura, The fall of Lima, 1997”."""
        who = ", ".join(self.author_names) or self.container
        return ", ".join(part for part in (who, self.title, self.year) if part)

    @property
    def author_names(self) -> list[str]:
        """What each author is called first: the family name, or the whole name of a body."""
        names = self.author if isinstance(self.author, list) else []
        return [name.get("family") or name.get("literal") or name.get("given") or "" for name in names]

    @property
    def year(self) -> str:
        """The first year that the date names: 1997, 199X; empty when it names none."""
        found = re.search(r"[0-9]{2}[0-9X]{2}", self.issued)
        return found[0] if found else ""
