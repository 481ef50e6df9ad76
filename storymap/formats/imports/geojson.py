"""GeoJSON (RFC 7946) of any origin, our own, and Linked Places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from storymap.formats.imports.map_table import At, Importer, MapFeature, MapFile, PositionPart, Where, cell, position
from storymap.formats.tables.record_rows import sources_cell

_OWN = re.compile(r"(?:.*#)?(place|event|drawn|area)/([a-z0-9-]+)(?:/[0-9]+)?")  # how our own files name a feature
_OTHER_NAMES = {"radius_m": "radius"}
_OWN_LISTS = {"sources", "places", "also_there", "journey"}
_INSIDE = {
    "place": "place",
    "country": "place",
    "also_there": "also_there",
    "journey": "journey",
    "sources": "citations",
}  # where our interface tells the words of a cell
_LINKED = ("when", "descriptions", "citations", "links", "relations", "depictions")  # LPF 1.1, of a place


def sniff(file: MapFile) -> bool:
    return _features(file.tree) is not None


def features_of(file: MapFile) -> list[MapFeature]:
    return [_feature(feature) for feature in _features(file.tree) or () if isinstance(feature, dict)]


def _features(tree: Any) -> list[Any] | None:
    if not isinstance(tree, dict):
        return None
    if tree.get("type") == "Feature":
        return [tree]
    features = tree.get("features") if tree.get("type") == "FeatureCollection" else None
    return features if isinstance(features, list) else None


def _feature(feature: Mapping[str, Any]) -> MapFeature:
    own = _OWN.fullmatch(str(feature.get("id") or feature.get("@id") or ""))
    kind, slug = (own[1], own[2]) if own else ("", "")
    given = feature.get("properties")
    properties = given if isinstance(given, dict) else {}
    objects = _of_interface(properties)
    words = _words(properties, is_own=bool(own)) | objects
    words |= _links_of(feature) | ({"slug": slug} if slug else {})
    geometry = feature.get("geometry")
    where = _position_in(geometry if isinstance(geometry, dict) else {}, is_event=kind == "event")
    place = _place_of(properties)
    if "journey" in words or (place and not where.is_point):  # a line joins stops: the event's own place may be none
        where = Where(position(place.get("longitude"), place.get("latitude")))
    read = {"ccodes", *(_INSIDE[name] for name in objects if name in _INSIDE)} | (_OWN_LISTS if own else set())
    read |= {"further_places"} if "journey" in objects else set()  # which our interface still tells beside it
    left = tuple(_names_left_out(feature, properties, read, is_own=bool(own)))
    if kind in ("drawn", "area"):  # on the map of a chapter: no row, though it may be a point
        return MapFeature(words, is_point=False, left=left)
    return MapFeature(words, where.at, kind, where.is_point, left, where.held)


def _names_left_out(
    feature: Mapping[str, Any], properties: Mapping[str, Any], read: set[str], *, is_own: bool
) -> Iterator[str]:
    """What is no text, number or list of them, and was not read; of Linked Places what stands beside them."""
    yield from (name for name, value in properties.items() if value and name not in read and cell(value) is None)
    yield from (name for name in _LINKED if feature.get(name))
    names = feature.get("names")
    if isinstance(names, list) and len(names) > 1:
        yield "names"


def _words(properties: Mapping[str, Any], *, is_own: bool) -> dict[str, str]:
    cells = {_OTHER_NAMES.get(name, name): said for name, value in properties.items() if (said := cell(value))}
    if is_own:
        cells.pop("kind", None)
        sources = properties.get("sources")
        cells["sources"] = sources_cell(sources) if isinstance(sources, list) else ""
        cells |= _former(properties)
        cells.pop("places", None)
    return {name: said for name, said in cells.items() if said}


def _elsewhere(properties: Mapping[str, Any]) -> dict[str, str]:
    """Places also concerned and the journey: slugs in our own files, places in what the API tells."""
    given = properties.get("journey")
    journey = given if isinstance(given, dict) else {}
    words = {"also_there": _slugs(properties.get("also_there")), "journey": _slugs(journey.get("stops"))}
    words |= {f"journey_{name}": cell(journey.get(name)) or "" for name in ("mode", "date")}
    return {name: said for name, said in words.items() if said}


def _slugs(places: Any) -> str:
    listed = places if isinstance(places, list) else []
    slugs = (place.get("slug") if isinstance(place, dict) else place for place in listed)
    return "; ".join(slug for slug in slugs if isinstance(slug, str))


def _former(properties: Mapping[str, Any]) -> dict[str, str]:
    """Our own files had all places of an event in one list before journeys were distinguished."""
    slugs = _slugs(properties.get("places")).split("; ")
    return {} if "also_there" in properties else {"place": slugs[0], "also_there": "; ".join(slugs[1:])}


def _of_interface(properties: Mapping[str, Any]) -> dict[str, str]:
    """What our interface for programs tells as objects: the place of an event, and its sources."""
    place = _place_of(properties)
    cells = {name: cell(place.get(key)) or "" for name, key in (("place", "name"), ("country", "country"))}
    cells["sources"] = sources_cell(_sources_of(properties))
    cells |= _elsewhere(properties)
    return {name: said for name, said in cells.items() if said}


def _place_of(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    place = properties.get("place")
    return place if isinstance(place, dict) else {}


def _sources_of(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    citations = properties.get("citations")
    cited = [one for one in citations if isinstance(one, dict)] if isinstance(citations, list) else []
    sourced = [(one["source"], one) for one in cited if isinstance(one.get("source"), dict)]
    return [{**source, "locator": one.get("locator"), "note": one.get("note")} for source, one in sourced]


def _links_of(feature: Mapping[str, Any]) -> dict[str, str]:
    """What Linked Places (LPF 1.1) says outside the properties or by names of its own."""
    properties, types = feature.get("properties"), feature.get("types")
    codes = properties.get("ccodes") if isinstance(properties, dict) else None
    cells = {"country": str(codes[0])} if isinstance(codes, list) and codes else {}
    if isinstance(types, list) and types and isinstance(types[0], dict) and isinstance(types[0].get("label"), str):
        cells["kind"] = types[0]["label"]
    return cells


def _position_in(geometry: Mapping[str, Any], *, is_event: bool) -> Where:
    """A journey begins where the event happened; of several points the first is taken, and that is said."""
    if not geometry:
        return Where()
    parts = list(_parts(geometry))
    points = [coordinates for shape, coordinates in parts if shape == "Point"]
    if points:
        at = next(filter(None, map(_point, points)), None)
        held = PositionPart.WHOLE if len(parts) == 1 else PositionPart.FIRST
        return Where(at, held=held if at else PositionPart.LOST)
    shape, coordinates = parts[0] if len(parts) == 1 else ("", None)
    if is_event and shape in ("LineString", "MultiLineString"):
        while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
            coordinates = coordinates[0]
        return Where(_point(coordinates))
    return Where(is_point=False)


def _parts(geometry: Any, depth: int = 8) -> Iterator[tuple[Any, Any]]:
    """Type and coordinates of each simple geometry in it; a MultiPoint is so many points."""
    if not isinstance(geometry, dict) or depth == 0:
        return
    shape, coordinates, inside = (geometry.get(name) for name in ("type", "coordinates", "geometries"))
    if shape == "GeometryCollection" and isinstance(inside, list):
        for part in inside:
            yield from _parts(part, depth - 1)
    elif shape == "MultiPoint" and isinstance(coordinates, list):
        yield from (("Point", part) for part in coordinates)
    else:
        yield shape, coordinates


def _point(coordinates: Any) -> At | None:
    return position(*coordinates[:2]) if isinstance(coordinates, list) and len(coordinates) >= 2 else None


IMPORTER = Importer(("GeoJSON", "Linked Places"), sniff, features_of)
