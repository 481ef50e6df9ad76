"""Takes an import back: what it made and nobody has changed or used since. The rest stays and is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from places.models import AlsoThere, Citation, Event, JourneyStop, Place, Source
from storymap.models import Chapter, ImportBatch, Moment, Story
from storymap.services.accounts import Actor
from storymap.services.history.versions import changing
from storymap.services.imports.carry_out import (
    chapter_digest,
    events_by_key,
    is_as_written,
    places_by_key,
    sources_by_key,
)
from storymap.story.from_models import event_entry, place_entry, source_entry

Left = list[list[Any]]  # what stays: [kind, key, slug, reason]


def undo(*, batch: ImportBatch, by: Actor = None) -> ImportBatch:
    """Deletes, and says in `left_in_place` what was not deleted and why."""
    with changing(batch.story, by=by, what=_("Took back the import of “%(name)s”.") % {"name": batch.name}):
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not batch.imported_at or batch.undone_at:
            return batch
        changed = _changed_keys(batch, "event", events_by_key, event_entry)
        _delete_moments(batch, changed)
        left = [
            *_delete_created(batch, "event", Event, changed, _chapters_by_event()),
            *_delete_created(
                batch, "place", Place, _changed_keys(batch, "place", places_by_key, place_entry), _events_by_place()
            ),
            *_delete_created(
                batch,
                "source",
                Source,
                _changed_keys(batch, "source", sources_by_key, source_entry),
                _events_by_source(),
            ),
            *_delete_created_chapter(batch),
        ]
        batch.left_in_place, batch.undone_at = left, timezone.now()
        batch.save(update_fields=["left_in_place", "undone_at"])
    return batch


def _written_rows(batch: ImportBatch, kind: str) -> list[dict[str, Any]]:
    return [made for made in batch.created if made["kind"] == kind]


def _changed_keys(batch: ImportBatch, kind: str, rows_of: Callable, entry_of: Callable) -> set[int]:
    """The keys of rows that are not any more what the import wrote."""
    made = _written_rows(batch, kind)
    rows = rows_of([one["key"] for one in made])
    return {
        key for one in made if (key := one["key"]) in rows and not is_as_written(entry_of(rows[key]), one["digest"])
    }


def _delete_moments(batch: ImportBatch, changed: set[int]) -> None:
    """The moments go, but for those of events that stay because somebody has worked on them."""
    keys = [made["key"] for made in _written_rows(batch, "moment")]
    Moment.objects.filter(pk__in=keys, camera__isnull=True, is_key=False).exclude(event_id__in=changed).delete()


def _chapters_by_event() -> dict[int, str]:
    """Where events are told."""
    moments = Moment.objects.select_related("chapter__story").values_list("event_id", "chapter__story__slug")
    listed = Story.also_recorded.through.objects.values_list("event_id", "story__slug")
    return {event: _("is narrated in %(story)s") % {"story": story} for event, story in [*listed, *moments]}


def _events_by_place() -> dict[int, str]:
    """What happened at places, after the events that go are gone."""
    told = [*Event.objects.exclude(place=None).values_list("place_id", "slug")]
    for others in (JourneyStop.objects, AlsoThere.objects):
        told += others.values_list("place_id", "event__slug")
    return {place: _("%(event)s happened there") % {"event": event} for place, event in told if place}


def _events_by_source() -> dict[int, str]:
    """What cites sources, after the events that go are gone."""
    cited = Citation.objects.values_list("source_id", "event__slug")
    return {source: _("is cited by %(event)s") % {"event": event} for source, event in cited}


def _delete_created(
    batch: ImportBatch,
    kind: str,
    model: type[Event | Place | Source],
    changed: set[int],
    used: dict[int, str],
) -> Left:
    made = {one["key"]: one["slug"] for one in _written_rows(batch, kind)}
    there = dict(model.objects.filter(pk__in=made).values_list("pk", "slug"))
    reasons = {key: used.get(key) or _("was changed") for key in there if key in changed or key in used}
    model.objects.filter(pk__in=there.keys() - reasons.keys()).delete()
    return [[kind, key, there[key], reason] for key, reason in reasons.items()]


def _delete_created_chapter(batch: ImportBatch) -> Left:
    left: Left = []
    for made in _written_rows(batch, "chapter"):
        chapter = Chapter.objects.filter(pk=made["key"]).first()
        if chapter is None:
            continue
        if chapter.moments.exists() or chapter_digest(chapter) != made["digest"]:
            reason = _("tells something else") if chapter.moments.exists() else _("was changed")
            left.append(["chapter", chapter.pk, chapter.slug, reason])
        else:
            chapter.delete()
    return left
