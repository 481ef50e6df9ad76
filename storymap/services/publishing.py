"""Publishing: freeze a story into an Edition, withdraw it, and say beforehand what stands in the way."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from storymap.document import PictureFile, StoryDocument
from storymap.localizing import localize
from storymap.models import Edition, EditionDocument, Illustration, Story, Verb
from storymap.rows import story_file_of
from storymap.services.audit import Actor, record
from storymap.services.changes import changes_between
from storymap.services.problems import Problem, problems_of
from storymap.services.review import end_review, note_in_history
from storymap.storyfile import StoryFile, from_json, to_json


class CannotPublish(Exception):
    """Carries every problem at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


def problems_before_publishing(story: Story) -> list[Problem]:
    """All that is wrong, errors first; publishing is refused while an error is among them."""
    return problems_of(story_file_of(story))


@transaction.atomic
def publish(*, story: Story, by: Actor, note: str = "", at: datetime | None = None) -> Edition:
    """A new Edition, visible from `at` (now unless given). Raises CannotPublish."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    file = story_file_of(story)
    if errors := [p for p in problems_of(file) if p.is_error]:
        raise CannotPublish(errors)
    now = timezone.now()
    visible_from = max(at, now) if at else now
    newest = story.editions.aggregate(newest=Max("number"))["newest"] or 0
    seen = story.editions.appeared(visible_from).order_by("-number").first()  # what readers can compare it with
    source = to_json(file).decode()
    edition = Edition.objects.create(
        story=story,
        number=newest + 1,
        source=source,
        digest=_sha256(source),
        publish_at=visible_from,
        created_at=now,
        by=by.get_username() if by else "",
        note=note,
        changes=changes_between(from_json(seen.source) if seen else None, file),
    )
    EditionDocument.objects.bulk_create(_document(edition, file, language) for language in file.languages)
    end_review(story)
    _write_down(edition, by)
    return edition


@transaction.atomic
def unpublish(*, story: Story, by: Actor) -> None:
    """Withdraw every edition so far, scheduled ones too. They stay as they are; a later one is visible again."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    newest = story.editions.aggregate(newest=Max("number"))["newest"] or 0
    Story.objects.filter(pk=story.pk).update(withdrawn_through=newest)
    note_in_history(by, story, _("Withdrawn through edition %(number)s.") % {"number": newest})
    record(verb=Verb.WITHDRAWN, by=by, story=story, through_edition=newest)


def _write_down(edition: Edition, by: Actor) -> None:
    note_in_history(by, edition.story, _("Published as edition %(number)s.") % {"number": edition.number})
    verb = Verb.SCHEDULED if edition.publish_at > edition.created_at else Verb.PUBLISHED
    number, visible_from, note = edition.number, edition.publish_at, edition.note
    record(verb=verb, by=by, story=edition.story, edition=number, visible_from=visible_from, note=note)


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
