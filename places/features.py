"""Checks of GeoJSON (RFC 7946), and of JSON at all, that authors bring along."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from places.geo import LatLng, distance

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
MAX_POSITIONS = 50_000
MAX_BYTES = 2_000_000  # of the text; what is larger was never simplified for a map on a page
ODD = 2_000_000.0  # metres from every place of the chapter: no area of it lies there
LIKELY = 500_000.0  # metres: as near as an area is to the places it belongs to
LOOKED_AT = 50  # positions that say whether all are swapped
COLLECTION = "GeometryCollection"  # holds geometries of the other types
MAX_DEPTH = 32  # lists in lists of a GeoJSON geometry go four deep


def unstorable(value: Any, depth: int = MAX_DEPTH, path: str = "") -> Iterator[str]:
    """Paths in a JSON value of what no database keeps: NUL, lone surrogates, NaN, infinity, endless depth."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            yield path
    elif isinstance(value, dict | list):
        if depth == 0:
            yield path
            return
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from unstorable(str(key), path=path)
            yield from unstorable(part, depth - 1, f"{path}/{key}")
    elif isinstance(value, float) and not math.isfinite(value):
        yield path


def is_storable(value: Any) -> bool:
    return not any(True for _path in unstorable(value))


def problems_in(collection: Any) -> list[str]:
    """What keeps the value from being a FeatureCollection; each problem names the feature, counted from 1."""
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        return [_('This is not a GeoJSON FeatureCollection: {"type": "FeatureCollection", "features": […]}.')]
    features = collection.get("features")
    if not isinstance(features, list):
        return [_("“features” must be a list.")]
    found = [f"{_label(n, f)}: {problem}" for n, f in enumerate(features, start=1) for problem in _feature(f)]
    if not found and (total := sum(1 for _position in positions_of(collection))) > MAX_POSITIONS:
        found = [
            _("All features together have %(total)d positions, at most %(most)d are drawn: simplify the shapes.")
            % {"total": total, "most": MAX_POSITIONS}
        ]
    return found


def collected(value: Any) -> Any:
    """A FeatureCollection, also where somebody brings a single Feature or a bare geometry; anything else as it is."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "Feature":
        return {"type": "FeatureCollection", "features": [value]}
    if isinstance(kind, str) and kind in (*DEPTH, COLLECTION):
        return collected({"type": "Feature", "properties": {}, "geometry": value})
    return value


def positions_of(collection: dict[str, Any]) -> Iterator[list]:
    """Every position of a collection in which there is no problem."""
    for feature in collection["features"]:
        for geometry in _parts(feature["geometry"]):
            for line in _lines(geometry["coordinates"], DEPTH[geometry["type"]]):
                yield from line or ()


def probably_swapped(collection: dict[str, Any], near: Sequence[LatLng]) -> bool:
    """Whether the shapes would lie by the places if latitude and longitude changed seats, and are far from them now."""
    looked_at = list(islice(positions_of(collection), LOOKED_AT))
    if not near or not looked_at or any(abs(lng) > 90 for lng, *_rest in looked_at):
        return False
    as_written = min(distance(LatLng(lat, lng), at) for lng, lat, *_rest in looked_at for at in near)
    swapped = min(distance(LatLng(lng, lat), at) for lng, lat, *_rest in looked_at for at in near)
    return as_written > ODD and swapped < LIKELY


def _label(number: int, feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    named = {"number": number, "name": name[:60]} if isinstance(name, str) and name else None
    return _("Feature %(number)d (“%(name)s”)") % named if named else _("Feature %(number)d") % {"number": number}


def _feature(feature: Any) -> Iterator[str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield _("is not of type Feature.")
        return
    parts = list(_parts(feature.get("geometry")))
    if not all(isinstance(part.get("type"), str) and part["type"] in DEPTH for part in parts):
        yield _("its geometry must be one of %(kinds)s.") % {"kinds": ", ".join((*DEPTH, COLLECTION))}
        return
    if not isinstance(feature.get("properties"), dict | None):
        yield _("its properties must be an object or null.")
    bare = [{**part, "coordinates": None, "geometries": None} for part in (feature["geometry"], *parts)]
    if not is_storable({**feature, "geometry": bare}):
        yield _("holds a character or a number that cannot be stored, or is nested too deeply.")
    lines = [(line, part["type"]) for part in parts for line in _lines(part.get("coordinates"), DEPTH[part["type"]])]
    if sum(len(line) for line, _kind in lines if line) > MAX_POSITIONS:
        yield _("has more than %(most)d positions.") % {"most": MAX_POSITIONS}
    for line, kind in lines:
        yield from _line(line, kind)


def _parts(geometry: Any) -> Iterator[dict[str, Any]]:
    """The geometry, or those of a collection. One in another is no good style (RFC 7946, 3.1.8), and is refused."""
    if not isinstance(geometry, dict) or geometry.get("type") != COLLECTION:
        yield geometry if isinstance(geometry, dict) else {}
        return
    members = geometry.get("geometries")
    for member in members if isinstance(members, list) and members else [None]:
        yield member if isinstance(member, dict) else {}


def _lines(coordinates: Any, depth: int) -> Iterator[list | None]:
    """Lists of positions; None where the nesting is not what the type asks for."""
    if depth == 0:
        yield [coordinates]
    elif not isinstance(coordinates, list):
        yield None
    elif depth == 1:
        yield coordinates
    else:
        for part in coordinates:
            yield from _lines(part, depth - 1) if part != [] else [None]


def _line(line: list | None, kind: str) -> Iterator[str]:
    wrong = None if line is None else next((part for part in line if not _is_position(part)), line)
    if line is None or wrong is not line:
        what = _("coordinates are [longitude, latitude] in degrees, longitude first, from ±180 and ±90.")
        yield what + _describe(wrong)
    elif "Polygon" in kind and len(line) < 4:
        yield _("a ring of a polygon needs at least four positions.")
    elif "Polygon" in kind and line[0] != line[-1]:
        yield _("a ring of a polygon needs to end where it starts: add its first position, %(first)s, at the end.") % {
            "first": line[0][:2]
        }
    elif "LineString" in kind and len(line) < 2:
        yield _("a line needs at least two positions.")


def _describe(wrong: Any) -> str:
    """The position at fault, and what may have been meant."""
    if wrong is None:
        return " " + _("The lists are not nested as this type of geometry asks for.")
    found = " " + _("Found: %(position)s.") % {"position": repr(wrong)[:60]}
    if isinstance(wrong, list) and len(wrong) >= 2 and _is_position([wrong[1], wrong[0]]):
        found += " " + _("Latitude and longitude look swapped.")
    return found


def _is_position(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < 2:
        return False
    if not all(isinstance(part, int | float) and not isinstance(part, bool) and abs(part) < 1e9 for part in value):
        return False  # NaN is less than nothing
    return abs(value[0]) <= 180 and abs(value[1]) <= 90
