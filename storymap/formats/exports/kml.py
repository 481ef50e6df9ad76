"""A story as KML 2.2 (OGC 12-007r2), for Google Earth and other globes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from places.geo import LatLng
from places.when import iso_ends, parse
from storymap.formats.exports.tables import NarratedEvent, narrated_events, sources_of
from storymap.maps.geometries import Geometry
from storymap.maps.scene import drawn_in, journey_line, legs_of
from storymap.story.document import EventDocument, PlaceDocument, StoryDocument, support_of
from storymap.story.storyfile import Journey

KML = "http://www.opengis.net/kml/2.2"
_LOOKS_LIKE_HTML = re.compile("<[A-Za-z/!?]|&(?:#|[A-Za-z])")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(document: StoryDocument, about: Mapping[str, str]) -> bytes:
    """A document with a folder of places, one of events, and one of what is drawn."""
    document = document.with_record()
    root = Element("kml", {"xmlns": KML})  # written by hand: ElementTree's table of prefixes is one for all modules
    whole = SubElement(root, "Document")
    _text(whole, "name", document.title)
    _text(whole, "description", _as_html(document.standfirst))
    _data(whole, about)
    places = _folder(whole, "places")
    for place in document.places.values():
        _place(places, place)
    events = _folder(whole, "events")
    for narrated in narrated_events(document):
        _event(events, document, narrated)
    drawn = _folder(whole, "drawn")
    for chapter in document.chapters:
        for number, one in enumerate(drawn_in(chapter), start=1):
            mark = _placemark(drawn, f"drawn-{chapter.slug}-{number}", one.words.get("name", ""), "")
            _data(mark, {"kind": one.kind, "chapter": chapter.title, "note": one.words.get("note", "")})
            _shape(mark, one.geometry)
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")


def _place(folder: Element, place: PlaceDocument) -> None:
    mark = _placemark(folder, f"place-{place.slug}", place.name, place.address)
    facts = {"category": place.kind, "country": place.country, "precision": place.precision}
    _data(mark, {**facts, "radius_m": f"{place.radius:g}", "coordinate_source": place.coordinate_source})
    _point(mark, place.at)


def _event(folder: Element, document: StoryDocument, narrated: NarratedEvent) -> None:
    event = narrated.event
    mark = _placemark(folder, f"event-{event.slug}", event.title, event.summary)
    _write_dates(mark, event)
    sources = ";\n".join(" ".join([*s.title.split(), *s.url.split()]) for s in sources_of(document, event))
    words = {
        "date": event.date,
        "time": event.time,
        "status": event.status,
        "support": support_of(event.citations, document.sources),
        "attributed_to": event.attributed_to,
        "note": event.note,
    }
    _data(mark, {**words, **_elsewhere(event), "chapter": narrated.chapter, "sources": sources})
    if legs := legs_of(document, event):
        _line(mark, journey_line(legs))
    elif place := document.places.get(event.place):
        _point(mark, place.at)


def _elsewhere(event: EventDocument) -> dict[str, str]:
    """Slugs of the places also concerned, and the journey: its line joins the stops and is not the way taken."""
    journey = event.journey or Journey(stops=())
    named = {"place": event.place, "also_there": "; ".join(event.also_there), "journey": "; ".join(journey.stops)}
    return {**named, "journey_mode": journey.mode, "journey_date": journey.date}


def _write_dates(mark: Element, event: EventDocument) -> None:
    """Elements in the order of the schema: time stands before data and geometry.

    Years before Christ are those of ISO 8601 and XML Schema 1.1, where 0000 is 1 BC.
    """
    start, end = iso_ends(parse(event.date)) if event.date else ("", "")
    if start and start == end:
        _text(SubElement(mark, "TimeStamp"), "when", start)
    elif start or end:
        span = SubElement(mark, "TimeSpan")
        for name, date in (("begin", start), ("end", end)):
            if date:
                _text(span, name, date)


def _placemark(folder: Element, name: str, title: str, description: str) -> Element:
    mark = SubElement(folder, "Placemark", {"id": name})
    _text(mark, "name", title)
    if description:
        _text(mark, "description", _as_html(description))
    return mark


def _data(element: Element, words: Mapping[str, str]) -> None:
    held = SubElement(element, "ExtendedData")
    for name, value in words.items():
        if value:
            _text(SubElement(held, "Data", {"name": name}), "value", value)


def _folder(parent: Element, name: str) -> Element:
    folder = SubElement(parent, "Folder", {"id": name})
    _text(folder, "name", name)
    return folder


def _shape(mark: Element, geometry: Geometry) -> None:
    """Points, lines and areas; several together are a MultiGeometry (OGC 12-007r2, 10.2)."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind.startswith("Multi"):
        mark = SubElement(mark, "MultiGeometry")
    for part in coordinates if kind.startswith("Multi") else [coordinates]:
        match kind.removeprefix("Multi"):
            case "Point":
                _point(mark, LatLng(part[1], part[0]))
            case "LineString":
                _line(mark, part)
            case _:
                _area(mark, part)


def _line(mark: Element, positions: Iterable[Sequence[float]]) -> None:
    line = SubElement(mark, "LineString")
    _text(line, "tessellate", "1")
    _text(line, "coordinates", " ".join(_coordinates(lng, lat) for lng, lat in positions))


def _area(mark: Element, rings: Sequence[Any]) -> None:
    area = SubElement(mark, "Polygon")
    _text(area, "tessellate", "1")
    for number, ring in enumerate(rings):
        bound = SubElement(area, "innerBoundaryIs" if number else "outerBoundaryIs")
        _text(SubElement(bound, "LinearRing"), "coordinates", " ".join(_coordinates(lng, lat) for lng, lat in ring))


def _point(mark: Element, at: LatLng) -> None:
    _text(SubElement(mark, "Point"), "coordinates", _coordinates(at.lng, at.lat))


def _coordinates(lng: float, lat: float) -> str:
    return f"{round((lng + 180) % 360 - 180 if abs(lng) > 180 else lng, 7)},{round(lat, 7)}"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)


def _as_html(text: str) -> str:
    """A description, which globes read as HTML (KML 2.2, 9.1.3.10). Text that means the same as HTML stays as it is,
    so that readers which show plain text show it too."""
    return escape(text, quote=False) if _LOOKS_LIKE_HTML.search(text) else text
