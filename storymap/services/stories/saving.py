"""Saving a whole story file: a draft, all or nothing, and nothing at all where nothing differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from places.models import Event
from storymap.models import Chapter, Illustration, Moment, OldSlug, Story
from storymap.services.accounts.actor import Actor
from storymap.services.history.revisions import add_revision
from storymap.services.history.versions import Part, changing, stories_showing, together
from storymap.services.imports.own_slugs import with_own_slugs
from storymap.services.media.files import CannotStore, Storing
from storymap.services.media.pictures import Encoded
from storymap.services.media.story_media import Checked, Media, checked
from storymap.services.publishing.rules import Problem
from storymap.services.stories.record import (
    Writing,
    differing,
    forget_languages,
    speak,
    write_events,
    write_people,
    write_places,
    write_sources,
)
from storymap.story.from_models import illustration_entry, story_file_of
from storymap.story.references import RECORD, problems_between, tidy
from storymap.story.storyfile import ChapterEntry, IllustrationEntry, StoryFile, listed_in

Pictures = Mapping[str, Encoded]  # stored name of the largest file -> the picture


class CannotSave(Exception):
    """Carries every problem found; nothing has been written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class SaveReport:
    story: Story
    created: int
    changed: int
    unchanged: int


def save_story_file(*, file: StoryFile, media: Media, by: Actor = None, seen: int | None = None) -> SaveReport:
    """Make the rows say what the file says. Parts of this story are matched by slug; what is another story's and says
    something else is left alone. Raises CannotSave, or Stale when the story is no longer at version `seen`; then
    nothing is written."""
    languages = [code for code, _title in settings.LANGUAGES]
    problems = list(problems_between(file, languages))
    file, found = checked(tidy(file, languages), media)
    if not problems:
        file = with_own_slugs(file)
    return write_story_file(file, found, by=by, what=_("Loaded from a file"), seen=seen, problems=problems)


def write_story_file(
    file: StoryFile,
    found: Checked,
    *,
    by: Actor,
    what: str,
    seen: int | None = None,
    problems: Iterable[Problem] = (),
) -> SaveReport:
    """The same for a tidy file whose media are known by the names they are stored under."""
    writing = Writing(problems=[*problems, *found.problems])
    try:
        story = _written(file, found, writing, by=by, what=what, seen=seen)
    except CannotStore as problem:
        raise CannotSave([Problem("media", str(problem))]) from None
    return SaveReport(story, writing.created, writing.changed, writing.unchanged)


def _written(
    file: StoryFile,
    found: Checked,
    writing: Writing,
    *,
    by: Actor,
    what: str,
    seen: int | None,
) -> Story:
    """All in one transaction, and the files with it."""
    with ExitStack() as stack:
        storing = stack.enter_context(Storing())
        stack.enter_context(transaction.atomic())
        row = Story.objects.filter(slug=file.slug).first()
        if row is not None and seen is not None:
            stack.enter_context(changing(row, by=by, what=what, seen=seen))
        stories, parts = touched_by(file)
        stack.enter_context(together(stories=stories, parts=parts, by=by, what=what))
        write_record(file, found.pictures, writing)
        story = _write_story(file, writing)
        if writing.problems:
            raise CannotSave(writing.problems)
        storing.keep(found.contents())
        if row is None:
            add_revision(story, by=by, what=what)
    return Story.objects.get(pk=story.pk)  # without what was read before the change


def write_record(file: StoryFile, pictures: Pictures, writing: Writing) -> None:
    """Everything but the story and its chapters."""
    write_people(file.people, writing)
    write_sources(file.sources, writing)
    write_places(file.places, writing)
    write_events(file.events, writing)
    for entry in file.illustrations:
        _write_illustration(entry, pictures, writing)


def touched_by(file: StoryFile) -> tuple[list[Story], list[Part]]:
    """What the file would change: stories, its own among them, and parts of the record. Locks the stories."""
    parts = [part for kind in RECORD for part in differing(kind, getattr(file, kind))]
    row = Story.objects.filter(slug=file.slug).first()
    own = [row.pk] if row is not None and not _tells_the_same(story_file_of(row), file) else []
    shown = [story.pk for story in stories_showing(*parts)] if parts else []
    stories = Story.objects.filter(pk__in=[*own, *shown]).order_by("pk")
    return list(stories.select_for_update(no_key=True)), parts


def _write_illustration(entry: IllustrationEntry, pictures: Pictures, writing: Writing) -> None:
    row = Illustration.objects.filter(slug=entry.slug).prefetch_related("translations").first()
    if row is not None and illustration_entry(row) == entry and _has_files(row, pictures):
        writing.unchanged += 1
        return
    created, row = row is None, row or Illustration(slug=entry.slug)
    row.decorative, row.credit, row.licence = entry.decorative, entry.credit, entry.licence
    row.focus_x, row.focus_y = (entry.focus.x, entry.focus.y) if entry.focus else (None, None)
    speak(row, file=entry.file, alt=entry.alt, caption=entry.caption)
    for language, name in entry.file.items():
        row.set_current_language(language)
        row.files = pictures[name].columns()
    if writing.check(row, f"illustrations/{entry.slug}"):
        row.save()
        forget_languages(row, entry.file, entry.alt, entry.caption)
    writing.count(created=created)


def _has_files(row: Illustration, pictures: Pictures) -> bool:
    """Whether the row knows all that is stored of its pictures: a photograph may have come before it had copies."""
    return all(t.files == pictures[t.file].columns() for t in row.translations.all() if t.file)


def _write_story(file: StoryFile, writing: Writing) -> Story:
    row = Story.objects.filter(slug=file.slug).prefetch_related("translations").first()
    if row is not None and _tells_the_same(story_file_of(row), file):
        writing.unchanged += 1
        return row
    created, row = row is None, row or Story(slug=file.slug)
    row.default_language, row.licence = file.default_language, file.licence
    row.day_zero, row.day_last = (date.fromisoformat(day) if day else None for day in (file.day_zero, file.day_last))
    frame = {name: getattr(file, name) for name in ("title", "standfirst", "byline", "credits", "counting_note")}
    speak(row, **frame)
    if writing.check(row, "story"):
        row.save()
        forget_languages(row, *frame.values())
    _write_chapters(file, row, writing)
    if row.pk:
        row.also_recorded.set(Event.objects.filter(slug__in=listed_in(file)))
    writing.count(created=created)
    return row


def _tells_the_same(before: StoryFile, after: StoryFile) -> bool:
    """Whether frame, chapters and the list beside them are equal; the record has been compared part by part."""
    return listed_in(before) == listed_in(after) and all(
        getattr(before, f) == getattr(after, f) for f in after.__dataclass_fields__ if f not in RECORD
    )


def _write_chapters(file: StoryFile, story: Story, writing: Writing) -> None:
    """Checks them also when the story itself could not be stored."""
    rows = {c.slug: c for c in story.chapters.prefetch_related("translations")} if story.pk else {}
    for slug in rows.keys() - {entry.slug for entry in file.chapters}:
        rows[slug].delete()
    events = dict(Event.objects.filter(slug__in=[e.slug for e in file.events]).values_list("slug", "pk"))
    pictures = dict(Illustration.objects.values_list("slug", "pk"))
    written = []
    for position, entry in enumerate(file.chapters, start=1):
        row = rows.get(entry.slug) or Chapter(story=story, slug=entry.slug)
        row.position, row.overlay, row.camera = position, entry.overlay, _plain(entry.camera)
        row.illustration_id = pictures.get(entry.illustration) if entry.illustration else None
        if _write_chapter(entry, row, writing):
            _write_moments(entry, row, events)
            written.append((entry, row))
    _write_old_slugs(written)


def _write_chapter(entry: ChapterEntry, row: Chapter, writing: Writing) -> bool:
    audio = entry.audio
    translated = {
        "title": entry.title,
        "narration": entry.narration,
        "audio": audio.file if audio else {},
        "captions": audio.captions if audio else {},
        "transcript": audio.transcript if audio else {},
    }
    speak(row, **translated)
    valid = writing.check(row, f"chapters/{entry.slug}", but=() if row.story.pk else ("story",))
    if not valid or not row.story.pk:
        return False
    row.save()
    forget_languages(row, *translated.values())
    return True


def _write_moments(entry: ChapterEntry, row: Chapter, events: dict[str, int]) -> None:
    row.moments.all().delete()
    Moment.objects.bulk_create(
        Moment(chapter=row, event_id=events[m.event], position=n, camera=_plain(m.camera))
        for n, m in enumerate(entry.moments, start=1)
        if m.event in events
    )


def _write_old_slugs(written: list[tuple[ChapterEntry, Chapter]]) -> None:
    """All go before any comes: a slug may move from one chapter to another."""
    for entry, row in written:
        row.old_slugs.exclude(slug__in=entry.old_slugs).delete()
    for entry, row in written:
        for slug in sorted(set(entry.old_slugs) - set(row.old_slugs.values_list("slug", flat=True))):
            OldSlug.objects.create(slug=slug, story=row.story, chapter=row)


def _plain(camera: Any) -> dict | None:
    """The camera as JSON without the parts it does not use."""
    return {key: value for key, value in asdict(camera).items() if value is not None} if camera else None
