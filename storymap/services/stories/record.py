"""Writing the record: places, people, sources, events and illustrations of a story file, each only where it differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from parler.models import TranslatedFieldsModel

from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Person, Place, Source, Toponym
from storymap.services.publishing.rules import Problem
from storymap.story.from_models import (
    ENTRY_OF,
    MODELS,
    event_entry,
    person_entry,
    place_entry,
    source_entry,
    with_parts,
)
from storymap.story.storyfile import EventEntry, PersonEntry, PlaceEntry, SourceEntry, Translated

BATCH = 500  # rows of a statement


@dataclass
class Writing:
    """The outcome of a save so far. Nothing is committed while problems exist (see saving.py)."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def check(self, row: models.Model, where: str, *, but: Iterable[str] = ()) -> bool:
        """Whether the row's own fields are valid; what is not becomes a problem with its field's name."""
        found = list(_invalid(row.full_clean, exclude=but, validate_unique=False, validate_constraints=False))
        for translation in _spoken(row):
            empty = {name for name in translation.get_translated_fields() if not getattr(translation, name)}
            found += _invalid(translation.clean_fields, exclude={"master", "language_code", *empty})
        self.problems += [Problem(f"{where}/{name}", message) for name, message in found]
        return not found

    def count(self, *, created: bool) -> None:
        self.created += created
        self.changed += not created


def _spoken(row: models.Model) -> Iterator[TranslatedFieldsModel]:
    """The translations that `speak` has set: parler's full_clean passes over them and has no name for them."""
    for by_language in getattr(row, "_translations_cache", {}).values():
        yield from (t for t in by_language.values() if isinstance(t, TranslatedFieldsModel))


def _invalid(check: Callable[..., None], **how: Any) -> Iterator[tuple[str, str]]:
    try:
        check(**how)
    except ValidationError as invalid:
        yield from ((name, message) for name, messages in invalid.message_dict.items() for message in messages)


def speak(row: Any, **fields: Translated) -> None:
    """Set translated fields; languages that no field has any more are dropped when the row is stored."""
    for language in sorted({code for texts in fields.values() for code in texts}):
        row.set_current_language(language)
        for name, texts in fields.items():
            setattr(row, name, texts.get(language, ""))


def problems_of(row: Any, *, but: Iterable[str] = ()) -> tuple[str, ...]:
    """What is invalid in a row that is not stored yet, field by field."""
    writing = Writing()
    writing.check(row, "", but=but)
    return tuple(f"{label_of(row, problem.where[1:])}: {problem.what}" for problem in writing.problems)


def label_of(row: Any, name: str) -> str:
    """What a field of the row or of its translations is called."""
    spoken = [row._parler_meta.root_model._meta] if hasattr(row, "_parler_meta") else []
    fields = {field.name: field.verbose_name for meta in (*spoken, row._meta) for field in meta.concrete_fields}
    return str(fields.get(name, name))


def store_new(rows: Sequence[Any]) -> None:
    """New, checked rows of one model with their translations, in two statements however many there are."""
    if not rows:
        return
    model = type(rows[0])
    for start in range(0, len(rows), BATCH):
        model.objects.bulk_create(rows[start : start + BATCH])
    translations = [translation for row in rows for translation in _spoken_by(row)]
    if translations:
        type(translations[0]).objects.bulk_create(translations, batch_size=BATCH)


def _spoken_by(row: Any) -> Iterator[TranslatedFieldsModel]:
    for translation in _spoken(row):
        translation.master = row  # it has its key only now
        yield translation


def forget_languages(row: Any, *fields: Translated) -> None:
    kept = {code for texts in fields for code in texts}
    row.translations.exclude(language_code__in=kept).delete()


def write_people(entries: Iterable[PersonEntry], writing: Writing) -> None:
    rows = _rows(Person.objects.prefetch_related("translations"), entries)
    for entry in entries:
        _write(entry, rows.get(entry.slug), person_entry, _store_person, writing)


def write_sources(entries: Iterable[SourceEntry], writing: Writing) -> None:
    rows = _rows(Source.objects, entries)
    for entry in entries:
        _write(entry, rows.get(entry.slug), source_entry, _store_source, writing)


def write_places(entries: Iterable[PlaceEntry], writing: Writing) -> None:
    rows = _rows(Place.objects.prefetch_related("translations", "toponyms"), entries)
    for entry in entries:
        _write(entry, rows.get(entry.slug), place_entry, _store_place, writing)


def write_events(entries: Iterable[EventEntry], writing: Writing) -> None:
    rows = _rows(with_parts(Event.objects), entries)
    keys = {model: dict(model.objects.values_list("slug", "pk")) for model in (Place, Person, Source)}

    def store(entry: EventEntry, row: Event | None, writing: Writing) -> None:
        _store_event(entry, row, writing, keys)

    for entry in entries:
        _write(entry, rows.get(entry.slug), event_entry, store, writing)


def differing(kind: str, entries: Iterable[Any]) -> list[Any]:
    """The rows that the entries would change."""
    queryset = MODELS[kind].objects.all()
    if kind == "events":
        queryset = with_parts(queryset)
    elif kind != "sources":
        queryset = queryset.prefetch_related("translations", *(["toponyms"] if kind == "places" else []))
    rows = _rows(queryset, entries)
    return [rows[e.slug] for e in entries if e.slug in rows and ENTRY_OF[kind](rows[e.slug]) != e]


def _rows(queryset: Any, entries: Iterable[Any]) -> dict[str, Any]:
    wanted = {entry.slug for entry in entries}
    return {row.slug: row for row in queryset.all() if row.slug in wanted}


def _write(entry: Any, row: Any, entry_of: Callable, store: Callable, writing: Writing) -> None:
    if row is not None and entry_of(row) == entry:
        writing.unchanged += 1
        return
    store(entry, row, writing)
    writing.count(created=row is None)


def _store_person(entry: PersonEntry, row: Person | None, writing: Writing) -> None:
    row = row or Person(slug=entry.slug)
    speak(row, name=entry.name)
    if writing.check(row, f"people/{entry.slug}"):
        row.save()
        forget_languages(row, entry.name)


def _store_source(entry: SourceEntry, row: Source | None, writing: Writing) -> None:
    fields = asdict(entry)
    fields["author"] = [{k: v for k, v in asdict(a).items() if v} for a in entry.author]
    row = row or Source()
    for name, value in fields.items():
        setattr(row, name, value)
    if writing.check(row, f"sources/{entry.slug}"):
        row.save()


def _store_place(entry: PlaceEntry, row: Place | None, writing: Writing) -> None:
    row = row or Place(slug=entry.slug)
    row.latitude, row.longitude = entry.lat, entry.lng
    for name in ("kind", "country", "address", "precision", "radius", "coordinate_source", "time_zone"):
        setattr(row, name, getattr(entry, name))
    speak(row, name=entry.name)
    if not writing.check(row, f"places/{entry.slug}"):
        return
    row.save()
    forget_languages(row, entry.name)
    row.toponyms.all().delete()
    toponyms = [
        Toponym(place=row, position=n, name=t.name, language=t.language, period=t.period)
        for n, t in enumerate(entry.toponyms)
    ]
    if all(writing.check(t, f"places/{entry.slug}/toponyms/{t.position}") for t in toponyms):
        Toponym.objects.bulk_create(toponyms)


def _store_event(entry: EventEntry, row: Event | None, writing: Writing, keys: dict[Any, dict[str, int]]) -> None:
    row = row or Event(slug=entry.slug)
    row.date, row.time = entry.date, entry.time or ""
    row.status, row.sensitivity, row.later = entry.status, entry.sensitivity, entry.later
    row.place_id = keys[Place].get(entry.place) if entry.place else None
    row.journey_mode, row.journey_date = (entry.journey.mode, entry.journey.date) if entry.journey else ("", "")
    translated = (entry.title, entry.summary, entry.attributed_to, entry.note)
    speak(row, **dict(zip(("title", "summary", "attributed_to", "note"), translated, strict=True)))
    if not writing.check(row, f"events/{entry.slug}"):
        return
    row.save()
    forget_languages(row, *translated)
    _store_parts(entry, row, writing, keys)


def _store_parts(entry: EventEntry, event: Event, writing: Writing, keys: dict[Any, dict[str, int]]) -> None:
    """What names a part that could not be stored is passed over: that part's problem has been noted."""
    for parts in (event.elsewhere, event.stops, event.involvements, event.citations):
        parts.all().delete()
    also = [keys[Place][slug] for slug in entry.also_there if slug in keys[Place]]
    AlsoThere.objects.bulk_create(AlsoThere(event=event, place_id=key) for key in also)
    stops = [keys[Place][slug] for slug in (entry.journey.stops if entry.journey else ()) if slug in keys[Place]]
    JourneyStop.objects.bulk_create(JourneyStop(event=event, place_id=key, position=n) for n, key in enumerate(stops))
    people = [(i, keys[Person][i.person]) for i in entry.people if i.person in keys[Person]]
    for n, (i, key) in enumerate(people):
        part = Involvement(event=event, person_id=key, position=n)
        _store_part(part, writing, f"events/{entry.slug}/people/{i.person}", role=i.role)
    citations = [(c, keys[Source][c.source]) for c in entry.citations if c.source in keys[Source]]
    for n, (c, key) in enumerate(citations):
        cited = Citation(event=event, source_id=key, position=n, locator=c.locator)
        _store_part(cited, writing, f"events/{entry.slug}/citations/{c.source}", note=c.note)


def _store_part(row: Any, writing: Writing, where: str, **texts: Translated) -> None:
    speak(row, **texts)
    if writing.check(row, where):
        row.save()
