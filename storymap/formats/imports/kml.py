"""KML 2.2 (OGC 12-007r2) of any origin, and our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from django.utils.translation import gettext as _

from storymap.formats.imports.map_table import At, Importer, MapFeature, MapFile, PositionPart, Where, plain, position
from storymap.formats.tables.record_rows import sources_cell
from storymap.story.problem import CannotRead, Problem

_OWN = re.compile("(place|event|drawn)-([a-z0-9-]+)")
_XML = re.compile(r"\s*<(\?xml|!DOCTYPE|!--|kml|gpx)")  # a table may begin with a < too
_OTHER_NAMES = {"radius_m": "radius"}
_SOURCE = re.compile(r"(?P<title>.+?)(?: (?P<url>https?://\S+))?")


def sniff(file: MapFile) -> bool:
    return _XML.match(_map_in(file).text) is not None


def _map_in(file: MapFile) -> MapFile:
    """A KMZ is an archive whose first KML file is the map (OGC 12-007r2, annex C)."""
    return file.inside(".kml") or file


def features_of(file: MapFile) -> list[MapFeature]:
    """Raises CannotRead."""
    text = _map_in(file).text
    if "<!DOCTYPE" in text[:2000] or "<!ENTITY" in text:  # no map needs one, and some are bombs
        raise CannotRead([Problem("file", _("This XML declares types or entities, which no map needs."))])
    try:
        root = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314  no declarations, see above
    except (ParseError, ValueError, RecursionError) as error:
        line = getattr(error, "position", (1, 0))[0]
        said = _("Line %(line)d: this is no XML: %(problem)s.") % {"line": line, "problem": str(error)[:100]}
        raise CannotRead([Problem("file", said)]) from None
    if _name(root) != "kml":
        raise CannotRead([Problem("file", _("This XML is no KML."))])
    return [_feature(mark) for mark in root.iter() if _name(mark) == "Placemark"]


def _feature(mark: Element) -> MapFeature:
    own = _OWN.fullmatch(mark.get("id", ""))
    kind, slug = (own[1], own[2]) if own else ("", "")
    words: dict[str, str] = {}
    for name in ("name", "description", "address"):
        if text := _text(mark, name):
            words[name] = plain(text) if name == "description" else text  # balloons show HTML
    words |= _dates_in(mark) | _data(mark, is_own=bool(own))
    if kind == "event":
        words["title"], words["summary"] = words.pop("name", ""), words.pop("description", "")
        words["sources"] = _sources(words.pop("sources", ""))
    if kind == "place":
        words["address"] = words.pop("description", "")
    if kind == "drawn":  # on the map of a chapter: no row, though it may be a point
        return MapFeature(words, is_point=False)
    where = _position_in(mark, is_event=kind == "event")
    is_journey = kind == "event" and where.is_point and any(_name(one) == "LineString" for one in mark.iter())
    if is_journey and "journey" in words:  # the line joins its stops: the event's own place may be none of them
        return MapFeature({**words, "slug": slug}, None, kind)
    left = (_("further places"),) if is_journey else ()
    return MapFeature({**words, "slug": slug} if slug else words, where.at, kind, where.is_point, left, where.held)


def _sources(text: str) -> str:
    """Each with its title, and its address if it has one, as our own files write them."""
    values = (_SOURCE.fullmatch(part.strip()) for part in text.split(";\n"))
    return sources_cell([{name: said for name, said in one.groupdict().items() if said} for one in values if one])


def _data(mark: Element, *, is_own: bool) -> dict[str, str]:
    """Values by name. Other programs write HTML into them; our own files hold text."""
    values = {}
    for one in mark.iter():
        if _name(one) == "Data":
            value = _text(one, "value")
            values[one.get("name", "")] = value if is_own else plain(value)
        elif _name(one) == "SimpleData":
            values[one.get("name", "")] = (one.text or "").strip()
    return {_OTHER_NAMES.get(name, name): text for name, text in values.items() if name and text}


def _dates_in(mark: Element) -> dict[str, str]:
    if when := _text(mark, "when"):
        return {"date": when.partition("T")[0]}
    begin, end = (_text(mark, name).partition("T")[0] for name in ("begin", "end"))
    return {"date": f"{begin or '..'}/{end or '..'}"} if begin or end else {}


def _position_in(mark: Element, *, is_event: bool) -> Where:
    """A journey begins where the event happened; of several points the first is taken, and that is said."""
    shapes = [one for one in mark.iter() if _name(one) in ("Point", "LineString", "Polygon", "Track", "Model")]
    if not shapes:
        return Where()
    points = [one for one in shapes if _name(one) == "Point"]
    if not points and not (is_event and len(shapes) == 1 and _name(shapes[0]) == "LineString"):
        return Where(is_point=False)
    at = _position(points[0] if points else shapes[0])
    held = PositionPart.WHOLE if len(shapes) == 1 else PositionPart.FIRST
    return Where(at, held=held if at else PositionPart.LOST)


def _position(shape: Element) -> At | None:
    first = _text(shape, "coordinates").split()
    lng, _comma, rest = first[0].partition(",") if first else ("", "", "")
    return position(lng, rest.partition(",")[0])


def _text(element: Element, name: str) -> str:
    """Of the element of that name which stands nearest."""
    return next((one.text or "" for one in _within(element) if _name(one) == name), "").strip()


def _within(element: Element) -> Iterator[Element]:
    """Breadth first: a placemark's own name stands before that of a style in it."""
    level = list(element)
    while level:
        yield from level
        level = [inner for one in level for inner in one]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


IMPORTER = Importer(("KML", "KMZ"), sniff, features_of)
