"""Lines and rings cut to a box, thinned and delta-coded: arrays of shape (n, 2), x and y in any unit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]  # least x, least y, greatest x, greatest y


def clip_ring(ring: Points, box: Box) -> Points:
    """What of an open ring lies in the box, as one ring (Sutherland and Hodgman); empty when nothing does."""
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        ring = _clip_side(ring, axis, limit, sign)
        if len(ring) < 3:
            return ring[:0]
    return ring


def _clip_side(ring: Points, axis: int, limit: float, sign: int) -> Points:
    depth = sign * (ring[:, axis] - limit)
    inside = depth >= 0
    if inside.all():
        return ring
    following, depth_after = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    crosses = inside != np.roll(inside, -1)
    share = np.divide(depth, depth - depth_after, out=np.zeros_like(depth), where=crosses)
    crossing = ring + share[:, None] * (following - ring)
    crossing[:, axis] = limit
    # every point may be followed by the point where its edge leaves or enters
    both = np.stack((ring, crossing), axis=1).reshape(-1, 2)
    return both[np.stack((inside, crosses), axis=1).ravel()]


def cut_line(line: Points, box: Box) -> list[Points]:
    """The parts of a line that lie in the box (Liang and Barsky, all steps at once)."""
    start, step = line[:-1], np.diff(line, axis=0)
    enter, leave = np.zeros(len(step)), np.ones(len(step))
    for axis in (0, 1):
        for limit, sign in ((box[axis], 1.0), (box[axis + 2], -1.0)):
            depth, change = sign * (start[:, axis] - limit), sign * step[:, axis]
            with np.errstate(divide="ignore", invalid="ignore"):
                at = -depth / change
            enter = np.where(change > 0, np.maximum(enter, at), enter)
            leave = np.where(change < 0, np.minimum(leave, at), leave)
            leave = np.where((change == 0) & (depth < 0), -1.0, leave)
    chosen = np.flatnonzero(enter < leave)
    a = start[chosen] + enter[chosen, None] * step[chosen]
    # a step that ends in the box ends on its point, to the last digit
    b = np.where(leave[chosen, None] == 1, line[chosen + 1], start[chosen] + leave[chosen, None] * step[chosen])
    joined = (np.diff(chosen) == 1) & (leave[chosen[:-1]] == 1) & (enter[chosen[1:]] == 0)
    ends = [0, *(np.flatnonzero(~joined) + 1), len(chosen)]
    return [np.vstack((a[i:j], b[j - 1 : j])) for i, j in pairwise(ends) if j > i]


def simplified(line: Points, tolerance: float) -> Points:
    """The line without the points that lie within `tolerance` of it (Douglas and Peucker); its ends stay."""
    chosen = np.zeros(len(line), bool)
    chosen[[0, -1]] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        i, j = waiting.pop()
        if j - i < 2:
            continue
        away = _distances(line[i + 1 : j], line[i], line[j])
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = i + 1 + farthest
            chosen[middle] = True
            waiting += [(i, middle), (middle, j)]
    return line[chosen]


def _distances(points: Points, a: Points, b: Points) -> Points:
    along = b - a
    length = float(np.hypot(*along))
    if length == 0:
        return np.hypot(*(points - a).T)
    return np.abs(along[0] * (points[:, 1] - a[1]) - along[1] * (points[:, 0] - a[0])) / length


def gridded(line: Points, scale: float) -> NDArray[np.int64]:
    """The line in whole numbers, without points that fall on the one before."""
    grid = np.rint(line * scale).astype(np.int64)
    moved = np.ones(len(grid), bool)
    moved[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    return grid[moved]


def deltas(grid: NDArray[np.int64]) -> list[int]:
    """x0, y0, dx, dy, dx, dy ..."""
    return np.vstack((grid[:1], np.diff(grid, axis=0))).ravel().tolist()


def area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
