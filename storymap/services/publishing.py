"""Publishing: freeze a story into an Edition, withdraw it, and say beforehand what stands in the way."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from places.models import Stale
from storymap.document import PictureFile, StoryDocument
from storymap.localizing import localize
from storymap.models import Edition, EditionDocument, Illustration, Story
from storymap.rows import story_file_of
from storymap.services.changes import changes_between
from storymap.services.problems import Problem, problems_of
from storymap.services.versions import Actor, changing
from storymap.storyfile import StoryFile, from_json, to_json


class CannotPublish(Exception):
    """Carries every problem at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


def problems_before_publishing(story: Story) -> list[Problem]:
    """All that is wrong, errors first; publishing is refused while an error is among them."""
    return problems_of(story_file_of(story))


def publish(
    *,
    story: Story,
    by: Actor,
    note: str = "",
    at: datetime | None = None,
    seen: int | None = None,
    after: int | None = None,
) -> Edition:
    """A new Edition, visible from `at` (now unless given). Raises CannotPublish; and Stale when the story no longer
    says what it said at version `seen`, or when its newest edition is no longer number `after`."""
    with changing(story, by=by, seen=seen, resting_on=lambda file: file):
        _check_newest(story, after)
        return _publish(Story.objects.get(pk=story.pk), by, note, at)


def _publish(story: Story, by: Actor, note: str, at: datetime | None) -> Edition:
    file = story_file_of(story)
    if errors := [p for p in problems_of(file) if p.is_error]:
        raise CannotPublish(errors)
    now = timezone.now()
    visible_from = max(at, now) if at else now
    seen = story.editions.appeared(visible_from).order_by("-number").first()  # what readers can compare it with
    source = to_json(file).decode()
    edition = Edition.objects.create(
        story=story,
        number=newest_edition(story) + 1,
        source=source,
        digest=_sha256(source),
        publish_at=visible_from,
        created_at=now,
        by=by.get_username() if by else "",
        note=note,
        changes=changes_between(from_json(seen.source) if seen else None, file),
    )
    EditionDocument.objects.bulk_create(_document(edition, file, language) for language in file.languages)
    _log(by, story, _("Published as edition %(number)s.") % {"number": edition.number})
    return edition


def unpublish(*, story: Story, by: Actor, seen: int | None = None, after: int | None = None) -> None:
    """Withdraw every edition so far, scheduled ones too. They stay as they are; a later one is visible again.

    What the drafts say does not matter, whichever version was seen; raises Stale when the newest edition is no longer
    number `after`."""
    with changing(story, by=by, seen=seen, resting_on=lambda file: None):
        _check_newest(story, after)
        newest = newest_edition(story)
        Story.objects.filter(pk=story.pk).update(withdrawn_through=newest)
        _log(by, story, _("Withdrawn through edition %(number)s.") % {"number": newest})


def newest_edition(story: Story) -> int:
    """Its number; 0 where there is none."""
    return story.editions.aggregate(newest=Max("number"))["newest"] or 0


def _check_newest(story: Story, after: int | None) -> None:
    if after is not None and after != newest_edition(story):
        raise Stale(story, story.version - 1, story.version - 1)


def _document(edition: Edition, file: StoryFile, language: str) -> EditionDocument:
    localized = localize(file, language, _pictures(file))
    text = to_json(localized).decode()
    return EditionDocument(
        edition=edition, language=language, document=text, digest=_sha256(text), card=_card(localized)
    )


def _pictures(file: StoryFile) -> dict[str, tuple[PictureFile, ...]]:
    slugs = [entry.slug for entry in file.illustrations]
    rows = Illustration.objects.filter(slug__in=slugs).prefetch_related("translations")
    return {t.file: tuple(PictureFile(**f) for f in t.files) for row in rows for t in row.translations.all() if t.file}


def _card(story: StoryDocument) -> dict[str, Any]:
    days = sorted(day for e in story.events.values() if not e.later for day in (e.earliest, e.latest) if day)
    return {
        "title": story.title,
        "standfirst": story.standfirst,
        "byline": story.byline,
        "chapters": len(story.chapters),
        "default_language": story.default_language,
        "first_day": days[0] if days else "",
        "last_day": days[-1] if days else "",
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _log(by: Actor, story: Story, message: str) -> None:
    if by is not None and by.pk:
        LogEntry.objects.log_actions(by.pk, [story], CHANGE, change_message=message, single_object=True)
