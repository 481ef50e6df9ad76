"""What editors leave beside a story: comments, autosaves, presence, imported tables, links to its preview."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models.base import validate_plain_text
from storymap.models.chapter import Chapter
from storymap.models.story import Story

LONGEST = 4000


class ChapterComment(models.Model):
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="comments", verbose_name=_("chapter"))
    author = models.CharField(_("author"), max_length=150)  # a name, not a row: accounts go, what was said stays
    text = models.TextField(_("comment"), max_length=LONGEST, validators=[validate_plain_text])
    created = models.DateTimeField(_("created"), auto_now_add=True)
    resolved = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.CharField(_("resolved by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created", "pk"]
        default_permissions = ()  # who may change the chapter may comment on it

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"


class Autosave(models.Model):
    """One rolling row for each form somebody has open. No part of a story: it is its writer's, and nobody else's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves")
    key = models.UUIDField()  # of the open form, so that two windows do not overwrite each other
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)  # empty: of something that is not stored yet
    language = models.CharField(max_length=15, blank=True)  # the tab of the form
    part = models.CharField(max_length=20, blank=True)  # which of the row's pages; empty: its own form
    typed = models.JSONField(default=dict)  # name of the input: its values; only what differs from what was stored
    seen = models.PositiveIntegerField(null=True)  # the version that was shown
    turn = models.PositiveIntegerField(default=0)  # counts up in the browser: of two requests the later one counts
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(name="autosave_of_form", fields=["user", "key"])]
        indexes = [models.Index(fields=["user", "content_type", "object_id"], name="autosave_object")]

    def __str__(self) -> str:
        return f"{self.user}: {self.content_type} {self.object_id} {self.language}".strip()


class Presence(models.Model):
    """Rows, not a cache: the cache of one process does not know who talks to another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, db_index=True)  # what is open; of a chapter its story
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="once_at_each", fields=["user", "content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject}"


class ImportBatch(models.Model):
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="imports", verbose_name=_("story"))
    kind = models.CharField(_("kind"), max_length=10)  # places or events
    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of `text`: the same file is known again
    by = models.CharField(_("imported by"), max_length=150, blank=True)  # a name, not a row
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    imported_at = models.DateTimeField(_("imported"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)
    # while it is looked at: the table, and what the editor chose about it
    text = models.TextField(blank=True)  # emptied by the import
    columns = models.JSONField(default=list)  # the field of each column, empty when it is left out
    country = models.CharField(_("country"), max_length=2, blank=True)  # of rows that name none
    answers = models.JSONField(default=dict)  # text searched → {"candidates": [[name, lat, lng]], "problem": text}
    choices = models.JSONField(default=dict)  # text searched → number of the candidate
    joined = models.JSONField(default=dict)  # line → key of the event that is told in place of a new one
    exchanged = models.BooleanField(null=True)  # whether latitude and longitude are; None: nobody has said
    notes = models.JSONField(default=list)  # what of the file is in no row
    # afterwards: what was made, [{"kind", "key", "slug", "digest"}], and what was not, [[line, name, reason]]
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.JSONField(default=list)
    there = models.PositiveIntegerField(default=0)  # rows that were in the record or the story already
    left_out = models.JSONField(default=list)
    left_in_place = models.JSONField(default=list)  # by an undo: [[kind, key, slug, reason]]

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


LIFETIME = timedelta(days=7)
_signer = Signer(salt="storymap.preview", sep=".")


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def valid(self, now: datetime) -> Self:
        return self.filter(expires__gt=now, revoked=None)

    def of_token(self, token: str) -> Self:
        """The link that the token opens, valid or not; none when the token was not made here."""
        try:
            _signer.unsign(token)
        except BadSignature:
            return self.none()
        return self.filter(token_hash=hash_of(token))


class PreviewLink(models.Model):
    """The token itself is stored nowhere: whoever reads the database cannot open the link."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="preview_links", verbose_name=_("story"))
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256
    by = models.CharField(_("made by"), max_length=150)  # a name, not a row, as in an edition
    created = models.DateTimeField(_("made"))
    expires = models.DateTimeField(_("valid until"))
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created", "-pk"]
        default_permissions = ()  # whoever may change the story may show it

    def __str__(self) -> str:
        return f"{self.story}, {self.created:%Y-%m-%d %H:%M}"


def new_token() -> str:
    """Random and signed: one that was not made with this site's key is refused without asking the database."""
    return _signer.sign(secrets.token_urlsafe(24))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
