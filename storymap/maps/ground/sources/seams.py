"""Areas that tiles have cut, put together again: without it a shore would be drawn along every edge of a tile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np

from storymap.maps.ground.sources.rings import areas_of, chained
from storymap.maps.ground.sources.vector_tiles import GRID
from storymap.maps.topology import Box, Points, clip_ring

NEAR = 3.0  # units by which two tiles may differ about the same point

Edge = tuple[int, float]  # an edge of tiles: which coordinate is the same along it, and its value
Span = tuple[float, float, int]  # along an edge: from, to, and the direction in which it is walked


@dataclass
class Part:
    """An area as one tile has it, in units of the whole grid, cut at the edges of the tile; its rings are open."""

    paths: list[Points] = field(default_factory=list)  # away from the edges of the tile
    rings: list[Points] = field(default_factory=list)  # that do not touch them at all
    spans: dict[Edge, list[Span]] = field(default_factory=dict)


def part_of(rings: Sequence[Points], tile: Box) -> Part:
    """Directed rings, the outer one and its holes in opposite directions, as far as they lie in the tile."""
    part = Part()
    walked: defaultdict[Edge, list[Span]] = defaultdict(list)
    for ring in rings:
        cut = np.rint(clip_ring(ring, tile))
        if len(cut) > 2:
            _take_apart(cut, part, walked)
    part.spans = {edge: net for edge, spans in walked.items() if (net := _net(spans))}
    return part


def united(parts: Sequence[Part]) -> Iterator[tuple[Points, ...]]:
    """Areas, the outer ring first: parts that continue each other across an edge are one."""
    for together in _groups(parts):
        pieces = [path for part in together for path in part.paths]
        spans: defaultdict[Edge, list[Span]] = defaultdict(list)
        for part in together:
            for edge, walked in part.spans.items():
                spans[edge] += walked
        pieces += [_line(edge, span) for edge, walked in spans.items() for span in _net(walked)]
        rings = chained(pieces, directed=True).closed + [ring for part in together for ring in part.rings]
        yield from areas_of([ring for ring in rings if len(ring) > 2])


def _take_apart(ring: Points, part: Part, walked: dict[Edge, list[Span]]) -> None:
    """A ring as paths between edges, and as spans along them."""
    after = np.roll(ring, -1, axis=0)
    on_edge = (ring == after) & (ring % GRID == 0)  # by coordinate: both ends lie on the same edge
    along = on_edge.any(axis=1)
    if not along.any():
        part.rings.append(ring)
        return
    for n in np.flatnonzero(along).tolist():
        axis = 0 if on_edge[n, 0] else 1
        start, end = float(ring[n, 1 - axis]), float(after[n, 1 - axis])
        if start != end:
            low, high = sorted((start, end))
            walked[axis, float(ring[n, axis])].append((low, high, 1 if end > start else -1))
    first = int(np.flatnonzero(along)[0]) + 1
    path: list[Points] = []
    for n in [(first + step) % len(ring) for step in range(len(ring))]:
        path.append(ring[n])
        if along[n]:
            if len(path) > 1:
                part.paths.append(np.array(path))
            path = []


def _net(spans: Sequence[Span]) -> list[Span]:
    """What is left when ways there and back along one edge are taken from each other."""
    change: defaultdict[float, int] = defaultdict(int)
    for low, high, direction in spans:
        change[low] += direction
        change[high] -= direction
    net: list[Span] = []
    level, start = 0, 0.0
    for place in sorted(change):
        if level:
            sign = 1 if level > 0 else -1
            net += [(start, place, sign)] * abs(level)
        level, start = level + change[place], place
    return net


def _line(edge: Edge, span: Span) -> Points:
    low, high, direction = span
    places = np.array([low, high] if direction > 0 else [high, low])
    same = np.full(2, edge[1])
    return np.column_stack((same, places) if edge[0] == 0 else (places, same))


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts with equal spans on the two sides of an edge belong together."""
    leader = list(range(len(parts)))

    def leading(n: int) -> int:
        while leader[n] != n:
            n = leader[n]
        return n

    for n, m in _neighbours(parts):
        leader[leading(n)] = leading(m)
    together: defaultdict[int, list[Part]] = defaultdict(list)
    for n, part in enumerate(parts):
        together[leading(n)].append(part)
    yield from together.values()


def _neighbours(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    meeting: defaultdict[Edge, list[tuple[Span, int]]] = defaultdict(list)
    for n, part in enumerate(parts):
        for edge, spans in part.spans.items():
            meeting[edge] += [(span, n) for span in spans]
    for met in meeting.values():
        met.sort()
        for place, (span, n) in enumerate(met):
            near = takewhile(lambda other: other[0][0] <= span[0] + NEAR, met[place + 1 :])  # noqa: B023  at once
            yield from ((n, m) for other, m in near if other[2] != span[2] and abs(other[1] - span[1]) <= NEAR)
