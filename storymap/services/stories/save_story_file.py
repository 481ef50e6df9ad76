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

from storymap.models import Chapter, Moment, OldSlug, Story
from storymap.services.accounts import Actor
from storymap.services.history.revisions import add_revision
from storymap.services.history.versions import Part, changing, stories_with, together
from storymap.services.imports.own_slugs import with_own_slugs
from storymap.services.media.files import CannotStore, Storing
from storymap.services.media.story_media import Checked, Media, check_media
from storymap.services.stories.record import (
    ROWS_AT_ONCE,
    StoredRecord,
    Writing,
    Written,
    set_texts,
    store_rows,
    write_record,
)
from storymap.services.stories.save_extracts import write_extracts
from storymap.services.stories.stages import write_stages
from storymap.story.from_models import read_story
from storymap.story.problem import Problem
from storymap.story.references import RECORD, problems_between, tidy
from storymap.story.storyfile import (
    CHAPTER_TEXTS,
    STORY_TEXTS,
    AudioEntry,
    ChapterEntry,
    StoryFile,
    Translated,
    entries_in,
    listed_in,
)


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
    file, found = check_media(tidy(file, languages), media)
    what = _("Loaded from a file")
    return write_story_file(file, found, by=by, what=what, seen=seen, problems=problems, own_slugs=not problems)


def write_story_file(
    file: StoryFile,
    found: Checked,
    *,
    by: Actor,
    what: str,
    seen: int | None = None,
    problems: Iterable[Problem] = (),
    own_slugs: bool = False,
) -> SaveReport:
    """The same for a tidy file whose media are known by the names they are stored under. With `own_slugs`, what is
    another story's and says something else is left alone; else it is changed."""
    writing = Writing(problems=[*problems, *found.problems])
    try:
        story = _write_all(file, found, writing, by=by, what=what, seen=seen, own_slugs=own_slugs)
    except CannotStore as problem:
        raise CannotSave([Problem("media", str(problem))]) from None
    return SaveReport(story, writing.created, writing.changed, writing.unchanged)


def _write_all(
    file: StoryFile,
    found: Checked,
    writing: Writing,
    *,
    by: Actor,
    what: str,
    seen: int | None,
    own_slugs: bool,
) -> Story:
    """All in one transaction, and the files with it."""
    with ExitStack() as stack:
        storing = stack.enter_context(Storing())
        stack.enter_context(transaction.atomic())
        if seen is not None and (row := Story.objects.filter(slug=file.slug).first()):
            stack.enter_context(changing(row, by=by, what=what, seen=seen))
        present = Present.of(file)
        if own_slugs:
            file = with_own_slugs(file, present.file, present.record)
        stories, parts = present.touched_by(file)
        versions = [part.version for part in parts]
        stack.enter_context(together(stories=stories, parts=parts, by=by, what=what))
        taken = zip(versions, parts, strict=True)
        if present.is_outdated(stories) or any(part.version > version + 1 for version, part in taken):
            present = Present.of(file)
        record = write_record(file, found.pictures, writing, present.record)
        story = _write_story(file, writing, present.file, record)
        if writing.problems:
            raise CannotSave(writing.problems)
        storing.store(found.contents())
        if present.file is None:
            add_revision(story, by=by, what=what, newest="")
    return Story.objects.get(pk=story.pk)  # without what was read before the change


@dataclass(frozen=True)
class Present:
    """What the database says of a story file's story and parts, read once. True as long as nobody else takes a
    version: who reads before a lock looks at the versions when it is there."""

    key: int | None  # of the story; None where there is none of that slug
    version: int
    file: StoryFile | None
    record: StoredRecord

    @classmethod
    def of(cls, file: StoryFile) -> Present:
        # the versions come first: what is read after them may be newer, never older
        story = Story.objects.filter(slug=file.slug).prefetch_related("translations").first()
        if story is None:
            return cls(None, 0, None, StoredRecord(file))
        read = read_story(story)
        return cls(story.pk, story.version, read.file, StoredRecord(file, read.rows))

    def touched_by(self, file: StoryFile) -> tuple[list[Story], list[Part]]:
        """What the file would change: stories, its own among them, and parts of the record. Locks the stories."""
        parts = [part for kind in RECORD for part in self.record.differing(kind, getattr(file, kind))]
        own = [self.key] if self.key and self.file and not _is_same_story(self.file, file) else []
        shown = [story.pk for story in stories_with(*parts)] if parts else []
        if not (own or shown):
            return [], parts
        stories = Story.objects.filter(pk__in=[*own, *shown]).order_by("pk")
        return list(stories.select_for_update(no_key=True)), parts

    def is_outdated(self, locked: Iterable[Story]) -> bool:
        """Whether somebody else has changed the story between the reading and the lock."""
        return any(story.pk == self.key and story.version > self.version + 1 for story in locked)


def _write_story(file: StoryFile, writing: Writing, before: StoryFile | None, record: StoredRecord) -> Story:
    """`before` is what the story says so far, None when it is new; `record` has the parts that the file names."""
    row = Story.objects.filter(slug=file.slug).prefetch_related("translations").first() if before else None
    if row is not None and before is not None and _is_same_story(before, file):
        writing.unchanged += 1
        return row
    writing.count(created=row is None)
    row = row or Story(slug=file.slug)
    row.default_language, row.licence, row.corrections = file.default_language, file.licence, file.corrections or ""
    row.day_zero, row.day_last = (date.fromisoformat(day) if day else None for day in (file.day_zero, file.day_last))
    texts = {name: getattr(file, name) for name in STORY_TEXTS}
    set_texts(row, **texts)
    if writing.check(row, "story"):
        store_rows([(row, [*texts.values()])])
    stages = write_stages(file, row, writing, before)
    _write_chapters(file, row, writing, before, record, stages)
    if before and {entry.slug for entry in entries_in(before, "stages")} - stages.keys():
        row.stages.exclude(slug__in=stages).delete()  # no chapter has them any more
    write_extracts(file, row, writing, before)
    listed = [key for slug in listed_in(file) if (key := record.key("events", slug))]
    if row.pk and (before or listed):
        row.also_recorded.set(listed)
    return row


def _is_same_story(before: StoryFile, after: StoryFile) -> bool:
    """Whether all but the record is equal, which has been compared part by part."""
    return listed_in(before) == listed_in(after) and all(
        getattr(before, f) == getattr(after, f) for f in after.__dataclass_fields__ if f not in RECORD
    )


def _write_chapters(
    file: StoryFile,
    story: Story,
    writing: Writing,
    before: StoryFile | None,
    record: StoredRecord,
    stages: Mapping[str, int],
) -> None:
    """Those that differ. Checks them also when the story itself could not be stored."""
    rows = {c.slug: c for c in story.chapters.prefetch_related("translations")} if before else {}
    entries = {entry.slug: entry for entry in before.chapters} if before else {}
    for slug in rows.keys() - {entry.slug for entry in file.chapters}:
        rows[slug].delete()
    written: list[Written] = []
    changed: list[tuple[Chapter, list[Translated]]] = []
    for position, entry in enumerate(file.chapters, start=1):
        row, former = rows.get(entry.slug) or Chapter(story=story, slug=entry.slug), entries.get(entry.slug)
        if former == entry and row.position == position:
            continue
        row.position, row.overlay, row.camera = position, entry.overlay, _plain(entry.camera)
        row.illustration_id = record.key("illustrations", entry.illustration)
        row.stage_id, row.frame = stages.get(entry.stage or ""), _plain(entry.frame)
        translated = _texts_of(entry)
        set_texts(row, **translated)
        # the keys are those of rows that are there
        if writing.check(row, f"chapters/{entry.slug}", but=["story", "illustration", "stage"]) and story.pk:
            written.append(Written(row, entry, former))
            changed.append((row, [*translated.values()]))
    store_rows(changed)
    _write_moments(written, record)
    _write_old_slugs(written, story)


def _texts_of(entry: ChapterEntry) -> dict[str, Translated]:
    """The translated fields of a chapter's row."""
    audio = entry.audio or AudioEntry(file={})
    return {
        **{name: getattr(entry, name) for name in CHAPTER_TEXTS},
        "audio": audio.file,
        "captions": audio.captions,
        "transcript": audio.transcript,
    }


def _write_moments(written: Iterable[Written], record: StoredRecord) -> None:
    changed = [one for one in written if one.differs("moments")]
    Moment.objects.filter(chapter__in=[one.row.pk for one in changed if one.before is not None]).delete()
    Moment.objects.bulk_create(
        [
            Moment(
                chapter=one.row,
                event_id=key,
                position=n,
                camera=_plain(m.camera),
                spot=_plain(m.spot),
                frame=_plain(m.frame),
                is_key=bool(m.is_key),
            )
            for one in changed
            for n, m in enumerate(one.entry.moments, start=1)
            if (key := record.key("events", m.event))
        ],
        batch_size=ROWS_AT_ONCE,
    )


def _write_old_slugs(written: Iterable[Written], story: Story) -> None:
    """All go before any comes: a slug may move from one chapter to another."""
    changed = [one for one in written if one.differs("old_slugs")]
    for one in changed:
        if one.before is not None:
            one.row.old_slugs.exclude(slug__in=one.entry.old_slugs).delete()
    new = [
        OldSlug(slug=slug, story=story, chapter=one.row)
        for one in changed
        for slug in sorted(set(one.entry.old_slugs) - set(one.before.old_slugs if one.before else ()))
    ]
    OldSlug.objects.bulk_create(new)


def _plain(value: Any) -> dict | None:
    """A camera, a spot or a frame as JSON without the parts it does not use."""
    return {key: part for key, part in asdict(value).items() if part is not None} if value else None
