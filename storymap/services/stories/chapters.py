"""The order of chapters, copies of chapters and stories, and parts as story files of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _, override
from msgspec import UNSET

from places.models import Event, Person, Place, Source
from storymap.models import Chapter, Illustration, Moment, OldSlug, StagePicture, Story
from storymap.services.accounts import Actor
from storymap.services.history.revisions import add_revision
from storymap.services.history.versions import changing
from storymap.services.stories.slugs import slug_of_copy
from storymap.story.from_models import (
    event_entry,
    illustration_entry,
    person_entry,
    place_entry,
    source_entry,
    with_parts,
)
from storymap.story.storyfile import EventEntry, StoryFile, entries_in

MOMENT = ("event_id", "position", "camera", "spot", "frame")
FRAME = ("default_language", "licence", "day_zero", "day_last")
LONGEST_TITLE = 200


def copy_chapter(*, chapter: Chapter, by: Actor, seen: int | None = None) -> Chapter:
    """The chapter once more, right behind itself: its texts, camera, areas, picture and recording, but no moments.

    Moments stay where they are: the address of an event leads to one chapter, and whoever divides a chapter moves them
    over one by one. Raises Stale as `changing` does.
    """
    what = _("copied the chapter “%(title)s”") % {"title": chapter}
    with changing(chapter.story, by=by, what=what, seen=seen) as story:
        taken = {*story.chapters.values_list("slug", flat=True), *_former(story)}
        copy = _chapter_again(chapter, story, slug_of_copy(chapter.slug, taken), stage=chapter.stage)
        _speak_again(chapter, copy, renamed=True)
        rows = [row for row in story.chapters.order_by("position", "pk") if row != copy]
        rows.insert(rows.index(chapter) + 1, copy)
        close_ranks(rows)
    return copy


@transaction.atomic
def copy_story(*, story: Story, by: Actor) -> Story:
    """A new draft that says the same: chapters, moments and cameras are its own, places, events, sources and media
    those of the original. Editions, old addresses and history stay behind."""
    taken = {
        *Story._base_manager.values_list("slug", flat=True),
        *OldSlug.objects.filter(chapter=None).values_list("slug", flat=True),
    }
    frame = {name: getattr(story, name) for name in FRAME}
    copy = Story.objects.create(slug=slug_of_copy(story.slug, taken), **frame)
    _speak_again(story, copy, renamed=True)
    copy.also_recorded.set(story.also_recorded.all())
    stages = {stage.pk: _stage_again(stage, copy) for stage in story.stages.all()}
    for extract in story.extracts.all():
        copy.extracts.create(slug=extract.slug, file=extract.file, head=extract.head)
    for chapter in story.chapters.order_by("position", "pk"):
        told = _chapter_again(chapter, copy, chapter.slug, stage=stages.get(chapter.stage_id))
        _speak_again(chapter, told, renamed=False)
        Moment.objects.bulk_create(
            Moment(chapter=told, **{name: getattr(m, name) for name in MOMENT}) for m in chapter.moments.all()
        )
    add_revision(copy, by=by, what=_("copied from “%(title)s”") % {"title": story})
    return copy


def _former(story: Story) -> list[str]:
    return list(OldSlug.objects.filter(story=story, chapter__isnull=False).values_list("slug", flat=True))


def _stage_again(stage: StagePicture, story: Story) -> StagePicture:
    copy = StagePicture.objects.create(story=story, slug=stage.slug, credit=stage.credit, licence=stage.licence)
    _speak_again(stage, copy, renamed=False)
    return copy


def _chapter_again(chapter: Chapter, story: Story, slug: str, stage: StagePicture | None) -> Chapter:
    kept = {name: getattr(chapter, name) for name in ("position", "camera", "overlay", "illustration_id", "frame")}
    return Chapter.objects.create(story=story, slug=slug, stage=stage, **kept)


def _speak_again(row: Any, copy: Any, *, renamed: bool) -> None:
    """Every translation of the row for its copy; `renamed` ones can be told apart by their titles."""
    for words in row.translations.all():
        values = {name: getattr(words, name) for name in words.get_translated_fields()}
        if renamed:
            values["title"] = _title_of_copy(words.title, words.language_code)
        copy.translations.create(language_code=words.language_code, **values)


def _title_of_copy(title: str, language: str) -> str:
    with override(language):
        room = LONGEST_TITLE - len(_("%(title)s (copy)") % {"title": ""})
        return _("%(title)s (copy)") % {"title": title[:room]}


NOWHERE = StoryFile(slug="none", default_language="en", languages=(), title={})  # the frame around a part of none


def only_chapter(file: StoryFile, slug: str) -> StoryFile:
    """The story with that chapter alone."""
    chapter = next(chapter for chapter in file.chapters if chapter.slug == slug)
    events = {moment.event for moment in chapter.moments}
    told = tuple(event for event in file.events if event.slug in events)
    return replace(
        file,
        chapters=(chapter,),
        events=told,
        places=_entries_named(file.places, places_of(told)),
        people=_entries_named(file.people, {i.person for event in told for i in event.people}),
        sources=_entries_named(file.sources, {c.source for event in told for c in event.citations}),
        illustrations=_entries_named(file.illustrations, {chapter.illustration} - {None}),
        stages=_entries_named(entries_in(file, "stages"), {chapter.stage}),
        extracts=UNSET,
    )


def only_extract(file: StoryFile, slug: str) -> StoryFile:
    """The frame of the story with that basemap extract alone."""
    return replace(NOWHERE, slug=file.slug, extracts=_entries_named(entries_in(file, "extracts"), {slug}))


def places_of(events: Iterable[EventEntry]) -> set[str]:
    return {slug for event in events for slug in event.places}


def _entries_named(entries: tuple[Any, ...], slugs: set[Any]) -> tuple[Any, ...]:
    return tuple(entry for entry in entries if entry.slug in slugs)


def file_of_part(part: Any) -> StoryFile:
    """A place, person, source, illustration or event, whatever was read of it before."""
    match part:
        case Event():
            return _file_of_event(with_parts(Event.objects.filter(pk=part.pk)).get())
        case Place():
            return replace(NOWHERE, places=(place_entry(Place.objects.get(pk=part.pk)),))
        case Person():
            return replace(NOWHERE, people=(person_entry(Person.objects.get(pk=part.pk)),))
        case Source():
            return replace(NOWHERE, sources=(source_entry(Source.objects.get(pk=part.pk)),))
        case _:
            row = Illustration.objects.get(pk=part.pk)
            return replace(NOWHERE, illustrations=(illustration_entry(row),))


def _file_of_event(event: Event) -> StoryFile:
    places = {stop.place for stop in event.stops.all()} | {other.place for other in event.elsewhere.all()}
    places |= {event.place} if event.place else set()
    return replace(
        NOWHERE,
        events=(event_entry(event),),
        places=tuple(place_entry(place) for place in places),
        people=tuple(person_entry(i.person) for i in event.involvements.all()),
        sources=tuple(source_entry(source) for source in {c.source for c in event.citations.all()}),
    )


def move_chapter(*, chapter: Chapter, to: int, by: Actor = None, seen: int | None = None) -> int:
    """Put the chapter at place `to` (1 is first); the others close ranks. Returns the story's version afterwards.

    Raises Stale when the order of chapters is no longer that of version `seen`.
    """
    story = Story.objects.get(pk=chapter.story_id)
    what = _("moved the chapter “%(title)s”") % {"title": chapter}
    with changing(story, by=by, what=what, seen=seen, resting_on=order_of):
        others = list(story.chapters.exclude(pk=chapter.pk).order_by("position", "pk"))
        others.insert(max(0, to - 1), chapter)
        close_ranks(others)
    return story.version


def close_ranks(chapters: list[Chapter]) -> None:
    """Store the order of the list."""
    for position, row in enumerate(chapters, start=1):
        row.position = position
    Chapter.objects.bulk_update(chapters, ["position"])


def order_of(file: StoryFile) -> list[str]:
    return [chapter.slug for chapter in file.chapters]
