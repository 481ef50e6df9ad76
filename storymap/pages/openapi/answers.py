"""What is answered, as types: the whole answers, and the features and lists that they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta

from storymap.pages.openapi.record import (
    BasemapExtract,
    Chapter,
    Day,
    Edition,
    Event,
    Instant,
    Place,
    Slug,
    Source,
    Story,
    Url,
    about,
)

FORMAT: Literal["storymap-data/1"] = "storymap-data/1"
Format = Annotated[
    Literal["storymap-data/1"],
    about("The shape of the answer. Members may be added to it; none changes its meaning or goes."),
]
Count = Annotated[int, Meta(ge=0)]


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


# of what msgspec makes no schema: see written_schemas
Bbox = Annotated[Sequence[float], Meta(extra_json_schema=_reference("Bbox"))]
Geometry = Annotated[dict[str, Any], Meta(extra_json_schema=_reference("Geometry"))]
_OF_A_PLACE_OR_DRAWN = Meta(extra_json_schema={"anyOf": [_reference("PlaceProperties"), _reference("DrawnProperties")]})


class AboutStory(TypedDict):
    """How every answer about one story begins."""

    format: Format
    story: Annotated[Story, about("Which story this is from: title, licence, credits.")]
    edition: Annotated[Edition, about("Which edition this is. Cite its number.")]
    links: Annotated[AnswerLinks, about("Related addresses.")]


class Collection(AboutStory):
    """GeoJSON: members beside type, bbox and features are foreign members."""

    type: Literal["FeatureCollection"]
    matched: Annotated[Count, about("Features in this answer.")]
    total: Annotated[Count, about("Features without a filter.")]
    bbox: NotRequired[Annotated[Bbox, about("Extent of all features. Left out when there is none.")]]


class StoryDocument(AboutStory):
    """A whole story: text, events, places and sources, complete in one file."""

    chapters: Annotated[Sequence[Chapter], about("In order.")]
    events: Annotated[Sequence[Event], about("In the order in which they are told.")]
    also_recorded: Annotated[
        Sequence[Event],
        about(
            "Events that the editors know and that no chapter tells, in order of date; their address is that of "
            "the page “Also in the record”. Other answers leave them out."
        ),
    ]
    places: Annotated[Sequence[Place], about("Every place of an event.")]
    sources: Annotated[Sequence[Source], about("Every source that is cited.")]
    extracts: Annotated[Sequence[BasemapExtract], about("The streets under its maps.")]


class PlaceCollection(Collection):
    """Places, and the points, lines and areas that chapters draw, as GeoJSON (RFC 7946). Members beside type, bbox
    and features are foreign members; programs that do not know them pass over them."""

    features: Annotated[Sequence[PlaceFeature], about("In the order of the story.")]


class PlaceFeature(TypedDict):
    """A place, or a point, line or area that is drawn."""

    type: Literal["Feature"]
    id: Annotated[str, about("The slug of the place; chapter and number of what is drawn.")]
    bbox: NotRequired[Annotated[Bbox, about("Of lines and areas.")]]
    geometry: Annotated[Geometry, about("A point for a place; else what the author drew.")]
    properties: Annotated[dict[str, Any], _OF_A_PLACE_OR_DRAWN, about("Told apart by their member feature.")]


class PlaceProperties(Place):
    """What is known of a place."""

    feature: Literal["place"]
    events: Annotated[Sequence[Slug], about("The events that happened there, in the order in which they are told.")]


class DrawnProperties(TypedDict):
    """A point, line or area that is drawn on a chapter's map."""

    feature: Annotated[str, about("Which of the three it is.", one_of=["point", "line", "area"])]
    chapter: Annotated[Slug, about("The slug of the chapter.")]
    name: Annotated[str | None, about("Its name.")]
    note: Annotated[str | None, about("What it shows.")]
    source: Annotated[str | None, about("Where its outline was measured.")]
    credit: Annotated[str | None, about("After what, and by whom, it was drawn.")]
    schematic: Annotated[bool, about("Whether it is an approximate drawing: no source for its outline is named.")]


class EventCollection(Collection):
    """Events as GeoJSON (RFC 7946). Members beside type, bbox and features are foreign members; programs that do not
    know them pass over them."""

    features: Annotated[Sequence[EventFeature], about("In the order of the story.")]


class EventFeature(TypedDict):
    """An event."""

    type: Literal["Feature"]
    id: Annotated[str, about("The slug of the event.")]
    bbox: NotRequired[Annotated[Bbox, about("Of journeys.")]]
    geometry: Annotated[
        Geometry | None,
        about(
            "The event's own place; of a journey a line that joins its stops and is not the way taken; null "
            "without a place."
        ),
    ]
    properties: Annotated[Event, about("The event.")]


class StoryList(TypedDict):
    """A page of the list of stories, newest edition first."""

    format: Format
    links: Annotated[PageLinks, about("Other pages of the list.")]
    page: Annotated[int, about("The number of this page.", ge=1)]
    pages: Annotated[int, about("How many there are.", ge=1)]
    matched: Annotated[Count, about("Stories that were asked for.")]
    total: Annotated[Count, about("Stories without a filter.")]
    stories: Annotated[Sequence[ListedStory], about("The stories of this page.")]


class ListedStory(Story):
    """A story in the list."""

    chapters: Annotated[Count, about("How many.")]
    first_day: Annotated[Day | None, about("The first day that it tells of, later events left aside.")]
    last_day: Annotated[Day | None, about("The last one.")]
    edition: Annotated[Edition, about("The edition that is visible now.")]
    links: Annotated[StoryLinks, about("Its data.")]


class EditionList(AboutStory):
    """The public history of a story, newest first."""

    editions: Annotated[Sequence[ListedEdition], about("Every edition that can be read.", min_length=1)]


class ListedEdition(TypedDict):
    """An edition, and what changed in it."""

    number: Annotated[int, about("Counted from 1.", ge=1)]
    published: Annotated[Instant, about("Since when it can be read.")]
    note: Annotated[str | None, about("What the editors say about it: a correction, for instance.")]
    changes: Annotated[Sequence[Change], about("Against the edition before.")]
    url: Annotated[Url, about("The story as it was told in this edition.")]


class Change(TypedDict):
    """A part that changed."""

    verb: Annotated[str, about("What happened to it.", one_of=["added", "changed", "removed"])]
    kind: Annotated[str, about("story, chapters, events, places, people, sources, illustrations, stages or extracts.")]
    slug: Annotated[str, about("Which one; of the story, the name of the field.")]


class Start(TypedDict):
    """Where to begin."""

    format: Format
    links: Annotated[StartLinks, about("Addresses.")]


class StartLinks(TypedDict):
    """Where to go on."""

    self: Annotated[Url, about("This address.")]
    stories: Annotated[Url, about("The list of stories.")]
    openapi: Annotated[Url, about("This description for programs.")]
    guide: Annotated[Url, about("The same for people.")]


class PageLinks(TypedDict):
    """Addresses of other pages, with the same filters."""

    self: Annotated[Url, about("This page.")]
    first: Annotated[Url | None, about("The first.")]
    prev: Annotated[Url | None, about("The one before. Null on the first.")]
    next: Annotated[Url | None, about("The next. Null on the last: follow it until then.")]
    last: Annotated[Url | None, about("The last.")]
    guide: Annotated[Url, about("The page that explains the data.")]


class StoryLinks(TypedDict):
    """Addresses about one story, in one language and edition."""

    page: Annotated[Url, about("The story for readers.")]
    document: Annotated[Url, about("The whole story as JSON.")]
    places: Annotated[Url, about("Its places as GeoJSON.")]
    events: Annotated[Url, about("Its events as GeoJSON.")]
    editions: Annotated[Url, about("Its public history.")]
    guide: Annotated[Url, about("The page that explains the data.")]


class AnswerLinks(StoryLinks):
    """Addresses about one story, in one language and edition."""

    self: Annotated[Url, about("This answer.")]


class Problem(TypedDict):
    """Why there is no answer (RFC 9457)."""

    type: Annotated[Url, about("Where it is explained.")]
    title: Annotated[str, about("The kind of problem.")]
    status: Annotated[int, about("The same as that of the answer.")]
    detail: Annotated[str, about("What to do about it.")]
    parameter: NotRequired[Annotated[str, about("The parameter that was not understood.")]]


def written_schemas() -> dict[str, Any]:
    """By name, those that msgspec does not make: it knows no choice between objects, and names no list."""
    degrees = {"type": "number", "minimum": -180, "maximum": 180}
    says = "West, south, east, north. West is greater than east across the antimeridian."
    box = {"type": "array", "items": degrees, "minItems": 4, "maxItems": 4, "description": says}
    return {"Geometry": _geometry(), "Bbox": box}


def _geometry() -> dict[str, Any]:
    """Of the six GeoJSON types that are answered."""
    position = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    line, ring = _list_of(position, 2), _list_of(position, 4)
    kinds = (
        ("Point", "A place, or a point that is drawn.", position),
        ("MultiPoint", "Points that are drawn.", _list_of(position, 1)),
        ("LineString", "A journey or a line.", line),
        ("MultiLineString", "The same, cut at the antimeridian.", _list_of(line, 0)),
        ("Polygon", "An area.", _list_of(ring, 1)),
        ("MultiPolygon", "The same, cut at the antimeridian.", _list_of(_list_of(ring, 1), 0)),
    )
    described = "Longitude before latitude, WGS84, at most seven decimals. Outer rings run anticlockwise. "
    return {
        "description": f"{described}Whatever crosses the antimeridian is cut there.",
        "anyOf": [
            {
                "type": "object",
                "description": words,
                "required": ["type", "coordinates"],
                "properties": {"type": {"const": name, "type": "string"}, "coordinates": coordinates},
            }
            for name, words, coordinates in kinds
        ],
    }


def _list_of(item: dict[str, Any], least: int) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": least}
