from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from storymap.maps.topology import area, clip_ring, cut_line, deltas, gridded, simplified

BOX = (0.0, 0.0, 1.0, 1.0)
numbers = st.floats(-3, 3).map(lambda value: round(value, 3))
rings = st.lists(st.tuples(numbers, numbers), min_size=3, max_size=12).map(lambda ring: np.array(ring, float))


def test_a_ring_over_the_corner_is_cut_to_the_box() -> None:
    clipped = clip_ring(np.array([[0.5, 0.5], [2.0, 0.5], [2.0, 2.0], [0.5, 2.0]]), BOX)
    assert area(clipped) == 0.25


def test_a_ring_round_the_box_becomes_the_box() -> None:
    assert area(clip_ring(np.array([[-1.0, -1.0], [2.0, -1.0], [2.0, 2.0], [-1.0, 2.0]]), BOX)) == 1


def test_a_ring_elsewhere_is_gone() -> None:
    assert len(clip_ring(np.array([[2.0, 2.0], [3.0, 2.0], [3.0, 3.0]]), BOX)) == 0


@given(rings)
def test_nothing_is_left_outside_the_box(ring: np.ndarray) -> None:
    clipped = clip_ring(ring, BOX)
    assert ((clipped >= -1e-9) & (clipped <= 1 + 1e-9)).all()


@given(rings)
def test_the_parts_of_a_line_lie_in_the_box_and_on_the_line(line: np.ndarray) -> None:
    for part in cut_line(line, BOX):
        assert len(part) >= 2
        assert ((part >= -1e-9) & (part <= 1 + 1e-9)).all()


def test_a_line_that_leaves_and_returns_has_two_parts() -> None:
    line = np.array([[0.1, 0.5], [0.2, 0.5], [0.2, 2.0], [0.8, 2.0], [0.8, 0.5], [0.9, 0.5]])
    first, second = cut_line(line, BOX)
    assert first.tolist() == [[0.1, 0.5], [0.2, 0.5], [0.2, 1.0]]
    assert second.tolist() == [[0.8, 1.0], [0.8, 0.5], [0.9, 0.5]]


def test_a_line_in_the_box_is_left_alone() -> None:
    line = np.array([[0.1, 0.1], [0.5, 0.9], [0.9, 0.1]])
    assert [part.tolist() for part in cut_line(line, BOX)] == [line.tolist()]


def test_thinning_keeps_the_ends_and_the_corners() -> None:
    line = np.array([[0.0, 0.0], [1.0, 0.01], [2.0, 0.0], [3.0, 5.0], [4.0, 0.0]])
    assert simplified(line, 0.1).tolist() == [[0, 0], [2, 0], [3, 5], [4, 0]]


def test_a_closed_line_is_thinned_by_the_distance_from_its_only_end() -> None:
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    assert len(simplified(square, 0.1)) == 5


@given(rings)
def test_deltas_add_up_to_the_grid(line: np.ndarray) -> None:
    grid = gridded(line, 1000)
    packed = np.array(deltas(grid)).reshape(-1, 2)
    assert np.cumsum(packed, axis=0).tolist() == grid.tolist()
