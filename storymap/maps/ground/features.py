"""The ground under a story as plain data: what a source of streets yields, and what a basemap extract holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from places.geo import LatLng
from storymap.maps.topology import Points
from storymap.story.extract_head import Credit

__all__ = ["AREAS", "LINES", "NAMES", "Area", "Credit", "Ground", "Line", "Name"]

AREAS = ("sea", "water", "park", "block", "square", "building")
LINES = ("motorway", "main", "local", "path", "rail", "river")  # roads in four weights; a river by its middle line
NAMES = ("city", "district", "square", "water")


@dataclass(frozen=True, eq=False)
class Area:
    kind: str  # one of AREAS
    rings: tuple[Points, ...]  # open or closed, the outer one first; (n, 2) degrees WGS84, longitude first
    name: str = ""

    def __post_init__(self) -> None:
        _one_of("an area", self.kind, AREAS)
        if not self.rings:
            raise ValueError(f"an area of kind {self.kind!r} has no ring")
        for ring in self.rings:
            _positions(f"a ring of kind {self.kind!r}", ring, 3)


@dataclass(frozen=True, eq=False)
class Line:
    kind: str  # one of LINES
    points: Points  # (n, 2) degrees WGS84, longitude first
    name: str = ""

    def __post_init__(self) -> None:
        _one_of("a line", self.kind, LINES)
        _positions(f"a line of kind {self.kind!r}", self.points, 2)


@dataclass(frozen=True)
class Name:
    """A word on the map that belongs to a point."""

    text: str
    kind: str  # one of NAMES
    at: LatLng
    rank: int = 0  # the smaller, the more important

    def __post_init__(self) -> None:
        _one_of("a name", self.kind, NAMES)
        if not self.text:
            raise ValueError(f"a name of kind {self.kind!r} is empty")


@dataclass(frozen=True)
class Ground:
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    names: tuple[Name, ...] = ()


def _one_of(what: str, kind: str, kinds: tuple[str, ...]) -> None:
    if kind not in kinds:
        raise ValueError(f"{what} of the ground is one of {', '.join(kinds)}, not {kind!r}")


def _positions(what: str, points: Points, least: int) -> None:
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < least:
        raise ValueError(f"{what} needs at least {least} pairs of longitude and latitude")
    if not np.isfinite(points).all():
        raise ValueError(f"{what} has a position that is not a number")
