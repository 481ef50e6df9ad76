"""Pieces of one street joined where they meet, so that it is one line along which its name has room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from storymap.maps.topology import Points

SHARPEST = -0.5  # cosine of the turn at which one street still goes on: 60 degrees
End = tuple[int, bool]  # the number of a piece, and whether its last point is meant


def joined(pieces: Iterable[Points]) -> list[Points]:
    """Lines of the pieces: where several meet in one step of the grid, the straightest pairs go on."""
    lines = [piece for piece in pieces if len(piece) > 1]
    partner = _partners(lines)
    done: set[int] = set()
    whole: list[Points] = []
    # first the lines that have an end, then what is left: rings
    starts = [(n, last) for n in range(len(lines)) for last in (False, True) if (n, last) not in partner]
    for start in [*starts, *((n, False) for n in range(len(lines)))]:
        if start[0] not in done:
            whole.append(_walked(lines, partner, start, done))
    return whole


def _partners(lines: list[Points]) -> dict[End, End]:
    meeting: dict[tuple[int, int], list[End]] = defaultdict(list)
    for n, line in enumerate(lines):
        meeting[_key(line[0])].append((n, False))
        meeting[_key(line[-1])].append((n, True))
    partner: dict[End, End] = {}
    for ends in meeting.values():
        turns = sorted(
            (float(_away(lines, a) @ _away(lines, b)), a, b)
            for i, a in enumerate(ends)
            for b in ends[:i]
            if a[0] != b[0]
        )
        for turn, a, b in turns:
            if turn < SHARPEST and a not in partner and b not in partner:
                partner[a], partner[b] = b, a
    return partner


def _key(point: Points) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


def _away(lines: list[Points], end: End) -> Points:
    """The direction in which a piece leaves one of its ends, one unit long."""
    line = lines[end[0]]
    step = line[-2] - line[-1] if end[1] else line[1] - line[0]
    return step / max(float(np.hypot(*step)), 1e-9)


def _walked(lines: list[Points], partner: dict[End, End], start: End, done: set[int]) -> Points:
    parts: list[Points] = []
    end: End | None = start
    while end is not None and end[0] not in done:
        n, backwards = end
        done.add(n)
        part = lines[n][::-1] if backwards else lines[n]
        parts.append(part[1:] if parts else part)
        end = partner.get((n, not backwards))
    return np.concatenate(parts)
