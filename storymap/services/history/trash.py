"""Deleting without losing: what goes is stored whole for thirty days and can be put back; what is in use stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from places.models import Event, Person, Place, Source
from storymap.models import Chapter, Edition, Illustration, PartRevision, Story, StoryRevision, Trashed
from storymap.models.trashed import KEPT, Kind
from storymap.services.accounts.actor import Actor
from storymap.services.history.revisions import KINDS, kind_of
from storymap.services.history.versions import changing, changing_part
from storymap.services.stories.copying import file_of_part, only_chapter
from storymap.services.stories.ordering import close_ranks
from storymap.story.from_models import MODELS, story_file_of
from storymap.story.storyfile import ChapterEntry, StoryFile, to_json


def move_to_trash(row: Any, *, by: Actor, seen: int | None = None) -> Trashed:
    """Put a story that was never published, a chapter or a part of the record into the trash. Raises Stale; and
    ProtectedError when something still needs it."""
    with transaction.atomic():
        match row:
            case Story():
                return _delete_story(row, by, seen)
            case Chapter():
                return _delete_chapter(row, by, seen)
            case _:
                return _delete_part(row, by, seen)


def _delete_story(story: Story, by: Actor, seen: int | None) -> Trashed:
    with changing(story, by=by, seen=seen, resting_on=lambda file: file):
        trashed = _trashed(Kind.STORY, story, story.version, story_file_of(Story.objects.get(pk=story.pk)), by)
        story.delete()
    return trashed


def _delete_chapter(chapter: Chapter, by: Actor, seen: int | None) -> Trashed:
    story = Story.objects.get(pk=chapter.story_id)
    what = _("Chapter “%(title)s” deleted") % {"title": str(chapter)[:100]}

    def same(file: StoryFile) -> ChapterEntry | None:
        return next((entry for entry in file.chapters if entry.slug == chapter.slug), None)

    with changing(story, by=by, what=what, seen=seen, resting_on=same):
        file = only_chapter(story_file_of(Story.objects.get(pk=story.pk)), chapter.slug)
        trashed = _trashed(
            Kind.CHAPTER, chapter, story.version, file, by, story_key=story.pk, position=chapter.position
        )
        chapter.delete()
        close_ranks(list(story.chapters.order_by("position", "pk")))
    return trashed


def _delete_part(part: Any, by: Actor, seen: int | None) -> Trashed:
    with changing_part(part, by=by, seen=seen):
        trashed = _trashed(Kind(kind_of(part)), part, part.version, file_of_part(part), by)
        part.delete()
    return trashed


def _trashed(kind: Kind, row: Any, version: int, file: StoryFile, by: Actor, **place: Any) -> Trashed:
    return Trashed.objects.create(
        kind=kind,
        slug=row.slug,
        title=str(row)[:600],
        key=row.pk,
        version=version,
        source=to_json(file).decode(),
        deleted_at=timezone.now(),
        by=by.get_username() if by else "",
        **place,
    )


def empty_trash(*, before: datetime | None = None) -> int:
    """Forget for good what was deleted before then (thirty days ago unless given), with its history."""
    old = Trashed.objects.filter(deleted_at__lt=before or timezone.now() - KEPT)
    with transaction.atomic():
        gone = list(old.select_for_update())
        for trashed in gone:
            _forget(trashed)
        Trashed.objects.filter(pk__in=[trashed.pk for trashed in gone]).delete()
    return len(gone)


def _forget(trashed: Trashed) -> None:
    if trashed.kind == Kind.STORY and not Story.objects.filter(pk=trashed.key).exists():
        StoryRevision.objects.filter(story_id=trashed.key).delete()
    elif trashed.kind in MODELS and not MODELS[trashed.kind].objects.filter(pk=trashed.key).exists():
        PartRevision.objects.filter(kind=trashed.kind, key=trashed.key).delete()


def kind_of_model(model: type) -> Kind:
    if model in (Story, Chapter):
        return Kind.STORY if model is Story else Kind.CHAPTER
    return Kind(KINDS[model])


MOST = 50


def uses_of(row: Any) -> list[Any]:
    """Events and chapters that name it; of a story, its editions."""
    match row:
        case Place():
            there = Q(place=row) | Q(stops__place=row) | Q(elsewhere__place=row)
            return list(Event.objects.filter(there).distinct()[:MOST])
        case Person():
            return list(Event.objects.filter(involvements__person=row).distinct()[:MOST])
        case Source():
            return list(Event.objects.filter(citations__source=row).distinct()[:MOST])
        case Event():
            return list(Chapter.objects.filter(moments__event=row).distinct()[:MOST])
        case Illustration():
            return list(Chapter.objects.filter(illustration=row)[:MOST])
        case Story():
            return list(Edition.objects.filter(story=row).order_by("-number")[:MOST])
    return []
