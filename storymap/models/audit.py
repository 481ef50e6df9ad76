"""The audit log: who did what. Entries are added, and forgotten when they are old; the database itself refuses to
change one, or to let one go that is younger than ninety days (migrations 0006 and 0014)."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What can be done. The field knows nothing of it: a new verb needs no migration, and old entries stay readable."""

    SIGNED_IN = "signed-in", _("signed in")
    SIGN_IN_FAILED = "sign-in-failed", _("failed to sign in")
    LOCKED_OUT = "locked-out", _("was locked out")
    SIGNED_OUT = "signed-out", _("signed out")
    SESSIONS_ENDED = "sessions-ended", _("ended all other sessions")
    PASSWORD_CHANGED = "password-changed", _("changed a password")
    SECOND_STEP_ON = "second-step-on", _("switched two-step sign-in on")
    SECOND_STEP_OFF = "second-step-off", _("switched two-step sign-in off")
    BACKUP_CODES_MADE = "backup-codes-made", _("made new backup codes")
    USER_ADDED = "user-added", _("added a user")
    USER_CHANGED = "user-changed", _("changed a user")
    GROUP_ADDED = "group-added", _("added a group")
    GROUP_CHANGED = "group-changed", _("changed a group")
    PUBLISHED = "published", _("published")
    SCHEDULED = "scheduled", _("scheduled")
    WITHDRAWN = "withdrawn", _("withdrew")
    REVIEW_ASKED = "review-asked", _("asked for review")
    SENT_BACK = "sent-back", _("sent back")
    COMMENTED = "commented", _("commented")
    COMMENT_RESOLVED = "comment-resolved", _("resolved a comment")
    DELETED = "deleted", _("deleted")


class AuditEntry(models.Model):
    """Names, not rows: accounts and stories go, what was done stays."""

    when = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    who = models.CharField(_("who"), max_length=150, blank=True)  # empty: the installation itself, or nobody known
    verb = models.CharField(_("what"), max_length=40)
    story = models.CharField(_("story"), max_length=80, blank=True)  # its slug
    about = models.CharField(_("object"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    details = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log entries")
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.who or '–'} {self.said} {self.story or self.about}".strip()

    @property
    def said(self) -> str:
        """The verb in words; one that is no longer known as it was written."""
        return str(Verb(self.verb).label) if self.verb in Verb.values else self.verb
