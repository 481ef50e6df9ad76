"""The history of a story: revisions and editions in one list, who has changed a row since, and restoring an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from storymap.models import Chapter, Edition, Story, StoryRevision
from storymap.numbers import whole_number
from storymap.services.accounts import Actor
from storymap.services.history.differences import KINDS, Change, changes_between
from storymap.services.history.revisions import entry_in, part_revisions
from storymap.services.history.versions import changing, stories_with
from storymap.services.media.files import stored_media
from storymap.services.stories.record import StoredRecord
from storymap.services.stories.save_story_file import CannotSave, Present, write_story_file
from storymap.services.stories.slugs import rename_story
from storymap.story.problem import Problem
from storymap.story.references import RECORD
from storymap.story.storyfile import StoryFile, from_json


@dataclass(frozen=True)
class HistoryEntry:
    """One line of the history. `mark` names it in addresses: r12 is a revision, e3 an edition."""

    mark: str
    at: datetime
    by: str
    what: str
    changes: list[Change]
    file: StoryFile
    edition: int | None = None
    before: str = ""  # the mark of the revision before


@dataclass(frozen=True)
class Touch:
    """Somebody changed the row, or something else in its story."""

    by: str
    at: datetime
    changes: list[Change]
    itself: bool


def history_of(story: Story, *, start: int = 0, stop: int = 50) -> list[HistoryEntry]:
    """Revisions and editions from the newest, those from `start` to `stop`."""
    marks = [("r", pk, at) for pk, at in story.revisions.order_by().values_list("pk", "created_at")]
    marks += [("e", pk, at) for pk, at in story.editions.order_by().values_list("pk", "created_at")]
    chosen = sorted(marks, key=lambda mark: (mark[2], mark[0] == "e", mark[1]), reverse=True)[start:stop]
    revisions = {r.pk: r for r in story.revisions.filter(pk__in=[pk for kind, pk, _at in chosen if kind == "r"])}
    editions = {e.pk: e for e in story.editions.filter(pk__in=[pk for kind, pk, _at in chosen if kind == "e"])}
    return [
        _entry_of_revision(revisions[pk]) if kind == "r" else _entry_of_edition(editions[pk])
        for kind, pk, _at in chosen
    ]


def entry_at(story: Story, mark: str) -> HistoryEntry | None:
    """The entry of that mark, if the story has it."""
    if (number := whole_number(mark[1:])) is None:
        return None
    if mark[:1] == "e":
        edition = story.editions.filter(number=number).first()
        return _entry_of_edition(edition) if edition else None
    revision = story.revisions.filter(version=number).first() if mark[:1] == "r" else None
    return _entry_of_revision(revision) if revision else None


def _entry_of_revision(revision: StoryRevision) -> HistoryEntry:
    older = StoryRevision.objects.filter(story=revision.story_id, version__lt=revision.version).first()
    file = from_json(revision.source)
    changes = changes_between(from_json(older.source) if older else None, file)
    return HistoryEntry(
        mark=f"r{revision.version}",
        at=revision.created_at,
        by=revision.by,
        what=revision.what,
        changes=changes,
        file=file,
        before=f"r{older.version}" if older else "",
    )


def _entry_of_edition(edition: Edition) -> HistoryEntry:
    changes = [(verb, kind, slug) for verb, kind, slug in edition.changes]
    older = Edition.objects.filter(story=edition.story_id, number__lt=edition.number).order_by("-number").first()
    return HistoryEntry(
        mark=f"e{edition.number}",
        at=edition.created_at,
        by=edition.by,
        what=edition.note,
        changes=changes,
        file=from_json(edition.source),
        edition=edition.number,
        before=f"e{older.number}" if older else "",
    )


def touches_since(row: Any, seen: int) -> list[Touch]:
    """Who has saved since version `seen`, the newest first. A chapter has the versions of its story."""
    if isinstance(row, Story | Chapter):
        return list(_story_touches(row, seen))
    return list(_part_touches(row, seen))


def _story_touches(row: Story | Chapter, seen: int) -> Iterator[Touch]:
    story = row.story_id if isinstance(row, Chapter) else row.pk
    slug = row.slug if isinstance(row, Chapter) else None
    revisions = list(StoryRevision.objects.filter(story=story, version__gt=seen).order_by("-version")[:50])
    for revision in revisions:
        entry = _entry_of_revision(revision)
        yield Touch(
            revision.by, revision.created_at, entry.changes, any(_is_of(change, slug) for change in entry.changes)
        )


def _is_of(change: Change, chapter: str | None) -> bool:
    """Whether the change is one of the row's own form: a chapter's, or of a story all but its parts."""
    verb, kind, slug = change
    return (kind, slug) == ("chapters", chapter) if chapter else kind not in KINDS


def _part_touches(row: Any, seen: int) -> Iterator[Touch]:
    for revision in part_revisions(row).filter(version__gt=seen).order_by("-version")[:50]:
        change = ("changed", revision.kind, entry_in(revision).slug)
        yield Touch(revision.by, revision.created_at, [change], itself=True)


@dataclass(frozen=True)
class Shared:
    """A part of the record that will change, and the other stories in which it will change too."""

    part: Any
    stories: tuple[Story, ...]


def restore(*, story: Story, file: StoryFile, by: Actor, what: str = "", seen: int | None = None) -> None:
    """Make the rows say again what the file says. Raises CannotSave; and Stale when the story no longer says what it
    said at version `seen`."""
    found = stored_media(file)
    with transaction.atomic():
        Present.of(file).touched_by(file)  # locks the stories in one order for all, before the first is changed
        with changing(story, by=by, what=what, seen=seen, resting_on=lambda now: now):
            if file.slug != Story.objects.values_list("slug", flat=True).get(pk=story.pk):
                _check_free(file.slug)
                rename_story(story=Story.objects.get(pk=story.pk), slug=file.slug, by=by)
            write_story_file(file, found, by=by, what=what)


def _check_free(slug: str) -> None:
    if Story.objects.filter(slug=slug).exists():
        raise CannotSave([Problem("slug", _("“%(slug)s” is the address of another story now.") % {"slug": slug})])


def shared_with_others(story: Story, file: StoryFile) -> list[Shared]:
    """The parts that restoring would change and that other stories show as well."""
    stored = StoredRecord(file)
    parts = [part for kind in RECORD for part in stored.differing(kind, getattr(file, kind))]
    shown = ((part, tuple(stories_with(part).exclude(pk=story.pk))) for part in parts)
    return [Shared(part, stories) for part, stories in shown if stories]
