"""Links by which colleagues without an account see the draft of one story, for a while."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Self

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

from storymap.models.story import Story

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
