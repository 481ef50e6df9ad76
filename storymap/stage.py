"""A picture as the stage of a chapter: where things are on it, and what its stored files are called. Pure.

Positions are fractions of the picture's width and height, from the left and from the top: [0, 0] is the upper left
corner, [1, 1] the lower right one. They stay right when the picture comes again in another size.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

TILE = 512  # pixels of a tile's side
At = tuple[float, float]
Size = tuple[int, int]
LEAST = {"point": 1, "line": 2, "area": 3}  # points of each kind of spot
_NAME = re.compile(r"([0-9a-f]{32})-full-([1-9][0-9]{0,5})x([1-9][0-9]{0,5})\.(jpg|png|webp)")


def _check(*numbers: float) -> None:
    for number in numbers:
        if not 0 <= number <= 1:
            raise ValueError(f"lies beside its picture: each number is a fraction from 0 to 1, not {number:g}")


@dataclass(frozen=True)
class Spot:
    """Where on its chapter's picture a moment happened: one point, a line, or an area by its outline."""

    kind: Literal["point", "line", "area"]
    points: tuple[At, ...]

    def __post_init__(self) -> None:
        for point in self.points:
            _check(*point)
        least = LEAST[self.kind]
        if len(self.points) < least or (self.kind == "point" and len(self.points) > 1):
            raise ValueError(
                f"a spot of the kind {self.kind!r} has {least} {'point' if least == 1 else 'or more points'}"
            )

    def anchor(self, size: Size) -> At:
        """Where its pin stands on a picture of that size: half way along a line, within an area."""
        if self.kind == "point":
            return self.points[0]
        return _half_way(self.points, size) if self.kind == "line" else _within(self.points)


@dataclass(frozen=True)
class Frame:
    """The part of a picture that is shown: a camera. What is outside may be seen where the window has another shape."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        _check(self.left, self.top, self.right, self.bottom)
        if not (self.left < self.right and self.top < self.bottom):
            raise ValueError("a frame's left must be less than its right, and its top less than its bottom")


WHOLE = Frame(0, 0, 1, 1)


def _half_way(points: tuple[At, ...], size: Size) -> At:
    lengths = [math.hypot((b[0] - a[0]) * size[0], (b[1] - a[1]) * size[1]) for a, b in pairwise(points)]
    left = sum(lengths) / 2
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if length and left <= length:
            share = left / length
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= length
    return points[0]


def _within(ring: tuple[At, ...]) -> At:
    """The centre of gravity; where that lies outside, the middle of the widest stretch inside at its height."""
    sides = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in sides]
    doubled = sum(crosses)
    if abs(doubled) < 1e-12:
        return ring[0]
    x, y = (sum((a[k] + b[k]) * c for (a, b), c in zip(sides, crosses, strict=True)) / (3 * doubled) for k in (0, 1))
    met = sorted(a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in sides if (a[1] > y) != (b[1] > y))
    inside = list(zip(met[::2], met[1::2], strict=False))
    if not inside or any(start <= x <= end for start, end in inside):
        return x, y
    start, end = max(inside, key=lambda stretch: stretch[1] - stretch[0])
    return (start + end) / 2, y


def original_name(key: str, size: Size, ending: str) -> str:
    """Of the stored original; `key` is the beginning of its digest."""
    return f"{key}-full-{size[0]}x{size[1]}.{ending}"


def size_in(name: str) -> Size | None:
    """Width and height in pixels; None where it is not the name of a stored original."""
    found = _NAME.fullmatch(name)
    return (int(found[2]), int(found[3])) if found else None


def halvings(size: Size) -> int:
    """How often a picture is halved until it is a single tile: its levels, beside the full size."""
    return max(0, math.ceil(math.log2(max(size) / TILE)))


def size_at(size: Size, halved: int) -> Size:
    """Of the level that has been halved so often."""
    return math.ceil(size[0] / 2**halved), math.ceil(size[1] / 2**halved)


@dataclass(frozen=True)
class Tile:
    """One stored tile: which level, counted in halvings of the full size, which column and row from the upper left."""

    halved: int
    column: int
    row: int

    def name(self, original: str) -> str:
        return f"{tiles_prefix(original)}{self.halved}-{self.column}-{self.row}.webp"


def tiles_prefix(original: str) -> str:
    """What the names of all tiles of an original begin with."""
    return f"{original[:32]}-"


def tiles_of(size: Size) -> Iterator[Tile]:
    """All tiles, level by level from the full size on."""
    for halved in range(halvings(size) + 1):
        width, height = size_at(size, halved)
        for row in range(math.ceil(height / TILE)):
            for column in range(math.ceil(width / TILE)):
                yield Tile(halved, column, row)
