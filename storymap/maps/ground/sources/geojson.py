"""GeoJSON of lines and areas (RFC 7946), tagged as OpenStreetMap does, or with our own kinds in `ground`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from places.geo import Bounds
from storymap.maps.ground.features import AREAS, LINES, NAMES, Credit
from storymap.maps.ground.sources.gathering import Gathering, Reading, Say, Wanted, reading_of
from storymap.maps.ground.sources.material import CannotReadStreets, Material, beginning, tree_of
from storymap.maps.ground.sources.tags import Tags
from storymap.maps.topology import Points

NAME = "GeoJSON"
CLASSES = {"1": "motorway", "2": "primary", "3": "secondary", "4": "residential", "5": "unclassified"}  # of `c`


def knows(material: Material) -> bool:
    start = beginning(material).lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and b'"elements"' not in start


def read(material: Material, wanted: Sequence[Wanted], say: Say) -> Reading:
    """Raises CannotReadStreets with the number of the feature that is wrong, counted from 1."""
    tree = _collection(material)
    gatherings = [Gathering(one) for one in wanted]
    _each(material, tree, lambda feature: _add(feature, gatherings))
    return reading_of(gatherings, _credit(tree))


def extent_of(material: Material) -> Bounds:
    """Of all that it holds. Raises CannotReadStreets."""
    corners: list[Points] = []

    def measure(feature: Any) -> None:
        for _kind, parts in _parts_of_feature(feature):
            corners.extend(end for part in parts if len(part) for end in (part.min(axis=0), part.max(axis=0)))

    _each(material, _collection(material), measure)
    if not corners:
        raise CannotReadStreets(_("%(name)s holds no lines and no areas.") % {"name": material.name})
    west, south = (float(edge) for edge in np.min(corners, axis=0))
    east, north = (float(edge) for edge in np.max(corners, axis=0))
    return Bounds(west, south, east, north)


def _collection(material: Material) -> dict[str, Any]:
    tree = tree_of(material)
    if not isinstance(tree, dict) or not isinstance(tree.get("features"), list):
        raise CannotReadStreets(_("%(name)s: GeoJSON of streets is a FeatureCollection.") % {"name": material.name})
    return tree


def _each(material: Material, tree: dict[str, Any], take: Callable[[Any], None]) -> None:
    for number, feature in enumerate(tree["features"], start=1):
        try:
            take(feature)
        except ValueError as problem:
            said = {"name": material.name, "number": number, "problem": str(problem)}
            raise CannotReadStreets(_("%(name)s, feature %(number)d: %(problem)s") % said) from None


def _credit(tree: dict[str, Any]) -> Credit:
    """As the file says it beside its features."""
    texts = {key: value for key, value in tree.items() if isinstance(value, str)}
    licence = texts.get("licence") or texts.get("license") or ""
    return Credit(texts.get("attribution", ""), licence, texts.get("source", ""), texts.get("date", ""))


def _add(feature: Any, gatherings: list[Gathering]) -> None:
    if not (parts := list(_parts_of_feature(feature))):
        return
    tags = _tags(feature.get("properties"))
    own = _own_kind(tags)
    for kind, coordinates in parts:
        for gathering in gatherings:
            _add_part(kind, coordinates, tags, own, gathering)


def _parts_of_feature(feature: Any) -> Iterator[tuple[str, list[Points]]]:
    if not isinstance(feature, dict):
        raise ValueError(_("this is no feature."))
    if feature.get("geometry") is not None:  # as the standard allows
        yield from _parts(feature["geometry"])


def _tags(properties: Any) -> dict[str, str]:
    """Properties as texts; those of `tags`, where the tags have an object of their own."""
    properties = {} if properties is None else properties
    if not isinstance(properties, dict):
        raise ValueError(_("its properties are no object."))
    inner = properties.get("tags")
    both = {**properties, **(inner if isinstance(inner, dict) else {})}
    tags = {key: str(value) for key, value in both.items() if isinstance(value, str | int | float)}
    if tags.get("c") in CLASSES:
        tags.setdefault("highway", CLASSES[tags["c"]])
    tags.setdefault("name", tags.get("n", ""))
    return tags


def _own_kind(tags: Tags) -> str:
    kind = tags.get("ground", "")
    if kind and kind not in (*AREAS, *LINES, *NAMES):
        kinds = ", ".join(dict.fromkeys((*AREAS, *LINES, *NAMES)))
        raise ValueError(_("“ground” is one of %(kinds)s, not “%(kind)s”.") % {"kinds": kinds, "kind": kind})
    return kind


def _parts(geometry: Any) -> Iterator[tuple[str, list[Points]]]:
    """Single geometries: a point or line as one array, a polygon as its rings; a MultiPoint has nothing to draw."""
    kind = str(geometry.get("type")) if isinstance(geometry, dict) else ""
    if kind == "GeometryCollection":
        for part in _list(geometry.get("geometries")):
            yield from _parts(part)
    elif kind in READERS:
        yield kind, READERS[kind](geometry.get("coordinates"))
    elif kind in PARTS_OF:
        yield from ((PARTS_OF[kind], READERS[PARTS_OF[kind]](part)) for part in _list(geometry.get("coordinates")))
    elif kind != "MultiPoint":
        raise ValueError(_("a geometry of type “%(kind)s” cannot be drawn.") % {"kind": kind})


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(_("its coordinates are no list."))
    return value


def _rings(value: Any) -> list[Points]:
    rings = [_positions(ring) for ring in _list(value)]
    if not rings or any(len(ring) < 4 for ring in rings):
        raise ValueError(_("a ring has four positions or more, the last like the first."))
    return [ring[:-1] if (ring[0] == ring[-1]).all() else ring for ring in rings]


def _positions(value: Any) -> Points:
    """Longitude and latitude; heights are left out."""
    positions = _list(value)
    if not all(isinstance(position, list) and len(position) > 1 for position in positions):
        raise ValueError(_("a position is a longitude and a latitude."))
    try:
        points = np.array([position[:2] for position in positions], float).reshape(-1, 2)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(_("a position is a longitude and a latitude.")) from None
    lng, lat = points[:, 0], points[:, 1]
    if not (np.isfinite(points).all() and (abs(lng) <= 360).all() and (abs(lat) <= 90).all()):
        raise ValueError(_("a position lies outside the globe: longitude comes first, then latitude, in degrees."))
    return points


READERS: dict[str, Callable[[Any], list[Points]]] = {
    "Point": lambda position: [_positions([position])],
    "LineString": lambda line: [_positions(line)],
    "Polygon": _rings,
}
PARTS_OF = {"MultiLineString": "LineString", "MultiPolygon": "Polygon"}


def _add_part(kind: str, parts: list[Points], tags: Tags, own: str, gathering: Gathering) -> None:
    name = tags["name"]
    if kind == "Point":
        _add_point(parts[0], tags, own, gathering)
    elif kind == "LineString" and own in LINES:
        gathering.add_line(own, parts[0], name)
    elif kind == "Polygon" and own in AREAS:
        gathering.add_area(own, parts, name)
    elif own:
        raise ValueError(_("“%(kind)s” cannot be drawn as %(type)s.") % {"kind": own, "type": kind})
    elif kind == "LineString":
        gathering.add_way(tags, parts[0])
    else:
        gathering.add_multipolygon(tags, parts)


def _add_point(points: Points, tags: Tags, own: str, gathering: Gathering) -> None:
    if own in NAMES:
        rank = tags.get("rank", "0")
        gathering.add_name(own, points, tags["name"], int(rank) if rank.isdecimal() else 0)
    elif not own:
        gathering.add_point(tags, points)
