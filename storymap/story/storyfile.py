"""A whole story in all its languages as plain data: what our own file holds, what an Edition keeps as its source.

Every reference between its parts is a slug. Translated text is a mapping of language code to text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType

from places.dates.seasons import hemisphere_at
from places.geo import Camera
from places.when import When, parse
from storymap.stage import Frame, Spot
from storymap.story.extract_head import ExtractHead

FORMAT = "storymap/1"
Language = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=15)]  # BCP 47, short
Translated = dict[Language, str]


@dataclass(frozen=True, kw_only=True)
class Toponym:
    name: str
    language: str = ""
    period: str = ""  # EDTF


@dataclass(frozen=True, kw_only=True)
class PlaceEntry:
    slug: str
    name: Translated
    toponyms: tuple[Toponym, ...] = ()
    kind: str
    country: str  # ISO 3166-1 alpha-2
    address: str = ""
    lat: float  # degrees WGS84
    lng: float
    precision: str
    radius: float  # metres
    coordinate_source: str = ""
    time_zone: str = ""  # IANA


@dataclass(frozen=True, kw_only=True)
class PersonEntry:
    slug: str
    name: Translated


@dataclass(frozen=True, kw_only=True)
class Involvement:
    person: str
    role: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CitationEntry:
    source: str
    locator: str = ""
    note: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A way that was travelled: where it began, where it led in this order, where it ended. Also in documents."""

    stops: tuple[str, ...]  # places; the whole way, so nothing depends on the event's own place
    mode: str = ""  # air, sea, road, rail or foot; empty when not known
    date: str = ""  # EDTF; empty when it is the event's


class Located:
    """Where an event was, of a file as of a document; read also as it was written before journeys were told apart."""

    place: str | None
    also_there: tuple[str, ...]
    journey: Journey | None
    further_places: tuple[str, ...] | UnsetType

    def __post_init__(self) -> None:
        also = {*self.also_there, *(self.further_places or ())} - {self.place}
        object.__setattr__(self, "also_there", tuple(sorted(also)))
        object.__setattr__(self, "further_places", UNSET)

    @property
    def places(self) -> tuple[str, ...]:
        """Every place of the event once: its own, the stops of its journey in order, and those it also concerns."""
        stops = self.journey.stops if self.journey else ()
        return tuple(dict.fromkeys(slug for slug in (self.place, *stops, *self.also_there) if slug))


@dataclass(frozen=True, kw_only=True)
class EventEntry(Located):
    slug: str
    title: Translated
    summary: Translated = field(default_factory=dict)
    date: str = ""  # EDTF
    time: str | None = None  # local HH:MM
    place: str | None = None
    also_there: tuple[str, ...] = ()  # places it also concerns, in no order; stored in that of their slugs
    journey: Journey | None = None
    people: tuple[Involvement, ...] = ()
    status: str
    attributed_to: Translated = field(default_factory=dict)
    note: Translated = field(default_factory=dict)
    sensitivity: str = "none"
    later: bool = False
    citations: tuple[CitationEntry, ...] = ()
    # In files from before journeys were told apart: places in an order that need not be one of travel. Read only.
    further_places: tuple[str, ...] | UnsetType = UNSET


@dataclass(frozen=True, kw_only=True)
class Author:
    """A CSL name: either literal, or family and given."""

    literal: str = ""
    family: str = ""
    given: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceEntry:
    slug: str
    type: str  # CSL 1.0.2
    author: tuple[Author, ...] = ()
    title: str
    container: str = ""
    issued: str = ""  # EDTF
    url: str = ""
    accessed: str = ""
    archived_url: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Focus:
    """The part of a picture that stays in sight where it is cropped, from the left and from the top: 0 to 1."""

    x: Annotated[float, msgspec.Meta(ge=0, le=1)]
    y: Annotated[float, msgspec.Meta(ge=0, le=1)]


@dataclass(frozen=True, kw_only=True)
class IllustrationEntry:
    slug: str
    file: Translated  # language -> file name inside media/
    alt: Translated = field(default_factory=dict)
    decorative: bool = False
    caption: Translated = field(default_factory=dict)
    credit: str = ""
    licence: str = ""
    focus: Focus | UnsetType = UNSET  # left out where nobody has set it, as in files from before it was known


@dataclass(frozen=True, kw_only=True)
class AudioEntry:
    file: Translated
    captions: Translated = field(default_factory=dict)  # WebVTT files
    transcript: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MomentEntry:
    event: str
    camera: Camera | None = None
    # Where it is on the picture that is its chapter's stage, and the part of it that is shown; left out where not said.
    spot: Spot | UnsetType = UNSET
    frame: Frame | UnsetType = UNSET
    is_key: bool | UnsetType = UNSET  # whether it belongs to the story in short; left out where it does not

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_key", self.is_key or UNSET)


@dataclass(frozen=True, kw_only=True)
class ChapterEntry:
    slug: str
    old_slugs: tuple[str, ...] = ()
    title: Translated
    narration: Translated = field(default_factory=dict)  # Markdown
    camera: Camera | None = None
    overlay: dict[str, Any] | None = None  # GeoJSON FeatureCollection
    illustration: str | None = None
    audio: AudioEntry | None = None
    moments: tuple[MomentEntry, ...] = ()
    # The picture that takes the place of the earth, and the part of it that is shown; left out on the earth.
    stage: str | UnsetType = UNSET
    frame: Frame | UnsetType = UNSET


@dataclass(frozen=True, kw_only=True)
class StageEntry:
    """A picture as the stage of chapters. It belongs to the story."""

    slug: str
    file: Translated  # language -> file name inside media/
    alt: Translated = field(default_factory=dict)
    caption: Translated = field(default_factory=dict)
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtractEntry:
    """A basemap extract: streets of one neighbourhood."""

    slug: str
    file: str  # name inside media/
    head: ExtractHead | None = None  # repeats what the file says of itself; what stands here is not read


@dataclass(frozen=True, kw_only=True)
class StoryFile:
    format: str = FORMAT
    slug: str
    default_language: str
    languages: tuple[str, ...]
    title: Translated
    standfirst: Translated = field(default_factory=dict)
    byline: Translated = field(default_factory=dict)
    credits: Translated = field(default_factory=dict)  # Markdown
    licence: str = ""  # SPDX identifier
    # Where readers report an error; left out where that is the site's affair, as in files from before it was known.
    corrections: str | UnsetType = UNSET
    day_zero: str = ""  # ISO date: the day the counter calls 0
    day_last: str = ""
    counting_note: Translated = field(default_factory=dict)
    chapters: tuple[ChapterEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()  # those that no chapter tells are also in the record
    places: tuple[PlaceEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    illustrations: tuple[IllustrationEntry, ...] = ()
    # Left out where there are none, so that files from before they were known stay what they are, to the byte.
    stages: tuple[StageEntry, ...] | UnsetType = UNSET
    extracts: tuple[ExtractEntry, ...] | UnsetType = UNSET

    def __post_init__(self) -> None:
        for name in ("corrections", "stages", "extracts"):
            object.__setattr__(self, name, getattr(self, name) or UNSET)


def texts_of(kind: type) -> tuple[str, ...]:
    """The names of its translated fields."""
    return tuple(one.name for one in fields(kind) if one.type == "Translated")


# the translated texts of each: model, story file and document call each of them by the same name
CHAPTER_TEXTS, EVENT_TEXTS, STORY_TEXTS = texts_of(ChapterEntry), texts_of(EventEntry), texts_of(StoryFile)


def span_of(event: EventEntry, story: StoryFile) -> When | None:
    """The days of the event's date at its place; None where it has no date. Raises DateProblem."""
    if not event.date:
        return None
    span = parse(event.date)
    place = next((p for p in story.places if p.slug == event.place), None) if span.depends_on_hemisphere else None
    return parse(event.date, hemisphere_at(place.lat, place.radius)) if place else span


def narrated_in(story: StoryFile) -> set[str]:
    """The slugs of the events that its chapters tell."""
    return {moment.event for chapter in story.chapters for moment in chapter.moments}


def listed_in(story: StoryFile) -> set[str]:
    """The slugs of those that no chapter tells: they are also in the record."""
    return {event.slug for event in story.events} - narrated_in(story)


PARTS: dict[str, type] = {  # what a story file keeps in lists
    "chapters": ChapterEntry,
    "events": EventEntry,
    "places": PlaceEntry,
    "people": PersonEntry,
    "sources": SourceEntry,
    "illustrations": IllustrationEntry,
    "stages": StageEntry,
    "extracts": ExtractEntry,
}


def entries_in(story: StoryFile, kind: str) -> tuple[Any, ...]:
    """The parts of one of the PARTS."""
    return getattr(story, kind) or ()


def to_json(value: object) -> bytes:
    """One text for one value: keys in a fixed order, so that equal stories have equal digests."""
    return msgspec.json.encode(value, order="deterministic")


def from_json(data: bytes | str) -> StoryFile:
    """Raises msgspec.ValidationError, naming the path of the field, or msgspec.DecodeError."""
    return msgspec.json.decode(data, type=StoryFile)
