"""Lines and rings of (longitude, latitude) that meet the antimeridian: unwrapped, cut there, turned."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from places.geo import unwrapped

Position = tuple[float, float]  # longitude, latitude


def unwrapped_line(line: Iterable[Sequence[float]], near: float | None = None) -> list[Position]:
    """The line without steps over more than half the globe (so it may leave -180 to 180), without heights."""
    out: list[Position] = []
    for point in line:
        before = out[-1][0] if out else near
        out.append((point[0] if before is None else unwrapped(point[0], before), point[1]))
    return out


def cut_line(line: list[Position]) -> list[list[Position]]:
    """The parts of an unwrapped line between the antimeridians it crosses, each moved into -180 to 180."""
    parts: list[list[Position]] = []
    part: list[Position] = []
    for a, b in pairwise(line):
        stations = [a, *_crossings(a, b), b]
        for start, end in pairwise(stations):
            turn = _turn((start[0] + end[0]) / 2)
            moved = [(_on_globe(lng - turn), lat) for lng, lat in (start, end)]
            if part and part[-1] == moved[0]:
                part.append(moved[1])
            else:
                part = moved
                parts.append(part)
    return parts


def cut_ring(ring: list[Position]) -> list[tuple[float, list[Position]]]:
    """The parts of an unwrapped ring, open (no repeated point), each with the turn taken off it."""
    open_ring = ring[:-1] if ring[0] == ring[-1] else ring
    turns = range(int(_turn(min(p[0] for p in ring))), int(_turn(max(p[0] for p in ring))) + 1, 360)
    parts: list[tuple[float, list[Position]]] = []
    for turn in turns:
        inside = _clipped(_clipped(open_ring, turn - 180, above=True), turn + 180, above=False)
        if len(inside) > 2 and abs(_area(inside)) > 0:
            parts.append((turn, [(lng - turn, lat) for lng, lat in inside]))
    return parts


def turned(ring: list[Position], *, anticlockwise: bool) -> list[Position]:
    return ring if (_area(ring) > 0) == anticlockwise else ring[::-1]


def _turn(lng: float) -> float:
    """The multiple of 360 to take away so that the longitude lies within -180 to 180."""
    return 360.0 * math.floor((lng + 180) / 360)


def _on_globe(lng: float) -> float:
    """A hair's breadth beyond the antimeridian, for want of digits, is on it."""
    return max(-180.0, min(180.0, lng))


def _crossings(a: Position, b: Position) -> list[Position]:
    low, high = sorted((a[0], b[0]))
    first = math.floor((low + 180) / 360)
    meridians = [m for m in (360 * n - 180 for n in range(first, first + 3)) if low < m < high]
    crossings = [(float(m), a[1] + (b[1] - a[1]) * (m - a[0]) / (b[0] - a[0])) for m in meridians]
    return sorted(crossings, reverse=a[0] > b[0])


def _clipped(ring: list[Position], meridian: float, *, above: bool) -> list[Position]:
    """What lies east (above) or west of a meridian: Sutherland and Hodgman's way, one edge of it."""
    out: list[Position] = []
    for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        a_in, b_in = (a[0] >= meridian, b[0] >= meridian) if above else (a[0] <= meridian, b[0] <= meridian)
        if a_in:
            out.append(a)
        if a_in != b_in:
            out.append((meridian, a[1] + (b[1] - a[1]) * (meridian - a[0]) / (b[0] - a[0])))
    return out


def _area(ring: list[Position]) -> float:
    """Twice the area in square degrees; above 0 when the ring runs anticlockwise."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)
