"""Extracts of OpenStreetMap as `.osm.pbf` or XML, read by pyosmium where it is installed (the extra `streets`)."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from storymap.maps.ground.sources.gathering import OPENSTREETMAP, Gathering, Reading, Say, Wanted, reading_of
from storymap.maps.ground.sources.material import CannotReadStreets, File, Material, beginning
from storymap.maps.ground.sources.rings import chained
from storymap.maps.ground.sources.tags import AREAS_BY_TAG, LINES_BY_TAG, meaning_of
from storymap.maps.topology import Points

NAME = "OpenStreetMap (.osm.pbf, .osm)"
KEYS = tuple(dict.fromkeys((*AREAS_BY_TAG, "building", "place")))
SHORES_AND_SQUARES = (("natural", "coastline"), ("place", "square"))
MARGIN = 0.05  # degrees, 5 km: no two nodes of a street or coast are farther apart
BEFORE_POINTS = 9  # bytes of WKB: byte order, type, count
LOCATION = np.dtype([("node", "<u8"), ("lng", "<i4"), ("lat", "<i4")])  # of osmium's file of locations
UNITS = 1e7  # of a location in a degree
AT_ONCE = 4_000_000  # locations that are looked at together: 64 MB
OSMHEADER = b"OSMHeader"
XML = b"<osm "  # as openstreetmap.org exports a small part


def knows(material: Material) -> bool:
    return OSMHEADER in material.part(0, 64) or XML in beginning(material, 512)


def read(material: Material, wanted: Sequence[Wanted], say: Say) -> Reading:
    """Takes four times the file's size of room for temporary files. Raises CannotReadStreets."""
    osmium = _osmium()
    if not isinstance(material, File):
        raise CannotReadStreets(_("%(name)s: download this file first, and name it here.") % {"name": material.name})
    try:
        with TemporaryDirectory() as folder:
            gatherings = [Gathering(one) for one in wanted]
            return _Extract(osmium, str(material.path), Path(folder) / "locations", gatherings, say).reading()
    except (RuntimeError, OSError) as problem:  # of a damaged file, or a full disk
        said = {"name": material.name, "problem": str(problem)}
        raise CannotReadStreets(_("%(name)s: this file cannot be read: %(problem)s.") % said) from None


def _osmium() -> ModuleType:
    try:
        return importlib.import_module("osmium")
    except ImportError:
        said = _("Files of OpenStreetMap need pyosmium: pip install -r requirements-streets.txt.")
        raise CannotReadStreets(said) from None


class _Extract:
    """Whatever can be told in C++ is: most of a file is elsewhere, and Python would take minutes to see it.

    The locations of all nodes go into a file. What has a node near the bounds is read, and besides all larger areas:
    they may lie round the bounds without a node near them.
    """

    def __init__(self, osmium: ModuleType, path: str, locations: Path, gatherings: list[Gathering], say: Say) -> None:
        self.osmium, self.path, self.file, self.gatherings, self.say = osmium, path, locations, gatherings, say
        self.bits = osmium.osm.osm_entity_bits
        self.kinds: frozenset[str] = frozenset().union(*(gathering.wanted.kinds for gathering in gatherings))
        self.wkb = osmium.geom.WKBFactory()
        index = osmium.index.create_map(f"sparse_file_array,{locations}")
        self.locations = osmium.NodeLocationsForWays(index)
        self.locations.ignore_errors()  # of ways that the file has in part
        self.added: set[tuple[Gathering, int]] = set()  # ways

    def reading(self) -> Reading:
        self.say("reading relations")
        relations = list(self._relations())
        self.say("reading nodes")
        self._apply(
            self.bits.NODE, self.locations, self.osmium.filter.KeyFilter("place"), _Handler(node=self._add_node)
        )
        self.say("reading ways")
        self._read_ways()
        self.say("reading areas")
        if tags := _pairs(AREAS_BY_TAG, self.kinds):  # none of buildings: they are small
            self._apply_to_ways(self.gatherings, self.osmium.filter.TagFilter(*tags))
        self._add_relations(relations)
        return reading_of(self.gatherings, replace(OPENSTREETMAP, date=self._day()))

    def _read_ways(self) -> None:
        """By what is wanted: a wide view wants main roads only, a close one everything."""
        by_kinds: defaultdict[frozenset[str], list[Gathering]] = defaultdict(list)
        for gathering in self.gatherings:
            by_kinds[gathering.wanted.kinds].append(gathering)
        for kinds, gatherings in by_kinds.items():
            near = [self._near(gatherings).contains_filter()]
            if "building" not in kinds:
                tags = [*_pairs(LINES_BY_TAG, kinds), *_pairs(AREAS_BY_TAG, kinds), *SHORES_AND_SQUARES]
                near.append(self.osmium.filter.TagFilter(*tags))
            self._apply_to_ways(gatherings, *near)

    def _apply_to_ways(self, gatherings: Sequence[Gathering], *filters: Any) -> None:
        handler = _Handler(way=lambda way: self._add_way(way, gatherings))
        self._apply(self.bits.WAY, *filters, self.locations, handler)

    def _apply(self, entities: Any, *chain: Any) -> None:
        self.osmium.apply(self.osmium.io.Reader(self.path, entities), *chain)

    def _day(self) -> str:
        header = self.osmium.io.Reader(self.path, self.bits.NOTHING).header()
        return str(header.get("osmosis_replication_timestamp", ""))[:10]

    def _relations(self) -> Iterator[tuple[dict[str, str], list[int]]]:
        """Areas of wanted kinds: their tags, and the ways that they are made of."""
        processor = self.osmium.FileProcessor(self.path, self.bits.RELATION)
        for relation in processor.with_filter(self.osmium.filter.KeyFilter(*KEYS)):
            tags = dict(relation.tags)
            meaning = meaning_of(tags)
            if tags.get("type") == "multipolygon" and {meaning.area, meaning.name} & self.kinds:
                yield tags, [member.ref for member in relation.members if member.type == "w"]

    def _add_relations(self, relations: Sequence[tuple[dict[str, str], list[int]]]) -> None:
        points: dict[int, Points] = {}
        near = {way for _gathering, way in self.added}
        relations = [(tags, ways) for tags, ways in relations if "building" not in tags or near & {*ways}]
        if ways := {way for _tags, ways in relations for way in ways}:
            members = self.osmium.filter.IdFilter(ways)
            keep = _Handler(way=lambda way: points.__setitem__(way.id, self._points(way)))
            self._apply(self.bits.WAY, members, self.locations, keep)
        for tags, ways_of in relations:
            rings = chained((points[way] for way in ways_of if way in points), directed=False).closed
            for gathering in self.gatherings:
                gathering.add_multipolygon(tags, rings)

    def _near(self, gatherings: Sequence[Gathering]) -> Any:
        """Tracks the nodes near the bounds."""
        tracker = self.osmium.IdTracker()
        entries = np.memmap(self.file, LOCATION, "r")
        for start in range(0, len(entries), AT_ONCE):
            some = entries[start : start + AT_ONCE]
            for gathering in gatherings:
                for node in some["node"][_is_near(some, gathering)].tolist():
                    tracker.add_node(node)
        return tracker

    def _add_node(self, node: Any) -> None:
        at = np.array([[node.location.lon, node.location.lat]])
        for gathering in self.gatherings:
            gathering.add_point(dict(node.tags), at)

    def _add_way(self, way: Any, gatherings: Sequence[Gathering]) -> None:
        number, points = way.id, self._points(way)
        near = [
            one for one in gatherings if len(points) > 1 and (one, number) not in self.added and one.touches(points)
        ]
        if near:
            tags = dict(way.tags)
            for gathering in near:
                self.added.add((gathering, number))
                gathering.add_way(tags, points)

    def _points(self, way: Any) -> Points:
        """Its nodes as far as the file has them; by C++ where it has them all."""
        try:
            packed = bytes.fromhex(self.wkb.create_linestring(way, self.osmium.geom.ALL))
        except (RuntimeError, self.osmium.InvalidLocationError):
            known = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
            return np.array(known, float).reshape(-1, 2)
        return np.frombuffer(packed, "<f8", offset=BEFORE_POINTS).reshape(-1, 2)


def _pairs(table: dict[str, dict[str, str]], kinds: frozenset[str]) -> list[tuple[str, str]]:
    """Tags that ask for one of the kinds."""
    return [(key, value) for key, values in table.items() for value, kind in values.items() if kind in kinds]


class _Handler:
    """As osmium.apply takes them: what has a method `way` is given ways."""

    def __init__(self, **methods: Callable[[Any], None]) -> None:
        self.__dict__.update(methods)


def _is_near(locations: Any, gathering: Gathering) -> Any:
    west, south, east, north = gathering.wanted.box
    lng, lat = locations["lng"] / UNITS, locations["lat"] / UNITS
    away = (lng - (west + east) / 2 + 180) % 360 - 180
    return (abs(away) <= (east - west) / 2 + MARGIN) & (lat >= south - MARGIN) & (lat <= north + MARGIN)
