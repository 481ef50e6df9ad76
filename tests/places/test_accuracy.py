"""How far off a found position may be, by what geocoders say of it."""

from __future__ import annotations

from typing import Any

import pytest

from places.accuracy import Accuracy, decimals_for, of_answer, of_view

TOWN = {"boundingbox": ["-12.10", "-12.00", "-77.10", "-77.00"]}  # 11 km high and wide


@pytest.mark.parametrize(
    ("raw", "accuracy"),
    [
        ({"addresstype": "building", "type": "embassy", "boundingbox": ["1", "2", "3", "4"]}, Accuracy("building", 50)),
        ({"class": "highway", "type": "residential"}, Accuracy("street", 500)),
        ({"addresstype": "suburb", **TOWN}, Accuracy("city", 8_000)),
        ({"properties": {"type": "house"}}, Accuracy("building", 50)),  # Photon
        ({"properties": {"type": "city", "extent": [-77.1, -12.0, -77.0, -12.1]}}, Accuracy("city", 8_000)),
        (
            {"properties": {"layer": "region"}, "bbox": [-77.1, -12.1, -77.0, -12.0]},
            Accuracy("region", 8_000),
        ),  # Pelias
        ({"properties": {"layer": "country"}}, Accuracy("country", 500_000)),
        ({"class": "natural", "type": "peak"}, Accuracy("point", 10_000)),
        ({"addresstype": ["city"], "boundingbox": "here"}, Accuracy("point", 10_000)),
        (None, Accuracy("point", 10_000)),
    ],
)
def test_an_answer_is_as_precise_as_its_kind_and_extent(raw: Any, accuracy: Accuracy) -> None:
    assert of_answer(raw) == accuracy


def test_the_middle_of_a_map_is_known_better_the_closer_it_is() -> None:
    assert of_view(17, -12) == 80 and of_view(2, -12) > 2_000_000 and of_view(22, 90) == 10


@pytest.mark.parametrize(("metres", "decimals"), [(10, 4), (50, 4), (150, 3), (10_000, 1), (500_000, 0), (0, 4)])
def test_a_position_has_no_more_digits_than_it_is_known_to(metres: float, decimals: int) -> None:
    assert decimals_for(metres) == decimals
