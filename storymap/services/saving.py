"""Saving a whole story file: a draft, all or nothing, and nothing at all where nothing differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from places.models import Event
from storymap.document import PictureFile
from storymap.models import Chapter, Illustration, Moment, OldSlug, Story
from storymap.rows import illustration_entry, story_file_of
from storymap.services.pictures import PictureProblem, store_picture
from storymap.services.problems import Problem
from storymap.services.record import (
    Writing,
    forget_languages,
    speak,
    write_events,
    write_people,
    write_places,
    write_sources,
)
from storymap.storyfile import ChapterEntry, IllustrationEntry, StoryFile

Media = Mapping[str, bytes]  # file name inside media/ -> content
Stored = Mapping[str, tuple[PictureFile, ...]]  # stored name of the largest file -> all widths


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


@transaction.atomic
def save_story_file(*, file: StoryFile, media: Media, by: AbstractBaseUser | None = None) -> SaveReport:
    """Make the rows say what the file says. Parts are matched by slug. Raises CannotSave; then nothing is written."""
    if problems := list(_dangling(file)):
        raise CannotSave(problems)
    writing = Writing()
    file, stored = _with_stored_pictures(file, media, writing)
    write_people(file.people, writing)
    write_sources(file.sources, writing)
    write_places(file.places, writing)
    if not writing.problems:
        write_events(file.events, writing)
        for entry in file.illustrations:
            _write_illustration(entry, stored, writing)
        story = _write_story(file, writing)
    if writing.problems:
        raise CannotSave(writing.problems)
    return SaveReport(story, writing.created, writing.changed, writing.unchanged)


def _dangling(file: StoryFile) -> Iterator[Problem]:
    """References to parts that the file does not hold, slugs used twice, languages this site does not have."""
    known = {kind: [e.slug for e in getattr(file, kind)] for kind in ("events", "places", "people", "sources", "illustrations")}
    for kind, slugs in (*known.items(), ("chapters", [c.slug for c in file.chapters])):
        yield from (Problem(f"{kind}/{slug}", "occurs twice") for slug in sorted({s for s in slugs if slugs.count(s) > 1}))
    for where, kind, slug in _references(file):
        if slug not in known[kind]:
            yield Problem(where, f"names {slug!r}, which is not among the {kind} of the file")
    codes = [code for code, _name in settings.LANGUAGES]
    if file.default_language not in codes:
        yield Problem("default_language", f"{file.default_language!r} is not among this site's languages ({', '.join(codes)})")


def _references(file: StoryFile) -> Iterator[tuple[str, str, str]]:
    for event in file.events:
        where = f"events/{event.slug}"
        yield from ((f"{where}/place", "places", slug) for slug in (event.place, *event.further_places) if slug)
        yield from ((f"{where}/people", "people", i.person) for i in event.people)
        yield from ((f"{where}/citations", "sources", c.source) for c in event.citations)
    for chapter in file.chapters:
        yield from ((f"chapters/{chapter.slug}/moments", "events", m.event) for m in chapter.moments)
        if chapter.illustration:
            yield f"chapters/{chapter.slug}/illustration", "illustrations", chapter.illustration


def _with_stored_pictures(file: StoryFile, media: Media, writing: Writing) -> tuple[StoryFile, Stored]:
    """Pictures are stored under their content's digest; the file's names become those of the stored ones."""
    entries, stored = [], {}
    for entry in file.illustrations:
        names = {}
        for language, name in entry.file.items():
            try:
                files = store_picture(media[name])
            except KeyError:
                writing.problems.append(Problem(f"illustrations/{entry.slug}/file", f"media/{name} is missing"))
            except PictureProblem as problem:
                writing.problems.append(Problem(f"illustrations/{entry.slug}/file", f"{name}: {problem}"))
            else:
                names[language] = files[-1].name
                stored[files[-1].name] = files
        entries.append(_replaced(entry, file=names))
    return _replaced(file, illustrations=tuple(entries)), stored


def _replaced(value: Any, **changes: Any) -> Any:
    return type(value)(**{name: getattr(value, name) for name in value.__dataclass_fields__} | changes)


def _write_illustration(entry: IllustrationEntry, stored: Stored, writing: Writing) -> None:
    row = Illustration.objects.filter(slug=entry.slug).prefetch_related("translations").first()
    if row is not None and illustration_entry(row) == entry:
        writing.unchanged += 1
        return
    created, row = row is None, row or Illustration(slug=entry.slug)
    row.decorative, row.credit, row.licence = entry.decorative, entry.credit, entry.licence
    speak(row, file=entry.file, alt=entry.alt, caption=entry.caption)
    for language, name in entry.file.items():
        row.set_current_language(language)
        row.files = [asdict(width) for width in stored[name]]
    if writing.check(row, f"illustrations/{entry.slug}"):
        row.save()
        forget_languages(row, entry.file, entry.alt, entry.caption)
    writing.count(created=created)


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
    writing.count(created=created)
    return row


def _tells_the_same(before: StoryFile, after: StoryFile) -> bool:
    """Whether frame and chapters are equal; the record has been compared part by part."""
    record = ("events", "places", "people", "sources", "illustrations")
    return all(getattr(before, f) == getattr(after, f) for f in after.__dataclass_fields__ if f not in record)


def _write_chapters(file: StoryFile, story: Story, writing: Writing) -> None:
    rows = {chapter.slug: chapter for chapter in story.chapters.prefetch_related("translations")}
    for slug in rows.keys() - {entry.slug for entry in file.chapters}:
        rows[slug].delete()
    events = dict(Event.objects.filter(slug__in=[e.slug for e in file.events]).values_list("slug", "pk"))
    pictures = dict(Illustration.objects.values_list("slug", "pk"))
    for position, entry in enumerate(file.chapters, start=1):
        row = rows.get(entry.slug) or Chapter(story=story, slug=entry.slug)
        row.position, row.overlay = position, entry.overlay
        row.illustration_id = pictures[entry.illustration] if entry.illustration else None
        _write_chapter(entry, row, events, writing)


def _write_chapter(entry: ChapterEntry, row: Chapter, events: dict[str, int], writing: Writing) -> None:
    row.camera = _plain(entry.camera)
    audio = entry.audio
    translated = {
        "title": entry.title,
        "narration": entry.narration,
        "audio": audio.file if audio else {},
        "captions": audio.captions if audio else {},
        "transcript": audio.transcript if audio else {},
    }
    speak(row, **translated)
    if not writing.check(row, f"chapters/{entry.slug}"):
        return
    row.save()
    forget_languages(row, *translated.values())
    row.old_slugs.exclude(slug__in=entry.old_slugs).delete()
    for slug in set(entry.old_slugs) - set(row.old_slugs.values_list("slug", flat=True)):
        OldSlug.objects.create(slug=slug, story=row.story, chapter=row)
    row.moments.all().delete()
    Moment.objects.bulk_create(
        Moment(chapter=row, event_id=events[m.event], position=n, camera=_plain(m.camera))
        for n, m in enumerate(entry.moments, start=1)
    )


def _plain(camera: Any) -> dict | None:
    """The camera as JSON without the parts it does not use."""
    return {key: value for key, value in asdict(camera).items() if value is not None} if camera else None
