"""A story's places as Linked Places (LPF 1.1), for gazetteers such as the World Historical Gazetteer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from places.when import iso_ends, parse, words
from storymap.formats.exports.tables import narrated_events, sources_of
from storymap.maps.geometries import point
from storymap.story.document import EventDocument, PlaceDocument, StoryDocument

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"


def write(document: StoryDocument, story: str, about: dict[str, Any]) -> bytes:
    """`story` is its absolute address: places are named after it. `about` says which edition this is."""
    document = document.with_record()
    events = [narrated.event for narrated in narrated_events(document)]
    features = [_place(document, place, events, story) for place in document.places.values()]
    whole = {"type": "FeatureCollection", "@context": CONTEXT, **about, "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _place(document: StoryDocument, place: PlaceDocument, events: list[EventDocument], story: str) -> dict[str, Any]:
    here = [event for event in events if place.slug in event.places]
    sources = {source.slug: source for event in here for source in sources_of(document, event)}
    feature: dict[str, Any] = {
        "@id": f"{story}#place/{place.slug}",
        "type": "Feature",
        "properties": {"title": place.name, "ccodes": [place.country], "fclasses": ["S"], **_accuracy(place)},
        "names": list(_names(document, place)),
        "types": [{"label": place.kind}],
        "geometry": point((place.lng, place.lat)),
        "links": [],
    }
    if here:
        feature["descriptions"] = [
            {"value": _description(event, document.language), "lang": document.language} for event in here
        ]
    if sources:
        feature["citations"] = [{"label": s.title, **({"@id": s.url} if s.url else {})} for s in sources.values()]
    return feature


def _names(document: StoryDocument, place: PlaceDocument) -> Iterator[dict[str, Any]]:
    yield {"toponym": place.name, "lang": document.language}
    for other in place.toponyms:
        name: dict[str, Any] = {"toponym": other.name}
        if other.language:
            name["lang"] = other.language
        if other.period:
            name["when"] = {"timespans": [_period(other.period)]}
        yield name


def _period(edtf: str) -> dict[str, Any]:
    """LPF asks for a start: where that is open, it lies before the end."""
    start, end = iso_ends(parse(edtf))
    if not start:
        return {"start": {"latest": end}, "end": {"in": end}}
    return {"start": {"in": start}, **({"end": {"in": end}} if end and "/" in edtf else {})}


def _description(event: EventDocument, language: str) -> str:
    """What happened there, and when. A place's own `when` says how long the place existed, which no event tells."""
    return f"{event.title} ({words(event.date, language)})" if event.date else event.title


def _accuracy(place: PlaceDocument) -> dict[str, Any]:
    """How far off the position may be. LPF's `certainty` would say how sure it is that the position is this place's;
    nobody has said so, and it is left out."""
    said = {"precision": place.precision, "radius_m": place.radius, "coordinate_source": place.coordinate_source}
    return {name: value for name, value in said.items() if value != ""}
