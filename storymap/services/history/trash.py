"""Deleting without losing: what is deleted stays stored for thirty days and can be put back; what is in use stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from places.models import Event, Person, Place, Source
from storymap.models import BasemapExtract, Chapter, Edition, Illustration, PartRevision, Story, StoryRevision, Trashed
from storymap.models.revision import TRASH_LASTS, Kind
from storymap.services.accounts import Actor
from storymap.services.history.revisions import KINDS, kind_of
from storymap.services.history.versions import changing, changing_part
from storymap.services.media.files import stored_media
from storymap.services.stories.chapter_order import close_ranks
from storymap.services.stories.parts import file_of_part, only_chapter, only_extract, places_of
from storymap.services.stories.record import Writing, write_record
from storymap.services.stories.save_story_file import CannotSave, write_story_file
from storymap.story.from_models import ENTRY_OF, MODELS, all_of, story_file_of
from storymap.story.problem import Problem
from storymap.story.references import RECORD
from storymap.story.storyfile import ChapterEntry, ExtractEntry, StoryFile, entries_in, from_json, to_json


def move_to_trash(row: Any, *, by: Actor, seen: int | None = None) -> Trashed:
    """Put a story that was never published, a chapter, a basemap extract or a part of the record into the trash.
    Raises Stale; and ProtectedError when something still needs it."""
    with transaction.atomic():
        match row:
            case Story():
                return _delete_story(row, by, seen)
            case Chapter():
                return _delete_chapter(row, by, seen)
            case BasemapExtract():
                return _delete_extract(row, by, seen)
            case _:
                return _delete_part(row, by, seen)


def _delete_story(story: Story, by: Actor, seen: int | None) -> Trashed:
    with changing(story, by=by, seen=seen, resting_on=lambda file: file):
        trashed = _add_to_trash(Kind.STORY, story, story.version, story_file_of(Story.objects.get(pk=story.pk)), by)
        story.delete()
    return trashed


def _delete_chapter(chapter: Chapter, by: Actor, seen: int | None) -> Trashed:
    story = Story.objects.get(pk=chapter.story_id)
    what = _("Chapter “%(title)s” deleted") % {"title": str(chapter)[:100]}

    def same(file: StoryFile) -> ChapterEntry | None:
        return next((entry for entry in file.chapters if entry.slug == chapter.slug), None)

    with changing(story, by=by, what=what, seen=seen, resting_on=same):
        file = only_chapter(story_file_of(Story.objects.get(pk=story.pk)), chapter.slug)
        trashed = _add_to_trash(
            Kind.CHAPTER, chapter, story.version, file, by, story_key=story.pk, position=chapter.position
        )
        chapter.delete()
        close_ranks(list(story.chapters.order_by("position", "pk")))
    return trashed


def _delete_extract(extract: BasemapExtract, by: Actor, seen: int | None) -> Trashed:
    story = Story.objects.get(pk=extract.story_id)
    what = _("Streets “%(slug)s” deleted") % {"slug": extract.slug}

    def same(file: StoryFile) -> tuple[ExtractEntry, ...]:
        return only_extract(file, extract.slug).extracts or ()

    with changing(story, by=by, what=what, seen=seen, resting_on=same):
        file = only_extract(story_file_of(Story.objects.get(pk=story.pk)), extract.slug)
        trashed = _add_to_trash(Kind.EXTRACT, extract, story.version, file, by, story_key=story.pk)
        extract.delete()
    return trashed


def _delete_part(part: Any, by: Actor, seen: int | None) -> Trashed:
    with changing_part(part, by=by, seen=seen):
        trashed = _add_to_trash(Kind(kind_of(part)), part, part.version, file_of_part(part), by)
        part.delete()
    return trashed


def _add_to_trash(kind: Kind, row: Any, version: int, file: StoryFile, by: Actor, **place: Any) -> Trashed:
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
    old = Trashed.objects.filter(deleted_at__lt=before or timezone.now() - TRASH_LASTS)
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
    if model in (own := {Story: Kind.STORY, Chapter: Kind.CHAPTER, BasemapExtract: Kind.EXTRACT}):
        return own[model]
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


def put_back(trashed: Trashed, *, by: Actor) -> Any:
    """The story, chapter or part as it was when it was deleted. Raises CannotSave with the reasons; then it stays in
    the trash."""
    with transaction.atomic():
        trashed = Trashed.objects.select_for_update().get(pk=trashed.pk)
        file = from_json(trashed.source)
        what = _("“%(title)s” put back") % {"title": trashed.title[:100]}
        match trashed.kind:
            case Kind.STORY:
                row = _put_story_back(trashed, file, by, what)
            case Kind.CHAPTER:
                row = _put_chapter_back(trashed, file, by, what)
            case Kind.EXTRACT:
                row = _put_extract_back(trashed, file, by, what)
            case _:
                row = _put_part_back(trashed, file, by, what)
        trashed.delete()
    return row


def _put_story_back(trashed: Trashed, file: StoryFile, by: Actor, what: str) -> Story:
    if Story.objects.filter(slug=trashed.slug).exists():
        raise CannotSave([_slug_taken(trashed)])
    story = Story(pk=trashed.key, slug=trashed.slug, default_language=file.default_language, version=trashed.version)
    story.save(force_insert=True)
    return _write_story(_with_present(file), by, what)


def _story_of(trashed: Trashed) -> Story:
    story = Story.objects.select_for_update(no_key=True).filter(pk=trashed.story_key or 0).first()
    if story is None:
        raise CannotSave([Problem("story", _("is gone: put the story back first."))])
    return story


def _put_extract_back(trashed: Trashed, file: StoryFile, by: Actor, what: str) -> Any:
    now = story_file_of(_story_of(trashed))
    here = entries_in(now, "extracts")
    if trashed.slug in {entry.slug for entry in here}:
        raise CannotSave([_slug_taken(trashed)])
    extracts = sorted((*here, *entries_in(file, "extracts")), key=lambda entry: entry.slug)
    return _write_story(replace(now, extracts=tuple(extracts)), by, what).extracts.get(slug=trashed.slug)


def _put_chapter_back(trashed: Trashed, file: StoryFile, by: Actor, what: str) -> Any:
    story = _story_of(trashed)
    now, chapter = story_file_of(story), file.chapters[0]
    if trashed.slug in {entry.slug for entry in now.chapters}:
        raise CannotSave([_slug_taken(trashed)])
    taken = {slug for entry in now.chapters for slug in entry.old_slugs}
    chapter = replace(chapter, old_slugs=tuple(slug for slug in chapter.old_slugs if slug not in taken))
    at = max(0, trashed.position - 1)
    chapters = (*now.chapters[:at], chapter, *now.chapters[at:])
    present = _with_present(file)
    record: dict[str, Any] = {kind: _without_doubles(getattr(now, kind), getattr(present, kind)) for kind in RECORD}
    stages = _without_doubles(entries_in(now, "stages"), entries_in(file, "stages"))
    story = _write_story(replace(now, chapters=chapters, stages=stages, **record), by, what)
    return story.chapters.get(slug=trashed.slug)


def _without_doubles(here: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    known = {entry.slug for entry in here}
    return (*here, *(entry for entry in more if entry.slug not in known))


def _write_story(file: StoryFile, by: Actor, what: str) -> Story:
    return write_story_file(file, stored_media(file), by=by, what=what).story


def _put_part_back(trashed: Trashed, file: StoryFile, by: Actor, what: str) -> Any:
    model = MODELS[trashed.kind]
    if model.objects.filter(slug=trashed.slug).exists():
        raise CannotSave([_slug_taken(trashed)])
    bare = {"latitude": 0, "longitude": 0} if trashed.kind == Kind.PLACE else {}
    row = model(pk=trashed.key, slug=trashed.slug, version=trashed.version, **bare)
    row.save(force_insert=True)
    with changing_part(row, by=by, what=what):
        _write_record(replace(_with_present(file), **{trashed.kind: getattr(file, trashed.kind)}))
    return model.objects.get(pk=row.pk)


def _write_record(file: StoryFile) -> None:
    found = stored_media(file)
    writing = Writing(problems=list(found.problems))
    write_record(file, found.pictures, writing)
    if writing.problems:
        raise CannotSave(writing.problems)


def _with_present(file: StoryFile) -> StoryFile:
    """The file with what the rows of the record say now; only what is gone is as it was."""
    record: dict[str, Any] = {}
    for kind in RECORD:
        rows = all_of(kind).filter(slug__in=[entry.slug for entry in getattr(file, kind)])
        present = {row.slug: ENTRY_OF[kind](row) for row in rows}
        record[kind] = tuple(present.get(entry.slug, entry) for entry in getattr(file, kind))
    return _complete(replace(file, **record))


def _complete(file: StoryFile) -> StoryFile:
    """What a present event has come to name since is there too: it exists, and stays as it is."""
    named = {
        "places": places_of(file.events),
        "people": {i.person for e in file.events for i in e.people},
        "sources": {c.source for e in file.events for c in e.citations},
    }
    more: dict[str, Any] = {}
    for kind, slugs in named.items():
        here = getattr(file, kind)
        missing = slugs - {entry.slug for entry in here}
        rows = all_of(kind).filter(slug__in=missing)
        more[kind] = (*here, *(ENTRY_OF[kind](row) for row in rows))
    return replace(file, **more)


def _slug_taken(trashed: Trashed) -> Problem:
    return Problem(
        trashed.slug, _("is the address of something else now: give that another address first, then put this back.")
    )
