"""A table on its way into a story: begun, looked at, searched for positions, carried out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from storymap.interchange.formats.columns import guessed, guessed_kind
from storymap.interchange.formats.table import Table, read_table
from storymap.interchange.positions import Knowledge, chosen, placed, search, wanted
from storymap.interchange.rows import drafts_of
from storymap.models import Chapter, ImportBatch, Story
from storymap.services.actor import Actor
from storymap.services.bulk import Planned, plan
from storymap.services.bulk_import import carry_out
from storymap.services.known import KnownPlaces

FORGOTTEN = timedelta(days=1)  # a table that was looked at and not imported


@dataclass(frozen=True)
class Preview:
    table: Table
    plan: list[Planned]
    wanted: list[str]  # texts of rows that have no position


def begin(*, story: Story, name: str, text: str, kind: str = "") -> ImportBatch:
    """Keeps the table to look at. Raises CannotRead."""
    table = read_table(text)
    kind = kind or guessed_kind(table.header)
    ImportBatch.objects.filter(imported_at=None, created_at__lt=timezone.now() - FORGOTTEN).delete()
    digest = hashlib.sha256(text.encode()).hexdigest()
    columns = guessed(table.header, kind)
    return ImportBatch.objects.create(story=story, kind=kind, name=name, digest=digest, text=text, columns=columns)


def look(batch: ImportBatch) -> Preview:
    """What an import would do now."""
    table, known = read_table(batch.text), KnownPlaces()
    drafts = drafts_of(table, batch.kind, batch.columns)
    knowledge = Knowledge(known, batch.answers, batch.choices, batch.country)
    texts = wanted(drafts, known)
    return Preview(table, plan(batch.story, batch.kind, placed(drafts, knowledge), known), texts)


def choose(batch: ImportBatch, *, kind: str, columns: Sequence[str], country: str) -> bool:
    """What the editor says of the table; whether that is something new."""
    if kind != batch.kind:
        columns = guessed(read_table(batch.text).header, kind)
    before = (batch.kind, batch.columns, batch.country)
    batch.kind, batch.columns, batch.country = kind, list(columns), country
    batch.save(update_fields=["kind", "columns", "country"])
    return before != (batch.kind, batch.columns, batch.country)


def choose_places(batch: ImportBatch, choices: Mapping[str, int]) -> bool:
    """Which of the places found is meant; whether that is something new."""
    changed = any(chosen(text, batch.answers, batch.choices) != number for text, number in choices.items())
    batch.choices = {**batch.choices, **choices}
    batch.save(update_fields=["choices"])
    return changed


def searched_for(batch: ImportBatch) -> list[str]:
    """The texts of rows that have no position, in the order in which the preview numbers them."""
    return wanted(drafts_of(read_table(batch.text), batch.kind, batch.columns), KnownPlaces())


def search_more(batch: ImportBatch, language: str, seconds: float) -> None:
    """Asks the gazetteer and the operator's service for positions that are missing."""
    batch.answers = search(searched_for(batch), batch.answers, language, seconds)
    batch.save(update_fields=["answers"])


def imported(batch: ImportBatch, chapter: Chapter | None, by: Actor) -> ImportBatch:
    return carry_out(batch=batch, plan=look(batch).plan if batch.text else [], chapter=chapter, by=by)


def earlier(batch: ImportBatch) -> ImportBatch | None:
    """An import of the same file into the same story that was not taken back."""
    same = ImportBatch.objects.filter(story=batch.story, digest=batch.digest, undone_at=None)
    return same.exclude(imported_at=None).exclude(pk=batch.pk).first()
