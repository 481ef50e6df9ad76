"""Between writing and publishing: an author asks for review, a publisher sends back or publishes; both comment, and
show drafts by links to colleagues who have no account.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from storymap.models import Chapter, ChapterComment, PreviewLink, Story, Verb
from storymap.models.story import State
from storymap.models.workshop import LIFETIME, hash_of, new_token
from storymap.services.accounts import Actor
from storymap.services.history.audit import record


class NotInReview(Exception):
    """Somebody else has published it or sent it back meanwhile."""


@transaction.atomic
def ask_for_review(*, story: Story, by: Actor) -> None:
    """Asking twice is asking once."""
    if Story.objects.filter(pk=story.pk, state=State.DRAFT).update(state=State.IN_REVIEW, state_by=_name(by)):
        note_in_history(by, story, _("Asked for review."))
        record(verb=Verb.REVIEW_ASKED, by=by, story=story)


@transaction.atomic
def send_back(*, story: Story, by: Actor, comment: str) -> None:
    """The comment stays with the story until it is published. Raises NotInReview."""
    waiting = Story.objects.filter(pk=story.pk, state=State.IN_REVIEW)
    if not waiting.update(state=State.DRAFT, state_by=_name(by), review_note=comment):
        raise NotInReview
    note_in_history(by, story, _("Sent back: %(comment)s") % {"comment": comment})
    record(verb=Verb.SENT_BACK, by=by, story=story, comment=comment)


def end_review(story: Story) -> None:
    """Published: nothing is asked of anybody any more. The row is one that nobody else can change."""
    if (story.state, story.state_by, story.review_note) != (State.DRAFT, "", ""):
        Story.objects.filter(pk=story.pk).update(state=State.DRAFT, state_by="", review_note="")


@transaction.atomic
def comment_on(*, chapter: Chapter, by: Actor, text: str) -> ChapterComment:
    comment = ChapterComment.objects.create(chapter=chapter, author=_name(by), text=text)
    record(verb=Verb.COMMENTED, by=by, story=chapter.story, about=chapter, comment=comment.pk)
    return comment


@transaction.atomic
def resolve(*, comment: ChapterComment, by: Actor) -> None:
    """The first to say so is remembered."""
    unresolved = ChapterComment.objects.filter(pk=comment.pk, resolved=None)
    if unresolved.update(resolved=timezone.now(), resolved_by=_name(by)):
        chapter = comment.chapter
        record(verb=Verb.COMMENT_RESOLVED, by=by, story=chapter.story, about=chapter, comment=comment.pk)


def note_in_history(by: Actor, story: Story, message: str) -> None:
    """On the story's own history page in the admin."""
    if by is not None and by.pk:
        LogEntry.objects.log_actions(by.pk, [story], CHANGE, change_message=message, single_object=True)


def _name(by: Actor) -> str:
    return by.get_username() if by else ""


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
