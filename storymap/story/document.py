"""What a reader is given: one story, one language, complete. Frozen, free of the database, stored in an Edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

import msgspec
from msgspec import UNSET, UnsetType

from places.geo import Bounds, Camera, LatLng
from storymap.stage import Frame, Spot
from storymap.story.extract_head import Credit
from storymap.story.storyfile import Focus, Journey, Located

FORMAT = 1
PEOPLE = "people"  # the page of who is who; no chapter may have that slug now


@dataclass(frozen=True, kw_only=True)
class SourceDocument:
    slug: str
    type: str  # CSL 1.0.2
    author: str  # names joined for display
    title: str
    container: str
    issued: str  # EDTF
    url: str
    accessed: str
    archived_url: str
    language: str


@dataclass(frozen=True, kw_only=True)
class CitationDocument:
    source: str
    locator: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PersonDocument:
    slug: str
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class ToponymDocument:
    name: str
    language: str
    period: str


@dataclass(frozen=True, kw_only=True)
class PlaceDocument:
    slug: str
    name: str
    toponyms: tuple[ToponymDocument, ...]
    kind: str
    country: str
    address: str
    lat: float
    lng: float
    precision: str
    radius: float  # metres
    coordinate_source: str
    time_zone: str

    @property
    def at(self) -> LatLng:
        return LatLng(self.lat, self.lng)


@dataclass(frozen=True, kw_only=True)
class EventDocument(Located):
    slug: str
    title: str
    summary: str
    date: str  # EDTF, empty when undated
    earliest: str  # ISO date or empty
    latest: str
    time: str  # local HH:MM or empty
    place: str  # slug or empty
    also_there: tuple[str, ...] = ()  # slugs of places it also concerns, in no order
    journey: Journey | None = None
    people: tuple[PersonDocument, ...]
    status: str
    attributed_to: str
    note: str
    sensitivity: str
    later: bool
    citations: tuple[CitationDocument, ...]
    # In documents from before journeys were told apart: places in an order that need not be one of travel. Read only.
    further_places: tuple[str, ...] | UnsetType = UNSET


@dataclass(frozen=True, kw_only=True)
class PictureFile:
    """One stored file: its public name under the media address, its size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class IllustrationDocument:
    slug: str
    files: tuple[PictureFile, ...]  # WebP in growing widths; the last is the largest
    alt: str  # empty when decorative
    caption: str
    credit: str
    licence: str
    # Left out where there are none, so that documents from before they were known stay what they are, to the byte.
    copies: tuple[PictureFile, ...] | UnsetType = UNSET  # of photographs: AVIF in growing widths, and one JPEG
    focus: Focus | UnsetType = UNSET

    @property
    def avif(self) -> tuple[PictureFile, ...]:
        return tuple(file for file in self.copies or () if file.name.endswith(".avif"))

    @property
    def jpeg(self) -> PictureFile | None:
        return next((file for file in self.copies or () if file.name.endswith(".jpg")), None)


@dataclass(frozen=True, kw_only=True)
class AudioDocument:
    file: str
    captions: str
    transcript: str


@dataclass(frozen=True, kw_only=True)
class MomentDocument:
    event: str
    camera: Camera | None
    spot: Spot | UnsetType = UNSET  # on the picture that is its chapter's stage
    frame: Frame | UnsetType = UNSET  # the part of it that is shown
    is_key: bool | UnsetType = UNSET  # whether it belongs to the story in short; left out where it does not


@dataclass(frozen=True, kw_only=True)
class StageDocument:
    """A picture that takes the place of the map. Its tiles are stored beside it, named as storymap/stage.py says."""

    slug: str
    file: PictureFile  # the original
    alt: str
    caption: str
    credit: str
    licence: str

    @property
    def size(self) -> tuple[int, int]:
        return self.file.width, self.file.height


@dataclass(frozen=True, kw_only=True)
class ChapterDocument:
    slug: str
    old_slugs: tuple[str, ...]
    title: str
    narration: str  # cleaned HTML
    camera: Camera | None
    overlay: dict[str, Any] | None  # GeoJSON FeatureCollection
    illustration: IllustrationDocument | None
    audio: AudioDocument | None
    moments: tuple[MomentDocument, ...]
    stage: StageDocument | UnsetType = UNSET  # left out on the earth
    frame: Frame | UnsetType = UNSET  # the part of the picture that is shown


@dataclass(frozen=True, kw_only=True)
class ExtractDocument:
    """Streets under the story. What is said here is said by the file too."""

    slug: str
    file: str  # its public name under the media address; it begins with the digest of the content
    bounds: Bounds
    min_zoom: float  # from here on it is drawn
    credit: Credit


@dataclass(frozen=True, kw_only=True)
class AlsoRecorded:
    """What no chapter tells, in order of date; with the places and sources, by slug, that only these events name."""

    events: tuple[EventDocument, ...]
    places: dict[str, PlaceDocument]
    sources: dict[str, SourceDocument]


@dataclass(frozen=True, kw_only=True)
class StoryDocument:
    format: int = FORMAT
    slug: str
    language: str
    languages: tuple[str, ...]
    default_language: str
    title: str
    standfirst: str
    byline: str
    credits: str  # cleaned HTML
    licence: str
    day_zero: str  # ISO date or empty
    day_last: str
    counting_note: str
    chapters: tuple[ChapterDocument, ...]
    events: dict[str, EventDocument]  # by slug; only events told in a chapter
    places: dict[str, PlaceDocument]
    sources: dict[str, SourceDocument]
    fallbacks: tuple[str, ...] = ()  # paths of texts shown in the default language for want of a translation
    # Left out where there is none, as in documents from before it was known.
    corrections: str | UnsetType = UNSET  # where readers report an error; else where the site says
    also_recorded: AlsoRecorded | UnsetType = UNSET
    extracts: tuple[ExtractDocument, ...] | UnsetType = UNSET

    def chapter(self, slug: str) -> ChapterDocument | None:
        return next((c for c in self.chapters if c.slug == slug), None)

    @property
    def listed(self) -> tuple[EventDocument, ...]:
        """The events that no chapter tells."""
        return self.also_recorded.events if self.also_recorded else ()

    @property
    def people(self) -> tuple[str, ...]:
        """The slugs of those who take part in what is narrated, each once. None where an edition of before has a
        chapter at the address of their page."""
        if self.chapter(PEOPLE):
            return ()
        return tuple(dict.fromkeys(person.slug for event in self.events.values() for person in event.people))

    def with_record(self) -> StoryDocument:
        """The same story, with what no chapter tells among its events, places and sources."""
        also = self.also_recorded
        if not also:
            return self
        events = self.events | {event.slug: event for event in also.events}
        return replace(self, events=events, places=self.places | also.places, sources=self.sources | also.sources)


def from_json(data: bytes | str) -> StoryDocument:
    return msgspec.json.decode(data, type=StoryDocument)


PRIMARY_TYPES = frozenset(
    {
        *("bill", "hearing", "legal_case", "legislation", "regulation", "treaty", "patent", "standard"),
        *("report", "document", "collection", "manuscript", "dataset", "pamphlet"),
        *("interview", "personal_communication", "speech", "broadcast", "performance", "event"),
        *("figure", "graphic", "map", "motion_picture", "song", "musical_score", "software"),
    }
)
REFERENCE_TYPES = frozenset({"entry", "entry-dictionary", "entry-encyclopedia"})


class Support(StrEnum):
    PRIMARY = "primary"  # a primary document at least
    SEVERAL = "several"  # several sources, none of them primary
    ONE_SECONDARY = "one-secondary"  # all citations are of one source, which is not primary
    REFERENCE_WORKS = "reference-works"  # several sources, all of them reference works
    NONE = "none"  # nothing is cited


THIN = frozenset({Support.ONE_SECONDARY, Support.REFERENCE_WORKS, Support.NONE})


class Cites(Protocol):
    @property
    def source(self) -> str: ...  # slug


class Typed(Protocol):
    @property
    def type(self) -> str: ...  # CSL 1.0.2


def support_of(citations: Iterable[Cites], sources: Mapping[str, Typed]) -> Support:
    """`sources` by slug."""
    types = {citation.source: sources[citation.source].type for citation in citations}
    if not types:
        return Support.NONE
    if PRIMARY_TYPES & set(types.values()):
        return Support.PRIMARY
    if len(types) == 1:
        return Support.ONE_SECONDARY
    return Support.REFERENCE_WORKS if set(types.values()) <= REFERENCE_TYPES else Support.SEVERAL
