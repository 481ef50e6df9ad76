"""Revisions: what a story, and each part of the record, said at each version."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import msgspec
from django.utils import timezone

from places.models import Event, Person, Place, Source
from storymap.models import Chapter, Illustration, PartRevision, Story, StoryRevision
from storymap.services.accounts import Actor
from storymap.story.from_models import ENTRY_OF, MODELS, all_of, story_file_of
from storymap.story.storyfile import (
    PARTS,
    EventEntry,
    IllustrationEntry,
    PersonEntry,
    PlaceEntry,
    SourceEntry,
    StoryFile,
    from_json,
    to_json,
)

Part = Place | Event | Person | Source | Illustration
Entry = PlaceEntry | EventEntry | PersonEntry | SourceEntry | IllustrationEntry
KINDS = {model: kind for kind, model in MODELS.items() if model is not Chapter}  # of the record


def kind_of(part: Any) -> str:
    """places, events, … as in a story file."""
    return KINDS[type(part)]


def now_of(part: Any) -> Entry | None:
    """What the part's row says now, whatever was read of it before; None when it is gone."""
    row = all_of(kind_of(part)).filter(pk=part.pk).first()
    return ENTRY_OF[kind_of(part)](row) if row else None


def story_at(story: Story, version: int) -> StoryFile | None:
    """The story as it stood at that version; None when that was before its history."""
    revision = story.revisions.filter(version__lte=version).order_by("-version").first()
    return from_json(revision.source) if revision else None


def part_revisions(part: Any) -> Any:
    return PartRevision.objects.filter(kind=kind_of(part), key=part.pk)


def entry_in(revision: PartRevision) -> Entry:
    return msgspec.json.decode(revision.source, type=PARTS[revision.kind])


def newest_digest(story: Story) -> str:
    """The digest of the story's newest revision. A story may be older than its history: then what it says now, when the
    next version has been taken and nothing is changed yet, becomes its first revision."""
    return _newest(story.revisions) or _add_first(story, story_file_of(_fresh(story))).digest


def newest_part_digest(part: Part) -> str:
    """The same for a part."""
    if digest := _newest(part_revisions(part)):
        return digest
    packed, digest = _compress(now_of(part))
    first = PartRevision(kind=kind_of(part), key=part.pk, version=part.version - 1, packed=packed, digest=digest)
    return str(_revision_with_file(first).digest)


def add_revision(story: Story, *, by: Actor, what: str = "", newest: str | None = None) -> StoryRevision | None:
    """The story as it stands now; None where the newest revision, of that digest, says the same, or the story is gone.
    Without `newest` it is looked up; empty: there is none."""
    fresh = _fresh(story)
    if fresh is None:
        return None
    return _add_to_story(
        fresh, story_file_of(fresh), by, what, newest if newest is not None else _newest(story.revisions)
    )


def add_part_revision(part: Part, *, by: Actor, what: str = "", newest: str | None = None) -> PartRevision | None:
    """The same for a part."""
    entry = now_of(part)
    if entry is None:
        return None
    packed, digest = _compress(entry)
    if digest == (newest or _newest(part_revisions(part))):
        return None
    revision = PartRevision(kind=kind_of(part), key=part.pk, version=part.version, packed=packed, digest=digest)
    return _revision_with_file(revision, by, what)


def add_unchanged(story: Story, file: StoryFile, *, by: Actor) -> None:
    """For a version that leaves the story as it is: a revision where the newest one says something else, which was
    changed without a version; or where there is none."""
    if newest := _newest(story.revisions):
        _add_to_story(story, file, by, "", newest)
    else:
        _add_first(story, file)


def _fresh(story: Story) -> Any:
    """Without what was read before the change."""
    return Story.objects.filter(pk=story.pk).first()


def _newest(revisions: Any) -> str | None:
    return revisions.order_by("-version").values_list("digest", flat=True).first()


def _add_first(story: Story, file: StoryFile) -> StoryRevision:
    packed, digest = _compress(file)
    return _revision_with_file(StoryRevision(story=story, version=story.version - 1, packed=packed, digest=digest))


def _add_to_story(story: Story, file: StoryFile, by: Actor, what: str, newest: str | None) -> StoryRevision | None:
    packed, digest = _compress(file)
    if digest == newest:
        return None
    return _revision_with_file(
        StoryRevision(story=story, version=story.version, packed=packed, digest=digest), by, what
    )


def _compress(value: Any) -> tuple[bytes, str]:
    source = to_json(value)
    return zlib.compress(source), hashlib.sha256(source).hexdigest()


def _revision_with_file(revision: Any, by: Actor = None, what: str = "") -> Any:
    revision.created_at, revision.by, revision.what = timezone.now(), by.get_username() if by else "", what[:200]
    revision.save(force_insert=True)
    return revision
