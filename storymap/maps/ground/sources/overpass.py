"""Answers of an Overpass server in JSON, from a file or asked for: `out geom`, or nodes, ways and relations apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import numpy as np
from django.utils.translation import gettext as _

from places.geo import Bounds
from storymap.maps.ground.features import Credit, Ground
from storymap.maps.ground.sources.gathering import OPENSTREETMAP, Gathering, Reading, Say, Wanted, reading_of
from storymap.maps.ground.sources.material import Address, Bytes, CannotReadStreets, Material, beginning, tree_of
from storymap.maps.ground.sources.rings import chained
from storymap.maps.ground.sources.tags import AREAS_BY_TAG, LINES_BY_TAG, NAMES_BY_PLACE, meaning_of
from storymap.maps.topology import Points

NAME = "Overpass"
SERVER_SECONDS = 90  # that the server may take to find the answer
FAR = 13.0  # below this zoom small greens are not seen, and there are too many of them to send
SMALL_GREENS = {"grass", "meadow", "village_green", "allotments", "garden", "playground", "dog_park", "scrub", "heath"}
Element = dict[str, Any]


def knows(material: Material) -> bool:
    start = beginning(material).lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and (b'"elements"' in start or b'"osm3s"' in start)


def is_server(material: Material) -> bool:
    return isinstance(material, Address) and urlsplit(material.name).path.endswith("/interpreter")


def read(material: Material, wanted: Sequence[Wanted], say: Say) -> Reading:
    """A stored answer. Raises CannotReadStreets."""
    return _reading(material.name, tree_of(material), wanted)


def ask(material: Material, wanted: Sequence[Wanted], say: Say) -> Reading:
    """Answers of a server, one for each bounds. Raises CannotReadStreets."""
    grounds: list[Ground] = []
    notes: list[str] = []
    credit = OPENSTREETMAP
    for number, one in enumerate(wanted, start=1):
        say(f"asking the Overpass server, {number} of {len(wanted)}")
        _status, content = cast(Address, material).anew().answer({}, (200,), "?" + urlencode({"data": query(one)}))
        if content.lstrip().startswith(b"<"):  # a page, as other servers send it, and an Overpass server that is ill
            raise CannotReadStreets(
                _("%(name)s: the server sends no JSON but a page. Is it an Overpass server?") % {"name": material.name}
            )
        reading = _reading(material.name, tree_of(Bytes(material.name, content)), [one])
        grounds += reading.grounds
        notes += reading.notes
        credit = reading.credit
    return Reading(tuple(grounds), credit, tuple(notes))


def query(wanted: Wanted) -> str:
    """In Overpass QL: the ways, areas and names of the wanted kinds that touch the bounds, with their geometries."""
    asked = []
    unseen = SMALL_GREENS if wanted.zoom < FAR else set()
    for element, table in (
        ("way", LINES_BY_TAG),
        ("way", AREAS_BY_TAG),
        ('relation["type"="multipolygon"]', AREAS_BY_TAG),
    ):
        for key, kinds in table.items():
            if values := "|".join(
                value for value, kind in kinds.items() if kind in wanted.kinds and value not in unseen
            ):
                asked.append(f'{element}["{key}"~"^({values})$"]')
    if "building" in wanted.kinds:
        asked += ['way["building"]', 'relation["type"="multipolygon"]["building"]']
    if "sea" in wanted.kinds:
        asked.append('way["natural"="coastline"]')
    if places := "|".join(place for place, (kind, _rank) in NAMES_BY_PLACE.items() if kind in wanted.kinds):
        asked += [f'node["place"~"^({places})$"]', 'way["place"="square"]']
    parts = "".join(f"{part}({area});" for area in _areas(wanted.bounds) for part in asked)
    return f"[out:json][timeout:{SERVER_SECONDS}];({parts});out geom;"


def _areas(bounds: Bounds) -> list[str]:
    """South, west, north, east; two where the bounds cross the antimeridian."""
    west, east = ((lng + 180) % 360 - 180 for lng in (bounds.west, bounds.east))
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return [f"{bounds.south:.6f},{start:.6f},{bounds.north:.6f},{end:.6f}" for start, end in spans]


def _reading(name: str, tree: Any, wanted: Sequence[Wanted]) -> Reading:
    elements = tree.get("elements") if isinstance(tree, dict) else None
    if not isinstance(elements, list):
        raise CannotReadStreets(_("%(name)s: an answer of Overpass has “elements”.") % {"name": name})
    if remark := tree.get("remark"):  # of an answer that is not complete
        raise CannotReadStreets(_("%(name)s: the server says “%(remark)s”.") % {"name": name, "remark": remark})
    gatherings = [Gathering(one) for one in wanted]
    answer = _Answer(gatherings)
    for take in (answer.keep, answer.add):
        for number, element in enumerate(elements, start=1):
            try:
                take(element)
            except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
                said = {"name": name, "number": number}
                raise CannotReadStreets(_("%(name)s: element %(number)d cannot be understood.") % said) from None
    return reading_of(gatherings, _credit(tree))


def _credit(tree: dict[str, Any]) -> Credit:
    """The day of the data, as the server says it."""
    stated = tree.get("osm3s")
    moment = stated.get("timestamp_osm_base", "") if isinstance(stated, dict) else ""
    return replace(OPENSTREETMAP, date=str(moment)[:10])


class _Answer:
    """Elements, and those that others are made of by their numbers: all are read before the first is added."""

    def __init__(self, gatherings: list[Gathering]) -> None:
        self.gatherings = gatherings
        self.nodes: dict[int, tuple[float, float]] = {}
        self.ways: dict[int, Element] = {}
        self._add: dict[str, Callable[[Element, dict[str, str]], None]] = {
            "node": self._add_node,
            "way": self._add_way,
            "relation": self._add_relation,
        }

    def keep(self, element: Element) -> None:
        if element["type"] == "node":
            self.nodes[element["id"]] = element["lon"], element["lat"]
        elif element["type"] == "way":
            self.ways[element["id"]] = element

    def add(self, element: Element) -> None:
        tags = element.get("tags") or {}
        add = self._add.get(element["type"])
        if tags and add:
            add(element, tags)

    def _add_node(self, element: Element, tags: dict[str, str]) -> None:
        for gathering in self.gatherings:
            gathering.add_point(tags, _located([(element["lon"], element["lat"])]))

    def _add_way(self, element: Element, tags: dict[str, str]) -> None:
        for points in self._pieces(element):
            for gathering in self.gatherings:
                gathering.add_way(tags, points)

    def _add_relation(self, element: Element, tags: dict[str, str]) -> None:
        meaning = meaning_of(tags)
        if tags.get("type") != "multipolygon" or not (meaning.area or meaning.name):
            return
        members = [member for member in element.get("members") or () if member.get("type") == "way"]
        pieces = (
            piece
            for member in members
            for piece in self._pieces(member if "geometry" in member else self.ways.get(member["ref"], {}))
        )
        rings = chained(pieces, directed=False).closed
        for gathering in self.gatherings:
            gathering.add_multipolygon(tags, rings)

    def _pieces(self, way: Element) -> Iterator[Points]:
        """A way's parts that are known: points outside of what was asked may be missing."""
        if "geometry" in way:
            places = [(at["lon"], at["lat"]) if at is not None else None for at in way["geometry"]]
        else:
            places = [self.nodes.get(node) for node in way.get("nodes") or ()]
        part: list[tuple[float, float]] = []
        for place in (*places, None):
            if place is not None:
                part.append(place)
            else:
                if len(part) > 1:
                    yield _located(part)
                part = []


def _located(places: list[tuple[float, float]]) -> Points:
    points = np.array(places, float)
    if not (np.isfinite(points).all() and (abs(points) <= (180, 90)).all()):
        raise ValueError("a position lies outside the globe")
    return points
