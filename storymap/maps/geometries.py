"""Geometries as RFC 7946 wants them: [longitude, latitude], cut at the antimeridian, turned, bounded."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

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


def oriented_ring(ring: list[Position], *, anticlockwise: bool) -> list[Position]:
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


DECIMALS = 7  # about a centimetre
Geometry = dict[str, Any]
Box = tuple[float, float, float, float]  # west, south, east, north; never across the antimeridian


def point(at: Sequence[float]) -> Geometry:
    return {"type": "Point", "coordinates": _position(at)}


def points(positions: Iterable[Sequence[float]]) -> Geometry:
    return {"type": "MultiPoint", "coordinates": [_position(at) for at in positions]}


def lines(given: Iterable[Iterable[Sequence[float]]]) -> Geometry:
    """Lines that may run on across the antimeridian, cut there (RFC 7946, 3.1.9)."""
    parts = [[_edge(at) for at in part] for line in given for part in cut_line(unwrapped_line(line))]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def polygons(given: Iterable[Sequence[Any]]) -> Geometry:
    """Cut at the antimeridian; outer rings anticlockwise, holes clockwise (RFC 7946, 3.1.6 and 3.1.9)."""
    parts: list[list[list[list[float]]]] = []
    for rings in given:
        outer, *holes = (unwrapped_line(ring) for ring in rings)
        near = outer[0][0]
        for here, shell in cut_ring(outer):
            cut = (part for ring in holes for part in cut_ring(unwrapped_line(ring, near)))
            inside = [_ring(hole, anticlockwise=False) for turn, hole in cut if turn == here]
            parts.append([_ring(shell, anticlockwise=True), *inside])
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def shape(kind: str, coordinates: Any) -> Geometry:
    """Any geometry of an author's, but a collection, made to follow the standard; heights are dropped."""
    if kind in ("Polygon", "MultiPolygon"):
        return polygons([coordinates] if kind == "Polygon" else coordinates)
    if kind in ("LineString", "MultiLineString"):
        return lines([coordinates] if kind == "LineString" else coordinates)
    return point(coordinates) if kind == "Point" else points(coordinates)


def boxes(geometry: Geometry | None) -> Iterator[Box]:
    """Small boxes that together hold the geometry: one for each point, each step of a line, each polygon."""
    for part in _parts(geometry):
        lngs, lats = [at[0] for at in part], [at[1] for at in part]
        yield min(lngs), min(lats), max(lngs), max(lats)


def bbox(parts: Iterable[Box]) -> list[float] | None:
    """The smallest extent as [west, south, east, north], with west > east across the antimeridian (RFC 7946, 5.2).

    None where there are no parts.
    """
    held = sorted(parts)
    if not held:
        return None
    west, east = _round_the_globe([(box[0], box[2]) for box in held])
    return [west, min(box[1] for box in held), east, max(box[3] for box in held)]


def _round_the_globe(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """West and east of sorted spans of longitude: all but the widest stretch that none of them covers."""
    gaps, reached = [], spans[0][1]
    for west, east in spans[1:]:
        if west > reached:
            gaps.append((west - reached, west, reached))
        reached = max(reached, east)
    around = (spans[0][0] + 360 - reached, spans[0][0], reached)  # chosen when no other is wider
    _width, west, east = max([around, *gaps], key=lambda gap: gap[0])
    return west, east


def _parts(geometry: Geometry | None) -> Iterator[Sequence[Sequence[float]]]:
    kind, coordinates = (geometry["type"], geometry["coordinates"]) if geometry else ("", [])
    if kind == "Point":
        yield [coordinates]
    elif kind == "MultiPoint":
        yield from ([at] for at in coordinates)
    elif kind in ("LineString", "MultiLineString"):
        for line in [coordinates] if kind == "LineString" else coordinates:
            yield from pairwise(line)
    elif kind in ("Polygon", "MultiPolygon"):
        for rings in [coordinates] if kind == "Polygon" else coordinates:
            yield rings[0]


def _ring(ring: list[Position], *, anticlockwise: bool) -> list[list[float]]:
    closed = oriented_ring(ring, anticlockwise=anticlockwise)
    return [_edge(point) for point in (*closed, closed[0])]


def _position(point: Sequence[float]) -> list[float]:
    """Longitude, latitude within the globe: 180 stays 180, so that a line cut there keeps its side."""
    lng, lat = float(point[0]), float(point[1])
    return _edge((lng if -180 <= lng <= 180 else (lng + 180) % 360 - 180, lat))


def _edge(point: Position) -> list[float]:
    return [round(point[0], DECIMALS) + 0.0, round(point[1], DECIMALS) + 0.0]  # + 0.0 turns -0.0 into 0.0
