"""Keeping what a story, and each part of the record, said at each version; and finding it again."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import msgspec
from django.utils import timezone

from places.models import Event, Person, Place, Source
from storymap.models import Chapter, Illustration, PartRevision, Story, StoryRevision
from storymap.services.accounts.actor import Actor
from storymap.story.from_models import (
    MODELS,
    event_entry,
    illustration_entry,
    person_entry,
    place_entry,
    source_entry,
    story_file_of,
)
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
ENTRY_OF: dict[str, Any] = {
    "places": place_entry,
    "events": event_entry,
    "people": person_entry,
    "sources": source_entry,
    "illustrations": illustration_entry,
}


def kind_of(part: Any) -> str:
    """places, events, … as in a story file."""
    return KINDS[type(part)]


def now_of(part: Any) -> Entry | None:
    """What the part's row says now, whatever was read of it before; None when it is gone."""
    row = type(part).objects.filter(pk=part.pk).first()
    return ENTRY_OF[kind_of(part)](row) if row else None


def story_at(story: Story, version: int) -> StoryFile | None:
    """The story as it stood at that version; None when that was before its history."""
    revision = story.revisions.filter(version__lte=version).order_by("-version").first()
    return from_json(revision.source) if revision else None


def part_revisions(part: Any) -> Any:
    return PartRevision.objects.filter(kind=kind_of(part), key=part.pk)


def entry_in(revision: PartRevision) -> Entry:
    return msgspec.json.decode(revision.source, type=PARTS[revision.kind])


def keep_before(story: Story) -> None:
    """The state before the first change that is kept at all: a story may be older than its history. Called when the
    next version is taken and nothing is changed yet."""
    if not story.revisions.exists():
        source, digest = _packed(story_file_of(Story.objects.get(pk=story.pk)))
        _keep(StoryRevision(story=story, version=story.version - 1, packed=source, digest=digest))


def keep_part_before(part: Any) -> None:
    if not part_revisions(part).exists():
        packed, digest = _packed(now_of(part))
        version = part.version - 1
        _keep(PartRevision(kind=kind_of(part), key=part.pk, version=version, packed=packed, digest=digest))


def keep_revision(story: Story, *, by: Actor, what: str = "") -> StoryRevision | None:
    """The story as it stands now; None where the newest revision says the same, or the story is gone."""
    fresh = Story.objects.filter(pk=story.pk).first()  # without what was read before the change
    if fresh is None:
        return None
    packed, digest = _packed(story_file_of(fresh))
    newest = story.revisions.order_by("-version").first()
    if newest and newest.digest == digest:
        return None
    return _keep(StoryRevision(story=story, version=fresh.version, packed=packed, digest=digest), by, what)


def keep_part_revision(part: Any, *, by: Actor, what: str = "") -> PartRevision | None:
    """The same for a part."""
    entry = now_of(part)
    if entry is None:
        return None
    packed, digest = _packed(entry)
    newest = part_revisions(part).order_by("-version").first()
    if newest and newest.digest == digest:
        return None
    kept = PartRevision(kind=kind_of(part), key=part.pk, version=part.version, packed=packed, digest=digest)
    return _keep(kept, by, what)


def _packed(value: Any) -> tuple[bytes, str]:
    source = to_json(value)
    return zlib.compress(source), hashlib.sha256(source).hexdigest()


def _keep(revision: Any, by: Actor = None, what: str = "") -> Any:
    revision.created_at, revision.by, revision.what = timezone.now(), by.get_username() if by else "", what[:200]
    revision.save(force_insert=True)
    return revision
