"""The editors' models of a story as one StoryFile: what a publication freezes and an export writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.db.models import Prefetch
from msgspec import UNSET

from places.geo import Camera
from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Person, Place, Source
from storymap.models import BasemapExtract, Chapter, Illustration, Moment, StagePicture, Story
from storymap.stage import Frame, Spot
from storymap.story.document import PictureFile
from storymap.story.extract_head import head_in
from storymap.story.storyfile import (
    CHAPTER_TEXTS,
    EVENT_TEXTS,
    STORY_TEXTS,
    AudioEntry,
    Author,
    ChapterEntry,
    CitationEntry,
    EventEntry,
    ExtractEntry,
    Focus,
    IllustrationEntry,
    Involvement as InvolvementEntry,
    Journey,
    MomentEntry,
    PersonEntry,
    PlaceEntry,
    SourceEntry,
    StageEntry,
    StoryFile,
    Toponym,
    Translated,
)

MODELS: dict[str, Any] = {  # the models behind each list of a story file
    "chapters": Chapter,
    "events": Event,
    "places": Place,
    "people": Person,
    "sources": Source,
    "illustrations": Illustration,
}


def story_file_of(story: Story) -> StoryFile:
    """Everything the story narrates, and the events that its editors have listed beside; in all languages, in a fixed
    number of queries whatever its length."""
    return read_story(story).file


@dataclass(frozen=True)
class ReadStory:
    """A story file, and the rows of the record that it was made of."""

    file: StoryFile
    rows: dict[str, list[Any]]  # by kind, each with what its entry needs

    @property
    def pictures(self) -> dict[str, tuple[PictureFile, ...]]:
        """The stored files of its pictures: stored name of the largest -> all widths."""
        translations = (t for picture in self.rows["illustrations"] for t in picture.translations.all() if t.file)
        return {t.file: tuple(PictureFile(**stored) for stored in t.files) for t in translations}


def read_story(story: Story) -> ReadStory:
    translations = list(story.translations.all())
    chapters = list(_chapters(story))
    listed = set(story.also_recorded.order_by().values_list("pk", flat=True)) if story.pk else set()
    events = list(_by_slug("events", listed | {m.event_id for c in chapters for m in c.moments.all()}))
    places = {e.place_id for e in events if e.place_id} | {s.place_id for e in events for s in e.stops.all()}
    places |= {other.place_id for e in events for other in e.elsewhere.all()}
    keys: dict[str, set[int]] = {
        "places": places,
        "people": {i.person_id for e in events for i in e.involvements.all()},
        "sources": {c.source_id for e in events for c in e.citations.all()},
        "illustrations": {c.illustration_id for c in chapters if c.illustration_id},
    }
    rows: dict[str, list[Any]] = {"events": events} | {kind: list(_by_slug(kind, keys[kind])) for kind in keys}
    entries: dict[str, Any] = {kind: tuple(ENTRY_OF[kind](row) for row in rows[kind]) for kind in rows}
    file = StoryFile(
        slug=story.slug,
        default_language=story.default_language,
        languages=story.languages_in(translations),
        **_texts_by_name(translations, STORY_TEXTS),
        licence=story.licence,
        corrections=story.corrections or UNSET,
        day_zero=story.day_zero.isoformat() if story.day_zero else "",
        day_last=story.day_last.isoformat() if story.day_last else "",
        chapters=tuple(chapter_entry(c) for c in chapters),
        stages=tuple(stage_entry(s) for s in _stages(story)),
        extracts=tuple(extract_entry(row) for row in story.extracts.order_by("slug")) if story.pk else (),
        **entries,
    )
    return ReadStory(file, rows)


def texts(row: Any, name: str) -> Translated:
    """A translated field as language → text, without empty ones, in the order of the language codes."""
    return _texts_in(row.translations.all(), name)


def _texts_in(translations: Iterable[Any], name: str) -> Translated:
    written = sorted(translations, key=lambda t: t.language_code)
    return {t.language_code: getattr(t, name) for t in written if getattr(t, name)}


def _texts_by_name(translations: Iterable[Any], names: Iterable[str]) -> dict[str, Any]:
    """The translated fields by their names."""
    return {name: _texts_in(translations, name) for name in names}


def _stages(story: Story) -> Iterable[StagePicture]:
    return story.stages.prefetch_related("translations").order_by("slug") if story.pk else ()


def _chapters(story: Story) -> Iterable[Chapter]:
    moments = Prefetch("moments", Moment.objects.select_related("event").order_by("position", "pk"))
    return (
        story.chapters.select_related("illustration", "stage")
        .prefetch_related("translations", "old_slugs", moments)
        .order_by("position", "pk")
    )


def _by_slug(kind: str, keys: set[int]) -> Iterable[Any]:
    return all_of(kind).filter(pk__in=keys).order_by("slug")


def all_of(kind: str) -> Any:
    """All rows of a part of the record, each with what its entry needs, in a fixed number of queries."""
    match kind:
        case "events":
            return with_parts(Event.objects.all())
        case "places":
            return Place.objects.prefetch_related("translations", "toponyms")
        case "sources":
            return Source.objects.all()
    return MODELS[kind].objects.prefetch_related("translations")


def with_parts(events: Any) -> Any:
    """Events with all that an entry needs, in a fixed number of queries."""
    people = Involvement.objects.select_related("person").prefetch_related("translations")
    involvements = Prefetch("involvements", people)
    citations = Prefetch("citations", Citation.objects.select_related("source").prefetch_related("translations"))
    stops = Prefetch("stops", JourneyStop.objects.select_related("place"))
    elsewhere = Prefetch("elsewhere", AlsoThere.objects.select_related("place"))
    parts = ("translations", stops, elsewhere, involvements, citations)
    return events.select_related("place").prefetch_related(*parts)


def chapter_entry(row: Chapter) -> ChapterEntry:
    audio = AudioEntry(file=texts(row, "audio"), captions=texts(row, "captions"), transcript=texts(row, "transcript"))
    return ChapterEntry(
        slug=row.slug,
        old_slugs=tuple(sorted(old.slug for old in row.old_slugs.all())),
        **_texts_by_name(row.translations.all(), CHAPTER_TEXTS),
        camera=_camera(row.camera),
        overlay=row.overlay,
        illustration=row.illustration.slug if row.illustration else None,
        audio=audio if audio.file else None,
        moments=tuple(_moment_entry(m, on_picture=bool(row.stage)) for m in row.moments.all()),
        stage=row.stage.slug if row.stage else UNSET,
        frame=_read(row.frame, Frame) if row.stage else UNSET,
    )


def _moment_entry(row: Moment, *, on_picture: bool) -> MomentEntry:
    """Spots of a chapter that has gone back to the earth stay in its rows alone."""
    entry = MomentEntry(event=row.event.slug, camera=_camera(row.camera), is_key=row.is_key)
    return replace(entry, spot=_read(row.spot, Spot), frame=_read(row.frame, Frame)) if on_picture else entry


def _read(value: Any, kind: type) -> Any:
    return msgspec.convert(value, kind) if value else UNSET


def extract_entry(row: BasemapExtract) -> ExtractEntry:
    return ExtractEntry(slug=row.slug, file=row.file, head=head_in(row.head))


def _camera(value: Any) -> Camera | None:
    return msgspec.convert(value, Camera) if value else None


def event_entry(row: Event) -> EventEntry:
    return EventEntry(
        slug=row.slug,
        **_texts_by_name(row.translations.all(), EVENT_TEXTS),
        date=row.date,
        time=row.time or None,
        place=row.place.slug if row.place else None,
        also_there=tuple(other.place.slug for other in row.elsewhere.all()),
        journey=_journey(row),
        people=tuple(InvolvementEntry(person=i.person.slug, role=texts(i, "role")) for i in row.involvements.all()),
        status=row.status,
        sensitivity=row.sensitivity,
        later=row.later,
        citations=tuple(
            CitationEntry(source=c.source.slug, locator=c.locator, note=texts(c, "note")) for c in row.citations.all()
        ),
    )


def _journey(row: Event) -> Journey | None:
    stops = tuple(stop.place.slug for stop in row.stops.all())
    return Journey(stops=stops, mode=row.journey_mode, date=row.journey_date) if stops else None


def place_entry(row: Place) -> PlaceEntry:
    return PlaceEntry(
        slug=row.slug,
        name=texts(row, "name"),
        toponyms=tuple(Toponym(name=t.name, language=t.language, period=t.period) for t in row.toponyms.all()),
        kind=row.kind,
        country=row.country,
        address=row.address,
        lat=row.latitude,
        lng=row.longitude,
        precision=row.precision,
        radius=row.radius,
        coordinate_source=row.coordinate_source,
        time_zone=row.time_zone,
    )


def person_entry(row: Person) -> PersonEntry:
    return PersonEntry(slug=row.slug, name=texts(row, "name"))


def source_entry(row: Source) -> SourceEntry:
    return SourceEntry(
        slug=row.slug,
        type=row.type,
        author=msgspec.convert(tuple(row.author), tuple[Author, ...]),
        title=row.title,
        container=row.container,
        issued=row.issued,
        url=row.url,
        accessed=row.accessed,
        archived_url=row.archived_url,
        language=row.language,
    )


def illustration_entry(row: Illustration) -> IllustrationEntry:
    return IllustrationEntry(
        slug=row.slug,
        file=texts(row, "file"),
        alt=texts(row, "alt"),
        decorative=row.decorative,
        caption=texts(row, "caption"),
        credit=row.credit,
        licence=row.licence,
        focus=UNSET if row.focus_x is None or row.focus_y is None else Focus(x=row.focus_x, y=row.focus_y),
    )


def stage_entry(row: StagePicture) -> StageEntry:
    return StageEntry(
        slug=row.slug,
        file=texts(row, "file"),
        alt=texts(row, "alt"),
        caption=texts(row, "caption"),
        credit=row.credit,
        licence=row.licence,
    )


ENTRY_OF: dict[str, Any] = {  # how a row of each part of the record becomes its entry
    "events": event_entry,
    "places": place_entry,
    "people": person_entry,
    "sources": source_entry,
    "illustrations": illustration_entry,
}
