"""A small town by the sea, as every kind of file has it that streets are cut from. No such town exists."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from mapbox_vector_tile import encode
from osmium.osm.mutable import Node, Relation, Way
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely import LineString, MultiPolygon, Point, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

from places.geo import Bounds
from storymap.maps.ground.features import Ground
from storymap.maps.ground.sources import grounds_from, material_of
from storymap.maps.ground.sources.gathering import Reading, Wanted
from storymap.maps.ground.sources.rings import is_inside
from storymap.maps.projection import world_x, world_y

BOUNDS = Bounds(-77.11, -12.11, -77.09, -12.09)  # 2.2 km
REGION = Bounds(-77.2, -12.2, -77.0, -12.0)
DAY = "2026-11-01"
At = tuple[float, float]

NODES: dict[int, At] = {
    1: (-77.107, -12.08),
    2: (-77.106, -12.095),
    3: (-77.107, -12.10),
    4: (-77.106, -12.12),  # the shore
    10: (-77.105, -12.10),
    11: (-77.10, -12.10),
    12: (-77.085, -12.099),  # an avenue, and on out of the town
    20: (-77.10, -12.092),
    21: (-77.10, -12.108),  # a street that crosses it
    30: (-77.098, -12.098),
    31: (-77.094, -12.098),
    32: (-77.094, -12.094),
    33: (-77.098, -12.094),  # a park
    34: (-77.097, -12.097),
    35: (-77.095, -12.097),
    36: (-77.096, -12.095),  # its pond
    40: (-77.103, -12.102),
    41: (-77.1025, -12.102),
    42: (-77.1025, -12.1025),
    43: (-77.103, -12.1025),  # a house
    50: (-77.12, -12.105),
    51: (-77.08, -12.106),  # a motorway right through
    60: (-77.099, -12.093),
    61: (-77.0985, -12.0995),  # a path
    70: (-77.104, -12.0975),
    71: (-77.0992, -12.1003),
    72: (-77.05, -12.2),  # names; the last is elsewhere
}
WAYS: dict[int, tuple[tuple[int, ...], dict[str, str]]] = {
    1: ((1, 2, 3, 4), {"natural": "coastline"}),
    2: ((10, 11, 12), {"highway": "primary", "name": "Avenida Grau"}),
    3: ((20, 11), {"highway": "residential", "name": "Calle Lima"}),
    4: ((11, 21), {"highway": "residential", "name": "Calle Lima"}),
    5: ((30, 31, 32), {}),
    6: ((32, 33, 30), {}),
    7: ((34, 35, 36, 34), {"natural": "water", "name": "Laguna"}),
    8: ((40, 41, 42, 43, 40), {"building": "yes"}),
    9: ((50, 51), {"highway": "motorway", "name": "Panamericana"}),
    10: ((60, 61), {"highway": "footway"}),
    11: ((60, 61), {"highway": "footway", "footway": "sidewalk"}),
    12: ((10, 21), {"power": "line"}),
}
RELATIONS: dict[int, tuple[tuple[tuple[int, str], ...], dict[str, str]]] = {
    1: (((5, "outer"), (6, "outer"), (7, "inner")), {"type": "multipolygon", "leisure": "park", "name": "El Olivar"}),
    2: (((3, ""), (4, "")), {"type": "route", "name": "Bus 7"}),
}
POINTS: dict[int, dict[str, str]] = {
    70: {"place": "city", "name": "Puerto Nuevo"},
    71: {"place": "suburb", "name": "El Centro"},
    72: {"place": "village", "name": "Elsewhere"},
}


LINES = [  # what must come out of each file, by kind and name
    ("local", "Calle Lima"),
    ("local", "Calle Lima"),
    ("main", "Avenida Grau"),
    ("motorway", "Panamericana"),
    ("path", ""),
]
NAMES = [("city", "Puerto Nuevo", 0), ("district", "El Centro", 1)]  # and by rank


def read(named: Path | str, *, bounds: Bounds = BOUNDS, **wanted: Any) -> Reading:
    return grounds_from(material_of(str(named)), [Wanted(bounds, **wanted)])


def has_its_sea(ground: Ground) -> bool:
    [sea] = [one.rings[0] for one in ground.areas if one.kind == "sea"]
    wet, dry = (is_inside(np.array(at), sea) for at in ((-77.109, -12.10), (-77.10, -12.10)))
    return wet and not dry


def geojson(**members: Any) -> dict[str, Any]:
    """With `members` beside the features."""
    features = [_feature("Point", NODES[node], tags) for node, tags in POINTS.items()]
    for nodes, tags in WAYS.values():
        line = [NODES[node] for node in nodes]
        is_area = nodes[0] == nodes[-1]
        features.append(_feature("Polygon" if is_area else "LineString", [line] if is_area else line, tags))
    park, pond = ([NODES[node] for node in nodes] for nodes in ((30, 31, 32, 33, 30), (34, 35, 36, 34)))
    features.append(_feature("MultiPolygon", [[park, pond]], RELATIONS[1][1]))
    return {"type": "FeatureCollection", "features": features, **members}


def _feature(kind: str, coordinates: Any, tags: dict[str, str]) -> dict[str, Any]:
    return {"type": "Feature", "properties": tags, "geometry": {"type": kind, "coordinates": coordinates}}


def overpass(*, with_geometry: bool) -> dict[str, Any]:
    """As `out geom` answers, or with nodes apart."""
    elements: list[dict[str, Any]] = [
        {"type": "node", "id": node, "lon": lng, "lat": lat, **({"tags": POINTS[node]} if node in POINTS else {})}
        for node, (lng, lat) in NODES.items()
        if node in POINTS or not with_geometry
    ]
    for way, (nodes, tags) in WAYS.items():
        shape = {"geometry": _geometry(nodes)} if with_geometry else {"nodes": list(nodes)}
        elements.append({"type": "way", "id": way, "tags": tags, **shape})
    for relation, (members, tags) in RELATIONS.items():
        told = [
            {
                "type": "way",
                "ref": way,
                "role": role,
                **({"geometry": _geometry(WAYS[way][0])} if with_geometry else {}),
            }
            for way, role in members
        ]
        elements.append({"type": "relation", "id": relation, "tags": tags, "members": told})
    return {"version": 0.6, "osm3s": {"timestamp_osm_base": f"{DAY}T00:45:44Z"}, "elements": elements}


def _geometry(nodes: tuple[int, ...]) -> list[dict[str, float]]:
    return [{"lat": NODES[node][1], "lon": NODES[node][0]} for node in nodes]


def write_pbf(path: Path) -> None:
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", f"{DAY}T00:00:00Z")
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for node, at in NODES.items():
            writer.add_node(Node(id=node, location=at, tags=POINTS.get(node, {})))
        for way, (nodes, tags) in WAYS.items():
            writer.add_way(Way(id=way, nodes=nodes, tags=tags))
        for relation, (members, tags) in RELATIONS.items():
            told = [("w", way, role) for way, role in members]
            writer.add_relation(Relation(id=relation, tags=tags, members=told))


ATTRIBUTION = '<a href="https://www.openstreetmap.org/copyright">&copy; OpenStreetMap contributors</a>'
BUFFER = 1 / 64  # of a tile: so far it reaches over its edges
Layers = dict[str, list[tuple[BaseGeometry, dict[str, Any]]]]


def protomaps() -> Layers:
    """In the schema of Protomaps' basemap, version 4."""
    return {
        "earth": [(box(-78, -13, -76, -11), {"kind": "earth"})],
        "water": [(_sea(), {"kind": "ocean"}), (_pond(), {"kind": "lake", "name": "Laguna"})],
        "landuse": [(_park(), {"kind": "park", "name": "El Olivar"})],
        "buildings": [(_house(), {"kind": "building", "height": 4}), (_house(), {"kind": "building_part"})],
        "roads": [
            (_way(2), {"kind": "major_road", "kind_detail": "primary", "name": "Avenida Grau"}),
            (_way(3), {"kind": "minor_road", "kind_detail": "residential", "name": "Calle Lima"}),
            (_way(4), {"kind": "minor_road", "kind_detail": "residential", "name": "Calle Lima"}),
            (_way(9), {"kind": "highway", "kind_detail": "motorway", "name": "Panamericana"}),
            (_way(10), {"kind": "path", "kind_detail": "footway"}),
            (_way(12), {"kind": "ferry"}),
        ],
        "places": [
            (_point(70), {"kind": "locality", "kind_detail": "city", "name": "Puerto Nuevo"}),
            (_point(71), {"kind": "neighbourhood", "kind_detail": "suburb", "name": "El Centro"}),
        ],
    }


def openmaptiles() -> Layers:
    """In the schema of OpenMapTiles, version 3: roads and their names are apart."""
    lima = LineString([NODES[20], NODES[11], NODES[21]])
    return {
        "water": [(_sea(), {"class": "ocean"}), (_pond(), {"class": "lake"})],
        "water_name": [(_pond().centroid, {"class": "lake", "name": "Laguna"})],
        "landcover": [(_park(), {"class": "grass", "subclass": "park"})],
        "building": [(_house(), {"render_height": 4})],
        "transportation": [
            (_way(2), {"class": "primary"}),
            (_way(3), {"class": "minor"}),
            (_way(4), {"class": "minor"}),
            (_way(9), {"class": "motorway"}),
            (_way(10), {"class": "path", "subclass": "footway"}),
            (_way(12), {"class": "ferry"}),
        ],
        "transportation_name": [
            (_way(2), {"class": "primary", "name": "Avenida Grau"}),
            (lima, {"class": "minor", "name": "Calle Lima"}),
            (_way(9), {"class": "motorway", "name": "Panamericana"}),
        ],
        "place": [
            (_point(70), {"class": "city", "name": "Puerto Nuevo"}),
            (_point(71), {"class": "suburb", "name": "El Centro"}),
        ],
    }


def write_pmtiles(path: Path, layers: Layers, zoom: int, around: Bounds = REGION) -> int:
    """Tiles of one zoom; their number."""
    size = 2**zoom
    columns = range(math.floor(world_x(around.west) * size), math.ceil(world_x(around.east) * size))
    rows = range(math.floor(world_y(around.north) * size), math.ceil(world_y(around.south) * size))
    tiles = sorted((zxy_to_tileid(zoom, column, row), column, row) for column in columns for row in rows)
    with path.open("wb") as file:
        writer = Writer(file)
        for number, column, row in tiles:
            writer.write_tile(number, gzip.compress(tile(layers, zoom, column, row), mtime=0))
        header = {"tile_compression": Compression.GZIP, "tile_type": TileType.MVT}
        writer.finalize(header, {"attribution": ATTRIBUTION, "planetiler:osm:osmosisreplicationtime": f"{DAY}T00:00"})
    return len(tiles)


def tile(layers: Layers, zoom: int, column: int, row: int) -> bytes:
    size = 2**zoom
    seen = box(column - BUFFER, row - BUFFER, column + 1 + BUFFER, row + 1 + BUFFER)
    told = []
    for name, features in layers.items():
        cut = [(_in_tiles(shape, size).intersection(seen), tags) for shape, tags in features]
        drawn = [{"geometry": shape, "properties": tags} for shape, tags in cut if not shape.is_empty]
        told.append({"name": name, "features": drawn})
    options = {"quantize_bounds": (column, row, column + 1, row + 1), "y_coord_down": True}
    return bytes(encode(told, default_options=options))


def _in_tiles(shape: BaseGeometry, size: int) -> BaseGeometry:
    """Longitudes are linear; over a town latitudes are nearly so, and here exactly between its corners."""
    south, north = -12.2, -12.0
    a = size / 360
    e = (world_y(north) - world_y(south)) / (north - south) * size
    return affinity.affine_transform(shape, [a, 0, 0, e, size / 2, world_y(south) * size - south * e])


def _way(number: int) -> LineString:
    return LineString([NODES[node] for node in WAYS[number][0]])


def _point(number: int) -> Point:
    return Point(NODES[number])


def _pond() -> Polygon:
    return Polygon([NODES[node] for node in (34, 35, 36)])


def _house() -> Polygon:
    return Polygon([NODES[node] for node in (40, 41, 42, 43)])


def _park() -> MultiPolygon:
    return MultiPolygon([Polygon([NODES[node] for node in (30, 31, 32, 33)], [list(_pond().exterior.coords)])])


def _sea() -> Polygon:
    return Polygon([(-77.2, -12.08), *(NODES[node] for node in (1, 2, 3, 4)), (-77.2, -12.12)])


def packed(tree: dict[str, Any]) -> bytes:
    return gzip.compress(json.dumps(tree).encode(), mtime=0)
