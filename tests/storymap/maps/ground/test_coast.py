"""The sea is on the right of a coastline, whatever of it lies within the bounds."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from places.geo import Bounds
from storymap.maps.ground.sources.coast import sea_within
from storymap.maps.ground.sources.rings import areas_of, chained, is_inside
from storymap.maps.topology import Points

BOX = Bounds(0, 0, 10, 10)
CASES = {  # lines, points in the sea, points on land
    "nothing": ([], [], [(5, 5)]),
    "a shore from north to south": ([[(5, 11), (5, -1)]], [(4, 5), (0.1, 0.1), (0.1, 9.9)], [(6, 5)]),
    "a shore from south to north": ([[(5, -1), (5, 11)]], [(6, 5), (9.9, 0.1)], [(4, 5)]),
    "in two pieces, the second first": ([[(5, 5), (5, -1)], [(5, 11), (5, 5)]], [(4, 5)], [(6, 5)]),
    "a corner": ([[(-1, 8), (2, 11)]], [(5, 5), (9, 1)], [(0.5, 9.8)]),
    "the other side of a corner": ([[(2, 11), (-1, 8)]], [(0.5, 9.8)], [(5, 5)]),
    "a strait": ([[(3, -1), (3, 11)], [(7, 11), (7, -1)]], [(5, 5)], [(1, 5), (9, 5)]),
    "two shores and land between": ([[(3, 11), (3, -1)], [(7, -1), (7, 11)]], [(1, 5), (9, 5)], [(5, 5)]),
    "an island": ([[(4, 4), (6, 4), (6, 6), (4, 6), (4, 4)]], [(1, 1), (9, 9)], [(5, 5)]),
    "a pool": ([[(4, 4), (4, 6), (6, 6), (6, 4), (4, 4)]], [(5, 5)], [(1, 1)]),
    "an island before a shore": (
        [[(8, 11), (8, -1)], [(4, 4), (6, 4), (6, 6), (4, 6), (4, 4)]],
        [(1, 1), (7, 5)],
        [(5, 5), (9, 5)],
    ),
    "a bay": ([[(11, 8), (3, 8), (3, 2), (11, 2)]], [(5, 9), (1, 5), (5, 1)], [(5, 5)]),
}


def is_sea(point: tuple[float, float], areas: tuple[tuple[Points, ...], ...]) -> bool:
    return any(sum(is_inside(np.array(point), ring) for ring in rings) % 2 for rings in areas)


@pytest.mark.parametrize("case", CASES)
def test_the_sea_is_on_the_right(case: str) -> None:
    lines, wet, dry = CASES[case]
    sea = sea_within([np.array(line, float) for line in lines], BOX)
    assert [is_sea(point, sea.areas) for point in (*wet, *dry)] == [True] * len(wet) + [False] * len(dry)
    assert sea.broken == 0


@pytest.mark.parametrize("seed", range(12))
def test_an_island_in_pieces_is_land_wherever_it_lies(seed: int) -> None:
    chance = random.Random(seed)
    middle = np.array([chance.uniform(-2, 12), chance.uniform(-2, 12)])
    corners = 40
    radii = [chance.uniform(2, 7) for _corner in range(corners)]
    turns = [2 * math.pi * corner / corners for corner in range(corners)]
    ring = np.array([middle + (r * math.cos(t), r * math.sin(t)) for r, t in zip(radii, turns, strict=True)])
    closed = np.vstack((ring, ring[:1]))
    pieces = [closed[start : start + 6] for start in range(0, corners, 5)]
    chance.shuffle(pieces)
    sea = sea_within(pieces, BOX)
    points = [(chance.uniform(0, 10), chance.uniform(0, 10)) for _point in range(200)]
    land = [is_inside(np.array(point), ring) for point in points]
    assert [is_sea(point, sea.areas) for point in points] == [not dry for dry in land]
    assert all((r >= -1e-9).all() and (r <= 10 + 1e-9).all() for rings in sea.areas for r in rings)


def test_a_line_that_ends_within_the_bounds_is_told_of() -> None:
    sea = sea_within([np.array([(5.0, 11.0), (5.0, 5.0)])], BOX)
    assert (sea.areas, sea.broken) == ((), 1)


def test_pieces_of_a_ring_are_put_together_whichever_way_they_run() -> None:
    square = [[(0, 0), (4, 0)], [(4, 4), (4, 0)], [(4, 4), (0, 4)], [(0, 0), (0, 4)]]
    chains = chained([np.array(piece, float) for piece in square], directed=False)
    assert [len(ring) for ring in chains.closed] == [4] and not chains.loose
    loose = chained([np.array(piece, float) for piece in square[1:]], directed=False)
    assert [len(line) for line in loose.loose] == [4] and not loose.closed


def test_rings_within_rings_are_holes_and_islands() -> None:
    def square(size: float, corner: float = 0.0) -> Points:
        return np.array([(corner, corner), (size, corner), (size, size), (corner, size)], float)

    found = areas_of([square(5, 4), square(10), square(8, 1), square(4, 3), square(30, 20)])
    assert sorted([float(ring.min()) for ring in rings] for rings in found) == [[0, 1], [3], [4], [20]]
