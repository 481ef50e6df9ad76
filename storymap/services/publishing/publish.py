"""Publishing: freeze a story into an Edition, withdraw it, and say beforehand what stands in the way."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from places.dates.days import day_number
from places.models import Stale
from storymap.models import Edition, EditionDocument, Story, Verb
from storymap.services.accounts import Actor
from storymap.services.history.audit import record
from storymap.services.history.differences import changes_between
from storymap.services.history.versions import Held, holding
from storymap.services.publishing.checklist import Checklist, checklist_of, digest_of
from storymap.services.publishing.review import end_review, note_in_history
from storymap.services.publishing.rules import problems_of
from storymap.story.document import StoryDocument
from storymap.story.from_models import story_file_of
from storymap.story.localizing import localize
from storymap.story.problem import Problem
from storymap.story.storyfile import StoryFile, from_json, to_json


class CannotPublish(Exception):
    """Carries every problem at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


class ChangedSince(Exception):
    """The story is no longer what the checklist was about."""


class Unchanged(Enum):
    """The story's end stays as it is."""

    AS_BEFORE = "as before"


def checklist_before_publishing(story: Story) -> Checklist:
    newest = story.editions.filter(number__gt=story.withdrawn_through).order_by("-number").first()
    return checklist_of(story_file_of(story), from_json(newest.source) if newest else None)


def publish(
    *,
    story: Story,
    by: Actor,
    note: str = "",
    at: datetime | None = None,
    until: datetime | Unchanged | None = Unchanged.AS_BEFORE,
    checked: str = "",
    seen: int | None = None,
    after: int | None = None,
) -> Edition:
    """A new Edition, visible from `at` (now unless given), the story until `until`; None is without end.

    `checked` is the digest of the story file that the checklist was about. Raises CannotPublish; ChangedSince when
    it is another by now; and Stale when the story no longer says what it said at version `seen`, or when its newest
    edition is no longer number `after`.
    """
    with holding(story, by=by, seen=seen, resting_on=lambda file: file) as held:
        newest = newest_edition(held.row)
        _check_newest(story, newest, after)
        _check(held.file, checked)
        now = timezone.now()
        visible_from = max(at, now) if at else now
        _set_end(held.row, until, visible_from, now)
        before = _published_before(held.row, visible_from) if newest else None
        edition = Edition(story=held.row, number=newest + 1, publish_at=visible_from, created_at=now, note=note)
        edition.by = by.get_username() if by else ""
        _freeze(edition, held, before)
        end_review(held.row)
        _write_down(edition, by)
    return edition


def _check(file: StoryFile, checked: str) -> None:
    if checked and checked != digest_of(file):
        raise ChangedSince
    if errors := [p for p in problems_of(file) if p.is_error]:
        raise CannotPublish(errors)


def _set_end(story: Story, until: datetime | Unchanged | None, visible_from: datetime, now: datetime) -> None:
    """An end that has passed does not hold for what is published now."""
    end = story.visible_until if isinstance(until, Unchanged) else until
    if isinstance(until, Unchanged) and end and end <= now:
        end = None
    if end and end <= visible_from:
        raise ValueError("the story would end before the edition appears")
    if end != story.visible_until:
        Story.objects.filter(pk=story.pk).update(visible_until=end)


def _published_before(story: Story, visible_from: datetime) -> StoryFile | None:
    """What readers can compare a new edition with."""
    edition = story.editions.appeared(visible_from).order_by("-number").first()
    return from_json(edition.source) if edition else None


def _freeze(edition: Edition, held: Held, before: StoryFile | None) -> None:
    """Store the edition, and its document in each language."""
    edition.source = to_json(held.file).decode()
    edition.digest = _sha256(edition.source)
    edition.changes = changes_between(before, held.file)
    edition.save(force_insert=True)
    documents = [_document(edition, localize(held.file, code, held.pictures)) for code in held.file.languages]
    EditionDocument.objects.bulk_create(documents)


def end_at(*, story: Story, by: Actor, until: datetime | None) -> None:
    """From `until` on the story answers as if it were withdrawn; None takes an end back."""
    with holding(story, by=by):
        Story.objects.filter(pk=story.pk).update(visible_until=until)
    end = f"{until.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if until else ""
    said = _("Visible until %(time)s.") % {"time": end} if end else _("Visible without an end.")
    note_in_history(by, story, said)
    record(verb=Verb.SCHEDULED, by=by, story=story, visible_until=end)


def withdraw(*, story: Story, by: Actor, seen: int | None = None, after: int | None = None) -> None:
    """Withdraw every edition so far, scheduled ones too. They stay as they are; a later one is visible again.

    What the drafts say does not matter, whichever version was seen; raises Stale when the newest edition is no longer
    number `after`."""
    with holding(story, by=by, seen=seen, resting_on=lambda file: None):
        newest = newest_edition(story)
        _check_newest(story, newest, after)
        Story.objects.filter(pk=story.pk).update(withdrawn_through=newest)
        note_in_history(by, story, _("Withdrawn through edition %(number)s.") % {"number": newest})
        record(verb=Verb.WITHDRAWN, by=by, story=story, through_edition=newest)


def _write_down(edition: Edition, by: Actor) -> None:
    note_in_history(by, edition.story, _("Published as edition %(number)s.") % {"number": edition.number})
    verb = Verb.SCHEDULED if edition.publish_at > edition.created_at else Verb.PUBLISHED
    number, visible_from, note = edition.number, edition.publish_at, edition.note
    record(verb=verb, by=by, story=edition.story, edition=number, visible_from=visible_from, note=note)


def newest_edition(story: Story) -> int:
    """Its number; 0 where there is none."""
    return story.editions.aggregate(newest=Max("number"))["newest"] or 0


def _check_newest(story: Story, newest: int, after: int | None) -> None:
    if after is not None and after != newest:
        raise Stale(story, story.version - 1, story.version - 1)


def _document(edition: Edition, story: StoryDocument) -> EditionDocument:
    text = to_json(story).decode()
    return EditionDocument(
        edition=edition, language=story.language, document=text, digest=_sha256(text), card=_card(story)
    )


def _card(story: StoryDocument) -> dict[str, Any]:
    days = [day for e in story.events.values() if not e.later for day in (e.earliest, e.latest) if day]
    days.sort(key=day_number)
    return {
        "title": story.title,
        "standfirst": story.standfirst,
        "byline": story.byline,
        "chapters": len(story.chapters),
        "also_recorded": len(story.listed),
        "people": len(story.people),
        "default_language": story.default_language,
        "first_day": days[0] if days else "",
        "last_day": days[-1] if days else "",
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
