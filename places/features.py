"""Checks of GeoJSON (RFC 7946), and of JSON at all, that authors bring along. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
MAX_POSITIONS = 50_000
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
        return ['This is not a GeoJSON FeatureCollection: {"type": "FeatureCollection", "features": […]}.']
    features = collection.get("features")
    if not isinstance(features, list):
        return ["“features” must be a list."]
    return [f"Feature {n}: {problem}" for n, feature in enumerate(features, start=1) for problem in _feature(feature)]


def _feature(feature: Any) -> Iterator[str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield "is not of type Feature."
        return
    geometry = feature.get("geometry")
    geometry = geometry if isinstance(geometry, dict) else {}
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in DEPTH:
        yield f"its geometry must be one of {', '.join(DEPTH)}."
        return
    if not isinstance(feature.get("properties"), dict | None):
        yield "its properties must be an object or null."
    if not is_storable({**feature, "geometry": {**geometry, "coordinates": None}}):
        yield "holds a character or a number that cannot be stored, or is nested too deeply."
    lines = list(_lines(geometry.get("coordinates"), DEPTH[kind]))
    if sum(len(line) for line in lines if line) > MAX_POSITIONS:
        yield f"has more than {MAX_POSITIONS} positions."
    for line in lines:
        yield from _line(line, kind)


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
    if line is None or not all(_is_position(position) for position in line):
        yield "coordinates are [longitude, latitude] in degrees, longitude first, from ±180 and ±90."
    elif "Polygon" in kind and (len(line) < 4 or line[0] != line[-1]):
        yield "a ring of a polygon needs at least four positions and ends where it starts."
    elif "LineString" in kind and len(line) < 2:
        yield "a line needs at least two positions."


def _is_position(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < 2:
        return False
    if not all(isinstance(part, int | float) and not isinstance(part, bool) and abs(part) < 1e9 for part in value):
        return False  # NaN is less than nothing
    return abs(value[0]) <= 180 and abs(value[1]) <= 90
