"""Writes the record for all but the forms of the admin: places, people, sources, events and illustrations, each only
where it differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from parler.models import TranslatedFieldsModel

from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Person, Place, Source, Toponym
from storymap.models import Illustration
from storymap.services.media.pictures import Encoded
from storymap.story.from_models import ENTRY_OF, MODELS, all_of
from storymap.story.problem import Problem
from storymap.story.references import RECORD
from storymap.story.storyfile import (
    EVENT_TEXTS,
    EventEntry,
    IllustrationEntry,
    PersonEntry,
    PlaceEntry,
    SourceEntry,
    StoryFile,
    Translated,
    texts_of,
)

ROWS_AT_ONCE = 500  # rows of a statement
_SEASON = r"-2[1-4]"  # without a hemisphere, anywhere in a date


@dataclass
class Writing:
    """The outcome of a save so far. Nothing is committed while problems exist (see save_story_file.py)."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def check(self, row: models.Model, where: str, *, but: Iterable[str] = ()) -> bool:
        """Whether the row's own fields are valid; what is not becomes a problem with its field's name."""
        found = list(_invalid(row.full_clean, exclude=but, validate_unique=False, validate_constraints=False))
        for translation in _translations_of(row):
            empty = {name for name in translation.get_translated_fields() if not getattr(translation, name)}
            found += _invalid(translation.clean_fields, exclude={"master", "language_code", *empty})
        self.problems += [Problem(f"{where}/{name}", message) for name, message in found]
        return not found

    def count(self, *, created: bool) -> None:
        self.created += created
        self.changed += not created


def _translations_of(row: models.Model) -> Iterator[TranslatedFieldsModel]:
    """The translations that `set_texts` has set: parler's full_clean passes over them and has no name for them."""
    for by_language in getattr(row, "_translations_cache", {}).values():
        yield from (t for t in by_language.values() if isinstance(t, TranslatedFieldsModel))


def _invalid(check: Callable[..., None], **how: Any) -> Iterator[tuple[str, str]]:
    try:
        check(**how)
    except ValidationError as invalid:
        yield from ((name, message) for name, messages in invalid.message_dict.items() for message in messages)


def set_texts(row: Any, **fields: Translated) -> None:
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
    for row in rows:
        if isinstance(row, Event):
            row.reckon_span()  # as its save does
    for start in range(0, len(rows), ROWS_AT_ONCE):
        model.objects.bulk_create(rows[start : start + ROWS_AT_ONCE])
    translations = [translation for row in rows for translation in _spoken_by(row)]
    if translations:
        type(translations[0]).objects.bulk_create(translations, batch_size=ROWS_AT_ONCE)


def store_rows(rows: Sequence[tuple[Any, Sequence[Translated]]]) -> None:
    """Checked rows of one model, each with its translated fields: new ones together, changed ones one by one."""
    new = [row for row, _texts in rows if not row.pk]
    for row, texts in rows:
        if row.pk:
            row.save()
            if texts:
                _forget_languages(row, *texts)
    store_new(new)


def _spoken_by(row: Any) -> Iterator[TranslatedFieldsModel]:
    for translation in _translations_of(row):
        translation.master = row  # it has its key only now
        yield translation


def _forget_languages(row: Any, *fields: Translated) -> None:
    languages = {code for texts in fields for code in texts}
    if any(translation.language_code not in languages for translation in row.translations.all()):
        row.translations.exclude(language_code__in=languages).delete()


class StoredRecord:
    """Parts of the record as they are stored, by their slugs in a story file. Each is read once."""

    def __init__(self, file: StoryFile | None = None, rows: Mapping[str, Iterable[Any]] | None = None) -> None:
        """`rows` are those that have been read already."""
        read = rows or dict.fromkeys(RECORD, ())
        self._rows: dict[str, dict[str, Any]] = {  # None: there is no row of that slug
            kind: {row.slug: row for row in read[kind]} for kind in RECORD
        }
        self._entries: dict[tuple[str, str], Any] = {}
        for kind in RECORD if file else ():
            self.read(kind, [entry.slug for entry in getattr(file, kind)])

    def read(self, kind: str, slugs: Iterable[str]) -> None:
        """Those that have not been read yet."""
        new = sorted(set(slugs) - self._rows[kind].keys())
        self._rows[kind] |= dict.fromkeys(new)
        for start in range(0, len(new), ROWS_AT_ONCE):
            rows = all_of(kind).filter(slug__in=new[start : start + ROWS_AT_ONCE]).order_by()
            self._rows[kind] |= {row.slug: row for row in rows}

    def row(self, kind: str, slug: str) -> Any:
        """None where there is none."""
        return self._rows[kind].get(slug)

    def key(self, kind: str, slug: str | None) -> int | None:
        row = self._rows[kind].get(slug) if slug else None
        return row.pk if row is not None else None

    def entry(self, kind: str, slug: str) -> Any:
        """What the row says, as it was read."""
        row = self.row(kind, slug)
        if row is not None and (kind, slug) not in self._entries:
            self._entries[kind, slug] = ENTRY_OF[kind](row)
        return self._entries.get((kind, slug))

    def add(self, kind: str, row: Any) -> None:
        """A row that has been stored since."""
        self._rows[kind][row.slug] = row

    def differing(self, kind: str, entries: Sequence[Any]) -> list[Any]:
        """The rows that the entries would change."""
        self.read(kind, [entry.slug for entry in entries])
        there = [entry for entry in entries if self.row(kind, entry.slug) is not None]
        return [self.row(kind, entry.slug) for entry in there if self.entry(kind, entry.slug) != entry]


def write_record(
    file: StoryFile, pictures: Mapping[str, Encoded], writing: Writing, stored: StoredRecord | None = None
) -> StoredRecord:
    """Everything but the story and its chapters. `pictures` by the stored names of their largest files; `stored` is
    what the rows are known to say, read now where it is not given. Returns it with all that has been written."""
    stored = stored or StoredRecord()
    for kind in RECORD:
        stored.read(kind, [entry.slug for entry in getattr(file, kind)])
    _write("people", file.people, stored, writing, _fill_person)
    _write("sources", file.sources, stored, writing, _fill_source)
    places = _write("places", file.places, stored, writing, _fill_place)
    _write_toponyms(places, writing)
    fill_event = partial(_fill_event, stored=stored)
    _write_parts(_write("events", file.events, stored, writing, fill_event), stored, writing)
    for one in places:
        if one.before is not None and (one.differs("lat") or one.differs("radius")):
            reckon_seasons_at(one.row)
    fill_picture = partial(_fill_illustration, pictures=pictures)
    has_files = partial(_has_files, pictures=pictures)
    _write("illustrations", file.illustrations, stored, writing, fill_picture, has_files)
    return stored


@dataclass(frozen=True)
class Written:
    """A row that has been stored, what it is to say, and what it said before (None: it is new)."""

    row: Any
    entry: Any
    before: Any

    def differs(self, field_name: str) -> bool:
        return self.before is None or getattr(self.before, field_name) != getattr(self.entry, field_name)


Fill = Callable[[Any, Any], Sequence[Translated]]  # sets the fields of the row; returns the translated ones


def _write(
    kind: str,
    entries: Iterable[Any],
    stored: StoredRecord,
    writing: Writing,
    fill: Fill,
    is_complete: Callable[[Any], bool] = lambda row: True,
) -> list[Written]:
    """Store the rows that differ from their entries."""
    written, rows = [], []
    for entry in entries:
        row, before = stored.row(kind, entry.slug), stored.entry(kind, entry.slug)
        if row is not None and before == entry and is_complete(row):
            writing.unchanged += 1
            continue
        writing.count(created=row is None)
        row = row or MODELS[kind](slug=entry.slug)
        translated = fill(row, entry)
        if writing.check(row, f"{kind}/{entry.slug}", but=["place"]):  # whose key is of a row that is there
            written.append(Written(row, entry, before))
            rows.append((row, translated))
    store_rows(rows)
    for row, _texts in rows:
        stored.add(kind, row)
    return written


def _fill_person(row: Person, entry: PersonEntry) -> Sequence[Translated]:
    set_texts(row, name=entry.name)
    return [entry.name]


def _fill_source(row: Source, entry: SourceEntry) -> Sequence[Translated]:
    for name, value in asdict(entry).items():
        setattr(row, name, value)
    row.author = [{k: v for k, v in asdict(a).items() if v} for a in entry.author]
    return []


def _fill_place(row: Place, entry: PlaceEntry) -> Sequence[Translated]:
    row.latitude, row.longitude = entry.lat, entry.lng
    for name in ("kind", "country", "address", "precision", "radius", "coordinate_source", "time_zone"):
        setattr(row, name, getattr(entry, name))
    set_texts(row, name=entry.name)
    return [entry.name]


def reckon_seasons_at(place: Place) -> None:
    """Of a place that has moved: its seasons may be those of the other hemisphere now."""
    events = list(place.events.filter(date__regex=_SEASON))
    for event in events:
        event.place = place
        event.reckon_span()
    Event.objects.bulk_update(events, ["earliest", "latest"], batch_size=ROWS_AT_ONCE)


def _fill_event(row: Event, entry: EventEntry, *, stored: StoredRecord) -> Sequence[Translated]:
    row.date, row.time = entry.date, entry.time or ""
    row.status, row.sensitivity, row.later = entry.status, entry.sensitivity, entry.later
    row.place = stored.row("places", entry.place) if entry.place else None
    row.journey_mode, row.journey_date = (entry.journey.mode, entry.journey.date) if entry.journey else ("", "")
    translated = {name: getattr(entry, name) for name in EVENT_TEXTS}
    set_texts(row, **translated)
    return list(translated.values())


def _fill_illustration(
    row: Illustration, entry: IllustrationEntry, *, pictures: Mapping[str, Encoded]
) -> Sequence[Translated]:
    row.decorative, row.credit, row.licence = entry.decorative, entry.credit, entry.licence
    row.focus_x, row.focus_y = (entry.focus.x, entry.focus.y) if entry.focus else (None, None)
    set_texts(row, file=entry.file, alt=entry.alt, caption=entry.caption)
    for language, name in entry.file.items():
        row.set_current_language(language)
        row.files = pictures[name].columns()  # named by the entry: what is only known as stored may have another order
    return [entry.file, entry.alt, entry.caption]


def set_picture(row: Illustration, language: str, picture: Encoded) -> None:
    """The picture that readers of the language see: its name and all its files."""
    row.set_current_language(language)
    row.file, row.files = picture.name, picture.columns()


def _has_files(row: Illustration, *, pictures: Mapping[str, Encoded]) -> bool:
    """Whether the row knows all that is stored of its pictures: a photograph may have come before it had copies."""
    return all(t.files == pictures[t.file].columns() for t in row.translations.all() if t.file)


def _write_toponyms(written: Iterable[Written], writing: Writing) -> None:
    rows = []
    for one in written:
        if not one.differs("toponyms"):
            continue
        if one.before is not None:
            one.row.toponyms.all().delete()
        for n, t in enumerate(one.entry.toponyms):
            row = Toponym(place=one.row, position=n, name=t.name, language=t.language, period=t.period)
            if writing.check(row, f"places/{one.entry.slug}/toponyms/{n}", but=["place"]):
                rows.append(row)
    Toponym.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def _write_parts(written: Sequence[Written], stored: StoredRecord, writing: Writing) -> None:
    """What belongs to events: where it differs, all of an event goes and comes again. What names a part that could not
    be stored is passed over: that part's problem has been noted."""
    parts = (("also_there", "elsewhere"), ("journey", "stops"), ("people", "involvements"), ("citations", "citations"))
    for one in written:
        for name, related in parts:
            if one.before is not None and one.differs(name):
                getattr(one.row, related).all().delete()
    store_parts(
        also_there=[row for one in written if one.differs("also_there") for row in _also_there(one, stored)],
        stops=[row for one in written if one.differs("journey") for row in _stops(one, stored)],
        involvements=list(_naming_rows("people", written, stored, writing)),
        citations=list(_naming_rows("citations", written, stored, writing)),
    )


def store_parts(
    *,
    also_there: Sequence[AlsoThere] = (),
    stops: Sequence[JourneyStop] = (),
    involvements: Sequence[Involvement] = (),
    citations: Sequence[Citation] = (),
) -> None:
    """New, checked parts of stored events, however many in one statement for each kind."""
    AlsoThere.objects.bulk_create(also_there, batch_size=ROWS_AT_ONCE)
    JourneyStop.objects.bulk_create(stops, batch_size=ROWS_AT_ONCE)
    store_new(involvements)
    store_new(citations)


def _also_there(event: Written, stored: StoredRecord) -> Iterator[AlsoThere]:
    for slug in event.entry.also_there:
        if key := stored.key("places", slug):
            yield AlsoThere(event=event.row, place_id=key)


def _stops(event: Written, stored: StoredRecord) -> Iterator[JourneyStop]:
    stops = event.entry.journey.stops if event.entry.journey else ()
    keys = [key for slug in stops if (key := stored.key("places", slug))]
    yield from (JourneyStop(event=event.row, place_id=key, position=n) for n, key in enumerate(keys))


_NAMING: dict[str, tuple[type[Involvement | Citation], str, str]] = {  # model, kind of what it names, and its field
    "people": (Involvement, "people", "person"),
    "citations": (Citation, "sources", "source"),
}


def _naming_rows(part: str, events: Iterable[Written], stored: StoredRecord, writing: Writing) -> Iterator[Any]:
    """The rows by which the events name people or sources, with what each says of them."""
    model, kind, name = _NAMING[part]
    for event in events:
        entries = getattr(event.entry, part) if event.differs(part) else ()
        known = [(entry, key) for entry in entries if (key := stored.key(kind, getattr(entry, name)))]
        for n, (entry, key) in enumerate(known):
            texts = {text: getattr(entry, text) for text in texts_of(type(entry))}
            plain = {f.name: getattr(entry, f.name) for f in fields(entry) if f.name not in (name, *texts)}
            row = model(event=event.row, position=n, **{f"{name}_id": key}, **plain)
            set_texts(row, **texts)
            if writing.check(row, f"events/{event.entry.slug}/{part}/{getattr(entry, name)}", but=["event", name]):
                yield row
