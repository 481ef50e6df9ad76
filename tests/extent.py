"""How much is tried: each pair of values in the suite; every combination and more of what is made up in `make fuzz`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

LARGE = "STORYMAP_FUZZ" in os.environ


def pairs(*factors: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Combinations of a value of each factor, so chosen that each two values of two factors meet. When LARGE, all."""
    every = list(product(*(range(len(factor)) for factor in factors)))
    chosen = every if LARGE else _meeting(every)
    return [tuple(factor[n] for factor, n in zip(factors, numbers, strict=True)) for numbers in chosen]


def _meeting(every: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Again and again the combination in which most of those meet that have not met yet."""
    meetings = {one: set(combinations(enumerate(one), 2)) for one in every}
    missing = set().union(*meetings.values())
    chosen = []
    while missing:
        best = max(every, key=lambda one: len(meetings[one] & missing))
        chosen.append(best)
        missing -= meetings[best]
    return chosen
