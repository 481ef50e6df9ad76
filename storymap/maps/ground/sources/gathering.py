"""What a source is asked for, and what it has found: features of the kinds that are wanted, within the bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from places.geo import Bounds, LatLng
from storymap.maps.ground.features import AREAS, LINES, NAMES, Area, Credit, Ground, Line, Name
from storymap.maps.ground.sources.coast import sea_within
from storymap.maps.ground.sources.rings import areas_of, box_of, is_inside
from storymap.maps.ground.sources.tags import Tags, is_coast, meaning_of
from storymap.maps.topology import Box, Points

OPENSTREETMAP = Credit("© OpenStreetMap contributors", "ODbL-1.0", "https://www.openstreetmap.org/copyright")
EVERYTHING = frozenset((*AREAS, *LINES, *NAMES))

Say = Callable[[str], None]  # how far it is, for whoever waits


@dataclass(frozen=True)
class Wanted:
    bounds: Bounds
    kinds: frozenset[str] = EVERYTHING
    zoom: int = 18  # the closest at which it is looked at

    @property
    def box(self) -> Box:
        return self.bounds.edges


@dataclass(frozen=True)
class Reading:
    """One ground for each Wanted, in their order; `credit` is what the source says of itself, empty where nothing."""

    grounds: tuple[Ground, ...]
    credit: Credit
    notes: tuple[str, ...] = ()  # what whoever cuts should know
    held: Box | None = None  # round all lines and areas that the source was seen to hold, whatever their tags


class Gathering:
    """Takes features as a source has them, and keeps what is wanted of them for one bounds."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.areas: list[Area] = []
        self.lines: list[Line] = []
        self.names: list[Name] = []
        self.coast: list[Points] = []
        self.held: Box | None = None  # round all lines and areas that were offered
        self._middle = wanted.bounds.center.lng

    def touches(self, points: Points) -> bool:
        return meet(box_of(self._here(points)), self.wanted.box)

    def add_way(self, tags: Tags, points: Points) -> None:
        """A way of OpenStreetMap: a line, or, where it is closed and its tags say so, an area."""
        points = self._here(points)
        if len(points) < 2 or not self._lies_here(points):
            return
        if is_coast(tags):
            self.coast.append(points)
        meaning = meaning_of(tags)
        is_closed = len(points) > 3 and bool((points[0] == points[-1]).all())
        if is_closed and meaning.area:
            self.add_area(meaning.area, (points[:-1],), tags.get("name", ""))
        elif meaning.line:
            self.add_line(meaning.line, points, tags.get("name", ""))
        if is_closed and meaning.name:
            self._letter(meaning.name, (points[:-1],), tags.get("name", ""), meaning.rank)

    def add_multipolygon(self, tags: Tags, rings: Sequence[Points]) -> None:
        """Open rings of a relation, outer and inner in any order."""
        meaning = meaning_of(tags)
        for parts in areas_of([ring for ring in map(self._here, rings) if self._lies_here(ring)]):
            if meaning.area:
                self.add_area(meaning.area, parts, tags.get("name", ""))
            if meaning.name:
                self._letter(meaning.name, parts, tags.get("name", ""), meaning.rank)

    def add_point(self, tags: Tags, at: Points) -> None:
        if (meaning := meaning_of(tags)).name:
            self.add_name(meaning.name, at, tags.get("name", ""), meaning.rank)

    def add_line(self, kind: str, points: Points, name: str = "") -> None:
        points = self._here(points)
        if len(points) > 1 and self._lies_here(points) and kind in self.wanted.kinds:
            self.lines.append(Line(kind, points, name.strip()))

    def add_area(self, kind: str, rings: Sequence[Points], name: str = "") -> None:
        rings = [self._here(ring) for ring in rings]
        if not rings or min(map(len, rings)) < 3:
            return
        if self._lies_here(rings[0]) and kind in self.wanted.kinds:
            self.areas.append(Area(kind, tuple(rings), "" if kind == "building" else name.strip()))

    def add_name(self, kind: str, at: Points, text: str, rank: int) -> None:
        at = self._here(np.asarray(at, float).reshape(1, 2))
        if kind in self.wanted.kinds and text.strip() and meet(box_of(at), self.wanted.box):
            self.names.append(Name(text.strip(), kind, LatLng(float(at[0, 1]), float(at[0, 0])), rank))

    def ground(self) -> tuple[Ground, int]:
        """What was gathered, with the sea; and how many coastlines end within the bounds."""
        sea = sea_within(self.coast, self.wanted.bounds)
        seas = tuple(Area("sea", rings) for rings in sea.areas) if "sea" in self.wanted.kinds else ()
        return Ground((*seas, *self.areas), tuple(self.lines), tuple(self.names)), sea.broken

    def _letter(self, kind: str, rings: Sequence[Points], text: str, rank: int) -> None:
        self.add_name(kind, _middle_of(rings, self.wanted.box), text, rank)

    def _lies_here(self, points: Points) -> bool:
        """Notes besides where it lies."""
        box = box_of(points)
        self.held = box_around(self.held, box)
        return meet(box, self.wanted.box)

    def _here(self, points: Points) -> Points:
        """With longitudes as they run on from the bounds, which may cross the antimeridian."""
        turns = round(float(points[0, 0] - self._middle) / 360) if len(points) else 0
        return points - (360 * turns, 0) if turns else points


def reading_of(gatherings: Iterable[Gathering], credit: Credit, notes: Iterable[str] = ()) -> Reading:
    grounds, said = [], list(notes)
    held: Box | None = None
    for gathering in gatherings:
        ground, broken = gathering.ground()
        grounds.append(ground)
        held = box_around(held, gathering.held) if gathering.held else held
        if broken:
            said.append(_("Coastlines that end within the bounds: %(count)d. Is the sea right?") % {"count": broken})
    return Reading(tuple(grounds), credit, tuple(said), held)


def box_around(a: Box | None, b: Box) -> Box:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])) if a else b


def meet(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _middle_of(rings: Sequence[Points], box: Box) -> Points:
    """A point of the area that lies within the box where there is one, near its middle."""
    low, high = np.maximum(rings[0].min(axis=0), box[:2]), np.minimum(rings[0].max(axis=0), box[2:])
    for share in ((0.5, 0.5), (0.5, 0.3), (0.5, 0.7), (0.3, 0.5), (0.7, 0.5)):
        point = low + (high - low) * share
        if is_inside(point, rings[0]) and not any(is_inside(point, hole) for hole in rings[1:]):
            return point
    return (low + high) / 2
