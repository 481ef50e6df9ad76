"""What the data say of a story and of its record, as types: each class is a schema of the description.

`about` says what a member means. Nothing is ever checked against these types while an answer is written: mypy holds
the code to them, and the tests hold the answers to the schemas that are made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypedDict

from msgspec import Meta

from places.models import JourneyMode, Precision, Sensitivity
from places.statuses import ClaimStatus
from storymap.story.document import Support

Slug = Annotated[str, Meta(pattern="^[-a-zA-Z0-9_]+$")]
Url = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Instant = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Day = Annotated[str, Meta(pattern="^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}$")]
CountedDay = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Position = Annotated[Sequence[float], Meta(min_length=2, max_length=2)]
Extent = Annotated[Sequence[float], Meta(min_length=4, max_length=4)]
Fraction = Annotated[float, Meta(ge=0, le=1)]
Fractions = Annotated[Sequence[Fraction], Meta(min_length=2, max_length=2)]
Zoom = Annotated[float, Meta(ge=0, le=22)]
Mode = Annotated[str, Meta(extra_json_schema={"enum": JourneyMode.values})]
_STATUSES = " or ".join(", ".join(ClaimStatus.values).rsplit(", ", 1))


def about(description: str, *, one_of: Sequence[str] = (), deprecated: bool = False, **limits: Any) -> Meta:
    """The description of a member; `one_of` are the values it may have, beside null where it may be null."""
    more: dict[str, Any] = {"enum": [*one_of]} if one_of else {}
    return Meta(
        description=description, extra_json_schema=more | ({"deprecated": True} if deprecated else {}), **limits
    )


class Event(TypedDict):
    """A statement about what happened, who says so and where that can be checked."""

    slug: Annotated[Slug, about("The name of the event in addresses.")]
    url: Annotated[Url, about("Where readers find it: the first chapter that tells it, opened at the event.")]
    title: Annotated[str, about("In the language of the answer.")]
    summary: Annotated[str | None, about("A few sentences.")]
    date: Annotated[
        str | None,
        about(
            "When it happened, in EDTF (ISO 8601-2:2019): 1996-12-17, 1996-12, 1996~ (about), 1997-10/.. (open end)."
        ),
    ]
    earliest: Annotated[
        Day | None, about("First day that the date allows; the year 0 is 1 BC. Null when open or undated.")
    ]
    latest: Annotated[Day | None, about("Last day that the date allows. Null when open or undated.")]
    date_text: Annotated[str | None, about("The date in words.")]
    time: Annotated[str | None, about("Local time of the place, HH:MM.")]
    status: Annotated[
        str,
        about(f"How well it is established: {_STATUSES}. Never quote a claim without it.", one_of=ClaimStatus.values),
    ]
    support: Annotated[
        str,
        about(
            "On what it rests, told from the types of the sources that it cites: a primary document at least (a "
            "judgment, a law, an official report, an interview, a picture), several sources that retell, one that "
            "does, only reference works, or none. Never quote a statement without it when it rests on one "
            "secondary source.",
            one_of=[*Support],
        ),
    ]
    attributed_to: Annotated[str | None, about("Who says so.")]
    note: Annotated[str | None, about("What a reader should know about the claim.")]
    sensitivity: Annotated[str, about("high: deaths, accusations, private persons.", one_of=Sensitivity.values)]
    later: Annotated[bool, about("Happened after the story's own time: a judgment, a memorial.")]
    chapters: Annotated[Sequence[Slug], about("The chapters that tell it. Empty for an event under also_recorded.")]
    place: Annotated[Place | None, about("Where it happened, or where it began.")]
    also_there: Annotated[
        Sequence[Place],
        about("Places that it also concerns, in no order. Nobody is said to have travelled between them."),
    ]
    journey: Annotated[Journey | None, about("The way that was travelled, if the event is one.")]
    further_places: Annotated[
        Sequence[Place],
        about(
            "The stops of the journey after the first, in order of travel. Use journey, which has all of them.",
            deprecated=True,
        ),
    ]
    people: Annotated[Sequence[Person], about("Who took part, and as what.")]
    citations: Annotated[Sequence[Citation], about("Who can be asked: the sources of the statement.")]


class Journey(TypedDict):
    """A way that was travelled. Its stops are known, the way between them is not: a line that joins them is no more
    than that."""

    stops: Annotated[
        Sequence[Place], about("The whole way in order of travel, from where it began to where it ended.", min_length=2)
    ]
    mode: Annotated[Mode | None, about("By what. Null where that is not known.")]
    date: Annotated[str | None, about("When, in EDTF (ISO 8601-2:2019).")]
    date_text: Annotated[str | None, about("The date in words.")]
    straight_line_km: Annotated[
        float | None,
        about("From stop to stop in straight lines. Null where the stops are not known well enough to tell."),
    ]


class Place(TypedDict):
    """Where something happened, and how exactly that is known."""

    slug: Annotated[
        Slug, about("The name of the place in addresses; stays the same when the place is named differently.")
    ]
    name: Annotated[str, about("Its name in the language of the answer.")]
    toponyms: Annotated[Sequence[Toponym], about("Other names, and names of other times.")]
    kind: Annotated[
        str, about("What it is: a city, a building, a river. Chosen by the editors from a list that may grow.")
    ]
    country: Annotated[str | None, about("ISO 3166-1 alpha-2; XZ at sea.")]
    address: Annotated[str | None, about("As people write it.")]
    longitude: Annotated[float, about("Degrees WGS84.", ge=-180, le=180)]
    latitude: Annotated[float, about("Degrees WGS84.", ge=-90, le=90)]
    precision: Annotated[
        str,
        about(
            "How exactly the position is known; a point is coordinates only, as far off as its radius says.",
            one_of=Precision.values,
        ),
    ]
    radius: Annotated[
        float,
        about(
            "Metres around the position within which the place lies. Draw this circle rather than a sharp pin.", ge=0
        ),
    ]
    coordinate_source: Annotated[str | None, about("Where the position comes from, in the editors' words.")]
    time_zone: Annotated[str | None, about("IANA name. Times of events are local to it.")]


class Source(TypedDict):
    """A document, article, book or recording. Types are those of CSL 1.0.2."""

    slug: Annotated[Slug, about("Its name.")]
    type: Annotated[str, about("article-newspaper, book, legal_case, webpage and so on.")]
    author: Annotated[str | None, about("Names, joined by semicolons.")]
    title: Annotated[str | None, about("The title.")]
    container: Annotated[str | None, about("Newspaper, journal or site.")]
    issued: Annotated[str | None, about("EDTF.")]
    url: Annotated[str | None, about("Where it is.")]
    accessed: Annotated[str | None, about("When an editor last looked, EDTF.")]
    archived_url: Annotated[str | None, about("Where a copy is stored.")]
    language: Annotated[str | None, about("BCP 47.")]


class Citation(TypedDict):
    """A passage of a source."""

    source: Annotated[Source, about("The source, complete.")]
    locator: Annotated[str | None, about("Page, paragraph, minute.")]
    note: Annotated[str | None, about("What the source says, or what to keep in mind.")]


class Person(TypedDict):
    """Who took part."""

    slug: Annotated[Slug, about("The same person has the same slug in every event.")]
    name: Annotated[str, about("The name.")]
    role: Annotated[str | None, about("As what.")]


class Toponym(TypedDict):
    """A name."""

    name: Annotated[str, about("As it is written.")]
    language: Annotated[str | None, about("BCP 47.")]
    period: Annotated[str | None, about("When it was used, EDTF.")]


class Story(TypedDict):
    """What identifies a story, and what to credit."""

    slug: Annotated[Slug, about("The name of the story in addresses. After a renaming the old one is redirected.")]
    url: Annotated[Url, about("The page for readers, in the language of the answer. Link here.")]
    language: Annotated[str, about("BCP 47. The language of all texts in the answer.")]
    languages: Annotated[Sequence[str], about("Languages the story is published in.", min_length=1)]
    default_language: Annotated[str, about("What is answered when no language is asked for.")]
    title: Annotated[str, about("The title.")]
    standfirst: Annotated[str | None, about("What the story is about.")]
    byline: Annotated[str | None, about("Who wrote it.")]
    credits: Annotated[Prose | None, about("Whom to credit, and under which terms.")]
    licence: Annotated[
        str | None,
        about(
            "The licence of the texts and data, as an SPDX identifier where there is one. Sources and pictures "
            "have their own."
        ),
    ]
    corrections: Annotated[
        str | None, about("Where to report an error: an e-mail address, or the https address of a form.")
    ]
    day_zero: Annotated[CountedDay | None, about("The day that counts as day 0.")]
    day_last: Annotated[CountedDay | None, about("The last counted day.")]
    counting_note: Annotated[str | None, about("How days are counted.")]
    fallbacks: Annotated[
        Sequence[str], about("Texts that are not translated and stand in the default language: events/SLUG/title.")
    ]


class Edition(TypedDict):
    """An edition never changes: a correction is a new one."""

    number: Annotated[int, about("Counted from 1.", ge=1)]
    digest: Annotated[Digest, about("SHA-256 of the text in this language. The same digest is the same text.")]
    published: Annotated[Instant, about("Since when it can be read.")]


class Prose(TypedDict):
    """A text of several paragraphs, twice."""

    html: Annotated[
        str,
        about(
            "Cleaned: paragraphs, emphasis, lists, quotations and links; no scripts, no styles, no pictures. A "
            "link that begins with # leads to an event of the same story."
        ),
    ]
    text: Annotated[str, about("Without markup, with a blank line between paragraphs.")]


class Chapter(TypedDict):
    """A chapter."""

    number: Annotated[int, about("Counted from 1.", ge=1)]
    slug: Annotated[Slug, about("Its name in addresses.")]
    url: Annotated[Url, about("Where readers find it.")]
    title: Annotated[str, about("The title.")]
    narration: Annotated[Prose | None, about("The text.")]
    camera: Annotated[Camera | None, about("What the map shows; on the earth.")]
    illustration: Annotated[Illustration | None, about("The picture.")]
    audio: Annotated[Audio | None, about("The recording, in the language of the answer.")]
    moments: Annotated[Sequence[Moment], about("The events that it tells, in order.")]
    stage: Annotated[Stage | None, about("The picture that takes the place of the map; null where that is the earth.")]
    frame: Annotated[Frame | None, about("The part of the picture that is shown; null for the whole of it.")]


class Moment(TypedDict):
    """An event told in a chapter."""

    event: Annotated[Slug, about("The slug of the event.")]
    camera: Annotated[Camera | None, about("What the map shows meanwhile; null for the chapter's own.")]
    spot: Annotated[Spot | None, about("Where on the chapter's picture it happened. It says nothing of the earth.")]
    frame: Annotated[Frame | None, about("The part of the picture that is shown; null for the chapter's own.")]
    is_key: Annotated[bool, about("Whether it belongs to the story in short.")]


class Stage(TypedDict):
    """A picture that takes the place of the map: a plan, a painting, a newspaper page."""

    slug: Annotated[Slug, about("Its name.")]
    alt: Annotated[str | None, about("What can be seen.")]
    caption: Annotated[str | None, about("The caption.")]
    credit: Annotated[str | None, about("Whom to credit.")]
    licence: Annotated[str | None, about("Under which terms it may be used.")]
    file: Annotated[PictureFile, about("The whole picture.")]


class Spot(TypedDict):
    """A point, a line or an area of a picture."""

    kind: Annotated[str, about("Which of the three it is.", one_of=["point", "line", "area"])]
    points: Annotated[
        Sequence[Fractions],
        about("Fractions of width and height, from the left and from the top. An area is not closed.", min_length=1),
    ]


class Frame(TypedDict):
    """A part of a picture, in fractions of its width and height."""

    left: Annotated[Fraction, about("From the left.")]
    top: Annotated[Fraction, about("From the top.")]
    right: Annotated[Fraction, about("From the left.")]
    bottom: Annotated[Fraction, about("From the top.")]


class Camera(TypedDict):
    """What a map shows: a centre with a zoom, or an extent that must fit."""

    center: Annotated[Position | None, about("Longitude, latitude.")]
    zoom: Annotated[Zoom | None, about("As Web Mercator maps count, with tiles of 256 pixels.")]
    bbox: Annotated[
        Extent | None,
        about("West, south, east, north. West below -180 or east above 180 crosses the antimeridian."),
    ]


class Illustration(TypedDict):
    """A picture with its own credit and licence."""

    slug: Annotated[Slug, about("Its name.")]
    alt: Annotated[str, about("What can be seen. Empty for decoration.")]
    caption: Annotated[str | None, about("The caption.")]
    credit: Annotated[str | None, about("Whom to credit.")]
    licence: Annotated[str | None, about("Under which terms it may be used.")]
    files: Annotated[Sequence[PictureFile], about("The same picture in several widths and formats.", min_length=1)]


class BasemapExtract(TypedDict):
    """The streets of one neighbourhood, which are drawn under the map. They are data of others, with their own credit
    and licence."""

    slug: Annotated[Slug, about("Its name.")]
    url: Annotated[Url, about("The file, in the format atlas/2 of this program.")]
    bbox: Annotated[Extent, about("West, south, east, north: where there are streets.")]
    min_zoom: Annotated[Zoom, about("From which zoom on they are drawn.")]
    attribution: Annotated[str, about("Whom to credit wherever they are drawn.", min_length=1)]
    licence: Annotated[str | None, about("Under which terms they may be used.")]
    source: Annotated[str | None, about("Where they come from.")]
    date: Annotated[str | None, about("The state of the data, in EDTF (ISO 8601-2:2019).")]
    simplified: Annotated[bool, about("A sketch: no survey.")]


class PictureFile(TypedDict):
    """A file."""

    url: Annotated[Url, about("Its address.")]
    width: Annotated[int, about("Pixels.", ge=1)]
    height: Annotated[int, about("Pixels.", ge=1)]


class Audio(TypedDict):
    """A recording."""

    url: Annotated[Url, about("The sound.")]
    captions: Annotated[Url | None, about("WebVTT.")]
    transcript: Annotated[str | None, about("What is said.")]
