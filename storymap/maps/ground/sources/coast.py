"""Sea from coastlines: OpenStreetMap draws no sea, but lines along the shore with the land on their left."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from places.geo import Bounds
from storymap.maps.ground.sources.rings import chained, is_counterclockwise, is_inside
from storymap.maps.topology import Box, Points, cut_line

SIDES = 4


@dataclass(frozen=True)
class Sea:
    areas: tuple[tuple[Points, ...], ...]  # rings, the outer one first
    broken: int  # lines that end within the bounds: what they bound is not known


def sea_within(coastlines: Iterable[Points], bounds: Bounds) -> Sea:
    """The sea within bounds. No sea where no coastline runs: the lines alone cannot tell open sea from a plain."""
    box = bounds.edges
    chains = chained(coastlines, directed=True)
    across: list[Points] = []  # from edge to edge
    islands: list[Points] = []
    pools: list[Points] = []  # sea with land all round it
    for ring in chains.closed:
        outside = np.flatnonzero(~_within(ring, box))
        if len(outside):
            turned = np.roll(ring, -outside[0], axis=0)
            across += cut_line(np.vstack((turned, turned[:1])), box)
        else:
            (islands if is_counterclockwise(ring) else pools).append(ring)
    broken = 0
    for line in chains.loose:
        parts = cut_line(line, box)
        sound = [part for part in parts if _on_edge(part[0], box) and _on_edge(part[-1], box)]
        broken += len(parts) - len(sound)
        across += sound
    outer = _closed_along_edges(across, box) if across else []
    if islands and not outer:
        outer = [_corners(box)]
    areas = [(ring, *(island for island in islands if is_inside(island[0], ring))) for ring in outer if len(ring) > 2]
    return Sea((*areas, *((pool,) for pool in pools)), broken)


def _within(points: Points, box: Box) -> NDArray[np.bool_]:
    return np.all((points >= box[:2]) & (points <= box[2:]), axis=1)


def _closed_along_edges(lines: list[Points], box: Box) -> list[Points]:
    """With the sea on its right, a line that leaves goes on clockwise along the edge to the next line that enters."""
    starts = [_along(line[0], box) for line in lines]
    ends = [_along(line[-1], box) for line in lines]
    waiting = set(range(len(lines)))
    rings = []
    while waiting:
        first = number = min(waiting)
        parts: list[Points] = []
        while number in waiting:
            waiting.remove(number)
            parts.append(lines[number])
            here = ends[number]
            number = min({*waiting, first}, key=lambda n: (starts[n] - here) % SIDES)
            parts.append(_corners_between(here, starts[number], box))
        rings.append(np.vstack(parts))
    return rings


def _along(point: Points, box: Box) -> float:
    """How far along the edge a point lies, clockwise from the north-western corner: one for each side."""
    west, south, east, north = box
    across, down = (point[0] - west) / (east - west), (north - point[1]) / (north - south)
    sides = {0.0 + across: abs(down), 1.0 + down: abs(1 - across), 3.0 - across: abs(1 - down), 4.0 - down: abs(across)}
    return float(min(sides, key=lambda place: sides[place])) % SIDES


def _on_edge(point: Points, box: Box) -> bool:
    near = 1e-9 * max(box[2] - box[0], box[3] - box[1])
    return bool((np.abs(np.tile(point, 2) - box) <= near).any())


def _corners(box: Box) -> Points:
    west, south, east, north = box
    return np.array([(west, north), (east, north), (east, south), (west, south)])


def _corners_between(start: float, end: float, box: Box) -> Points:
    """The corners passed clockwise from one place of the edge to the other."""
    stop = end if end >= start else end + SIDES
    passed = range(math.floor(start) + 1, math.ceil(stop))
    return _corners(box)[[corner % SIDES for corner in passed]]
