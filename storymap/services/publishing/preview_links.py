"""Links to a draft for colleagues without an account: made, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from storymap.models import PreviewLink, Story
from storymap.models.preview_link import LIFETIME, hash_of, new_token
from storymap.services.accounts.actor import Actor
from storymap.services.publishing.review import note_in_history


@transaction.atomic
def make_preview_link(*, story: Story, by: Actor) -> tuple[PreviewLink, str]:
    """A link and its token, which can be read now and never again."""
    token, now = new_token(), timezone.now()
    link = PreviewLink.objects.create(
        story=story, token_hash=hash_of(token), by=by.get_username() if by else "", created=now, expires=now + LIFETIME
    )
    note_in_history(by, story, _("Made a preview link, valid until %(time)s.") % {"time": _time(link.expires)})
    return link, token


@transaction.atomic
def revoke_preview_link(*, link: PreviewLink, by: Actor) -> None:
    """From now on the link leads nowhere. Revoked again, it stays as it is."""
    if PreviewLink.objects.filter(pk=link.pk, revoked=None).update(revoked=timezone.now()):
        note_in_history(by, link.story, _("Revoked the preview link of %(time)s.") % {"time": _time(link.created)})


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
