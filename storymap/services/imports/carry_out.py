"""Carries an import out: all good rows in one transaction, and a list of what was created, for its undoing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from places.models import AlsoThere, Event, JourneyStop, Place, Source
from storymap.models import Chapter, ImportBatch, Moment
from storymap.services.accounts import Actor
from storymap.services.history.versions import changing
from storymap.services.imports.planning import LEFT, LINKED, NEW, THERE, Planned, new_sources
from storymap.services.publishing.review import note_in_history
from storymap.services.stories.record import ROWS_AT_ONCE, set_texts, store_new, store_parts
from storymap.services.stories.slugs import free_slug
from storymap.story.from_models import chapter_entry, event_entry, place_entry, source_entry, with_parts
from storymap.story.storyfile import EventEntry, to_json

Created = list[dict[str, Any]]


def carry_out(
    *, batch: ImportBatch, plan_of: Callable[[ImportBatch], list[Planned]], chapter: Chapter | None, by: Actor
) -> ImportBatch:
    """Writes what is new. Events are narrated in the chapter, or in a new one called like the file. What is new is
    decided once nobody else can write into the story: two imports of one file at the same time write it once."""
    what = _("Imported the table “%(name)s”.") % {"name": batch.name}
    with changing(batch.story, by=by, what=what):
        batch = ImportBatch.objects.select_for_update().select_related("story").get(pk=batch.pk)
        if batch.imported_at:
            return batch  # pressed twice
        plan = plan_of(batch)
        created = _write_places(plan) + _write_sources(plan) + _write_events(plan)
        events = [planned.row for planned in plan if planned.verdict in (NEW, LINKED)] if batch.kind == "events" else []
        if events:
            chapter, is_new = (chapter, False) if chapter else (_new_chapter(batch), True)
            created += _add_moments(events, chapter) + (_created_chapter(chapter) if is_new else [])
            batch.chapter = chapter
        _write_down(batch, plan, created, by)
        note_in_history(by, batch.story, what)
    return batch


def _write_down(batch: ImportBatch, plan: list[Planned], created: Created, by: Actor) -> None:
    """What the import has done, for its report and its undoing."""
    batch.created, batch.text = created, ""
    batch.imported_at, batch.by = timezone.now(), by.get_username() if by else ""
    batch.there = sum(planned.verdict == THERE for planned in plan)
    batch.left_out = [[p.table_row.line, p.table_row.name, "; ".join(p.reasons)] for p in plan if p.verdict == LEFT]
    batch.answers, batch.choices, batch.joined = {}, {}, {}
    batch.save()


def digest_of(entry: Any) -> str:
    """Of a row as a story file tells it: what somebody has changed has another."""
    return hashlib.sha256(to_json(entry)).hexdigest()


def is_as_written(entry: Any, digest: str) -> bool:
    """Whether nobody has changed it since."""
    if digest == digest_of(entry):
        return True
    return isinstance(entry, EventEntry) and not entry.journey and digest == _former_digest(entry)


def _former_digest(entry: EventEntry) -> str:
    """Of an event that was imported before journeys were told apart: its other places had one list, then empty."""
    fields = {name: value for name, value in msgspec.to_builtins(entry).items() if name != "journey"}
    former = {"further_places" if name == "also_there" else name: value for name, value in fields.items()}
    return digest_of(former)


def places_by_key(keys: Iterable[int]) -> dict[int, Place]:
    return {p.pk: p for p in Place.objects.filter(pk__in=keys).prefetch_related("translations", "toponyms")}


def events_by_key(keys: Iterable[int]) -> dict[int, Event]:
    return {e.pk: e for e in with_parts(Event.objects.filter(pk__in=keys))}


def sources_by_key(keys: Iterable[int]) -> dict[int, Source]:
    return {source.pk: source for source in Source.objects.filter(pk__in=keys)}


def chapter_digest(chapter: Chapter) -> str:
    """Of the chapter itself, whatever it tells."""
    fresh = Chapter.objects.select_related("illustration").get(pk=chapter.pk)
    fresh._prefetched_objects_cache = {"moments": Moment.objects.none()}
    return digest_of(chapter_entry(fresh))


def _write_places(plan: list[Planned]) -> Created:
    new: list[Place] = [p.row for p in plan if p.verdict == NEW and isinstance(p.row, Place)]
    events = [p for p in plan if p.verdict == NEW and isinstance(p.row, Event)]
    new += [place for p in events for place in (p.place, *p.row.also, *p.row.way) if place and not place.pk]
    rows = list({id(row): row for row in new}.values())
    store_new(rows)
    written = places_by_key(row.pk for row in rows)
    return [_written_row("place", row, digest_of(place_entry(written[row.pk]))) for row in rows]


def _write_sources(plan: list[Planned]) -> Created:
    rows = new_sources(plan)
    store_new(rows)
    written = sources_by_key(row.pk for row in rows)
    return [_written_row("source", row, digest_of(source_entry(written[row.pk]))) for row in rows]


def _write_events(plan: list[Planned]) -> Created:
    new = [p for p in plan if p.verdict == NEW and isinstance(p.row, Event)]
    for planned in new:
        planned.row.place = planned.place  # whose key is known by now
    rows = [planned.row for planned in new]
    store_new(rows)
    for row in rows:
        for citation in row.cited:
            citation.event = row
    store_parts(
        also_there=[AlsoThere(event=row, place=place) for row in rows for place in row.also if place != row.place],
        stops=[JourneyStop(event=row, place=p, position=n) for row in rows for n, p in enumerate(row.way)],
        citations=[citation for row in rows for citation in row.cited],
    )
    written = events_by_key(row.pk for row in rows)
    return [_written_row("event", row, digest_of(event_entry(written[row.pk]))) for row in rows]


def _written_row(kind: str, row: Any, digest: str = "") -> dict[str, Any]:
    return {"kind": kind, "key": row.pk, "slug": row.slug, "digest": digest}


def _new_chapter(batch: ImportBatch) -> Chapter:
    story, title = batch.story, batch.name.rpartition(".")[0] or batch.name
    slug = free_slug(title, story.chapters.all(), "import")
    chapter = Chapter(story=story, slug=slug, position=story.chapters.count() + 1)
    set_texts(chapter, title={story.default_language: title[:200]})
    chapter.save()
    return chapter


def _created_chapter(chapter: Chapter) -> Created:
    return [_written_row("chapter", chapter, chapter_digest(chapter))]


def _add_moments(events: list[Event], chapter: Chapter) -> Created:
    """After what the chapter tells already, in the order of the table."""
    last = chapter.moments.aggregate(last=Max("position"))["last"] or 0
    moments = [Moment(chapter=chapter, event=event, position=last + n) for n, event in enumerate(events, start=1)]
    Moment.objects.bulk_create(moments, batch_size=ROWS_AT_ONCE)
    return [{"kind": "moment", "key": m.pk, "slug": m.event.slug, "digest": ""} for m in moments]
