"""The editors' rows of a story as one StoryFile: what a publication freezes and an export writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.db.models import Prefetch
from msgspec import UNSET

from places.geo import Camera
from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Person, Place, Source
from storymap.models import Chapter, Illustration, Moment, Story
from storymap.story.document import PictureFile
from storymap.story.storyfile import (
    AudioEntry,
    Author,
    ChapterEntry,
    CitationEntry,
    EventEntry,
    Focus,
    IllustrationEntry,
    Involvement as InvolvementEntry,
    Journey,
    MomentEntry,
    PersonEntry,
    PlaceEntry,
    SourceEntry,
    StoryFile,
    Toponym,
    Translated,
)

MODELS: dict[str, Any] = {  # the rows behind each list of a story file
    "chapters": Chapter,
    "events": Event,
    "places": Place,
    "people": Person,
    "sources": Source,
    "illustrations": Illustration,
}


def story_file_of(story: Story) -> StoryFile:
    """Everything the story tells, and the events that its editors have listed beside; in all languages, in a fixed
    number of queries whatever its length."""
    chapters = list(_chapters(story))
    listed = set(story.also_recorded.order_by().values_list("pk", flat=True)) if story.pk else set()
    events = list(_events(listed | {m.event_id for c in chapters for m in c.moments.all()}))
    places = {e.place_id for e in events if e.place_id} | {s.place_id for e in events for s in e.stops.all()}
    places |= {other.place_id for e in events for other in e.elsewhere.all()}
    people = {i.person_id for e in events for i in e.involvements.all()}
    sources = {c.source_id for e in events for c in e.citations.all()}
    illustrations = {c.illustration_id for c in chapters if c.illustration_id}
    return StoryFile(
        slug=story.slug,
        default_language=story.default_language,
        languages=story.languages,
        title=texts(story, "title"),
        standfirst=texts(story, "standfirst"),
        byline=texts(story, "byline"),
        credits=texts(story, "credits"),
        licence=story.licence,
        day_zero=story.day_zero.isoformat() if story.day_zero else "",
        day_last=story.day_last.isoformat() if story.day_last else "",
        counting_note=texts(story, "counting_note"),
        chapters=tuple(chapter_entry(c) for c in chapters),
        events=tuple(event_entry(e) for e in events),
        places=tuple(place_entry(p) for p in _by_slug(Place, places, "translations", "toponyms")),
        people=tuple(person_entry(p) for p in _by_slug(Person, people, "translations")),
        sources=tuple(source_entry(s) for s in _by_slug(Source, sources)),
        illustrations=tuple(illustration_entry(i) for i in _by_slug(Illustration, illustrations, "translations")),
    )


def pictures_of(file: StoryFile) -> dict[str, tuple[PictureFile, ...]]:
    """The stored files of the pictures that the story shows: stored name of the largest -> all widths."""
    slugs = [entry.slug for entry in file.illustrations]
    rows = Illustration.objects.filter(slug__in=slugs).prefetch_related("translations")
    return {t.file: tuple(PictureFile(**f) for f in t.files) for row in rows for t in row.translations.all() if t.file}


def texts(row: Any, name: str) -> Translated:
    """A translated field as language → text, without empty ones, in the order of the language codes."""
    rows = sorted(row.translations.all(), key=lambda t: t.language_code)
    return {t.language_code: getattr(t, name) for t in rows if getattr(t, name)}


def _chapters(story: Story) -> Iterable[Chapter]:
    moments = Prefetch("moments", Moment.objects.select_related("event").order_by("position", "pk"))
    return (
        story.chapters.select_related("illustration")
        .prefetch_related("translations", "old_slugs", moments)
        .order_by("position", "pk")
    )


def _by_slug(model: Any, keys: set[int], *related: str) -> Iterable[Any]:
    return model.objects.filter(pk__in=keys).prefetch_related(*related).order_by("slug")


def _events(keys: set[int]) -> Iterable[Event]:
    return with_parts(Event.objects.filter(pk__in=keys)).order_by("slug")


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
        title=texts(row, "title"),
        narration=texts(row, "narration"),
        camera=_camera(row.camera),
        overlay=row.overlay,
        illustration=row.illustration.slug if row.illustration else None,
        audio=audio if audio.file else None,
        moments=tuple(MomentEntry(event=m.event.slug, camera=_camera(m.camera)) for m in row.moments.all()),
    )


def _camera(value: Any) -> Camera | None:
    return msgspec.convert(value, Camera) if value else None


def event_entry(row: Event) -> EventEntry:
    return EventEntry(
        slug=row.slug,
        title=texts(row, "title"),
        summary=texts(row, "summary"),
        date=row.date,
        time=row.time or None,
        place=row.place.slug if row.place else None,
        also_there=tuple(other.place.slug for other in row.elsewhere.all()),
        journey=_journey(row),
        people=tuple(InvolvementEntry(person=i.person.slug, role=texts(i, "role")) for i in row.involvements.all()),
        status=row.status,
        attributed_to=texts(row, "attributed_to"),
        note=texts(row, "note"),
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
