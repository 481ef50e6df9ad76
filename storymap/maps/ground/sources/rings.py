"""Pieces of lines put together to rings, and rings to areas with holes. All points as (n, 2) arrays in one plane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from storymap.maps.topology import Points, area, crossings

TRIES = 5  # points of a ring that are asked whether they lie in another: rings may touch

End = tuple[float, float]


@dataclass(frozen=True)
class Chains:
    closed: list[Points]  # open rings: the first point is not repeated
    loose: list[Points]  # their ends meet nothing


def chained(pieces: Iterable[Points], *, directed: bool) -> Chains:
    """Pieces whose ends meet as one. Directed pieces keep their direction, and join an end to a beginning only."""
    lines = [piece for piece in pieces if len(piece) > 1]
    at: defaultdict[End, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        at[_end(line, 0)].append(number)
        if not directed:
            at[_end(line, -1)].append(number)
    used = [False] * len(lines)
    found = Chains([], [])
    starts = {_end(line, 0) for line in lines} - {_end(line, -1) for line in lines} if directed else set()
    order = sorted(range(len(lines)), key=lambda number: _end(lines[number], 0) not in starts)  # loose beginnings first
    for number in order:
        if not used[number]:
            chain = _grown(number, lines, at, used)
            if not directed and _end(chain, 0) != _end(chain, -1):
                chain = _grown_on(chain[::-1], lines, at, used)
            if _end(chain, 0) == _end(chain, -1):
                found.closed.append(chain[:-1])
            else:
                found.loose.append(chain)
    return found


def _grown(number: int, lines: list[Points], at: dict[End, list[int]], used: list[bool]) -> Points:
    used[number] = True
    return _grown_on(lines[number], lines, at, used)


def _grown_on(chain: Points, lines: list[Points], at: dict[End, list[int]], used: list[bool]) -> Points:
    parts, first, last = [chain], _end(chain, 0), _end(chain, -1)
    while last != first and (more := next((n for n in at.get(last, ()) if not used[n]), None)) is not None:
        used[more] = True
        line = lines[more] if _end(lines[more], 0) == last else lines[more][::-1]
        parts.append(line[1:])
        last = _end(line, -1)
    return np.vstack(parts)


def _end(line: Points, index: int) -> End:
    return float(line[index, 0]), float(line[index, 1])


def areas_of(rings: Sequence[Points]) -> list[tuple[Points, ...]]:
    """Rings as areas, the outer ring first: what lies within an even number of others is outer, else it is a hole.

    Roles that a file gives to its rings are not needed, and not trusted.
    """
    sizes = [area(ring) for ring in rings]
    order = sorted((n for n in range(len(rings)) if len(rings[n]) > 2), key=lambda n: -sizes[n])
    boxes = np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in rings]) if len(rings) else np.empty((0, 4))
    around: dict[int, list[int]] = {}
    for place, n in enumerate(order):
        larger = np.array(order[:place], int)
        near = larger[(boxes[larger, :2] <= boxes[n, :2]).all(axis=1) & (boxes[larger, 2:] >= boxes[n, 2:]).all(axis=1)]
        around[n] = [int(m) for m in near if lies_in(rings[n], rings[int(m)])]
    holes: defaultdict[int, list[int]] = defaultdict(list)
    for n, others in around.items():
        if len(others) % 2:
            holes[min(others, key=lambda m: sizes[m])].append(n)
    return [(rings[n], *(rings[m] for m in holes[n])) for n, others in around.items() if len(others) % 2 == 0]


def lies_in(ring: Points, other: Points) -> bool:
    """Whether a ring lies in another that it does not cross, though it may touch it."""
    middles = (ring + np.roll(ring, -1, axis=0)) / 2
    chosen = middles[:: max(1, len(middles) // TRIES)][:TRIES]
    return sum(is_inside(point, other) for point in chosen) * 2 > len(chosen)


def is_inside(point: Points, ring: Points) -> bool:
    """By the even-odd rule."""
    return bool((crossings(ring, float(point[1])) > float(point[0])).sum() % 2)


def is_counterclockwise(ring: Points) -> bool:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) > 0


def box_of(points: Points) -> tuple[float, float, float, float]:
    """Least x, least y, greatest x, greatest y."""
    low, high = points.min(axis=0), points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
