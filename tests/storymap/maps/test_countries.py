"""Which country a position lies in."""

from __future__ import annotations

import pytest

from places.geo import LatLng
from storymap.maps.countries import AT_SEA, country_at, country_of


@pytest.mark.parametrize(
    ("lat", "lng", "code"),
    [
        (-12.0464, -77.0428, "PE"),
        (-12.0621, -77.1537, "PE"),  # the harbour of Callao
        (35.6762, 139.6503, "JP"),
        (43.9424, 12.4578, "SM"),  # a hole in Italy
        (-29.6, 28.2, "LS"),  # a hole in South Africa
        (68.97, 179.5, "RU"),
        (68.97, -179.5, "RU"),
        (-16.9, 179.99, "FJ"),
        (-89.9, 0, "AQ"),
        (46.2044, 6.1432, "CH"),  # Geneva, some kilometres from France
        (0, -30, AT_SEA),
        (-20, -85, AT_SEA),
    ],
)
def test_the_country_of_a_position(lat: float, lng: float, code: str) -> None:
    assert country_at(LatLng(lat, lng)) == code


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        (41.9022, 12.4539),  # the Vatican
        (36.1408, -5.3536),  # Gibraltar
        (43.7384, 7.4246),  # Monaco
        (22.1987, 113.5439),  # Macau
        (44.9521, 34.1024),  # Simferopol
        (27.1536, -13.2033),  # Laâyoune
        (33.0, 35.8),  # the Golan
        (31.7767, 35.2345),  # Jerusalem
        (34.0837, 74.7973),  # Srinagar
        (35.1856, 33.3823),  # Nicosia
        (42.6629, 21.1655),  # Pristina: no code of ISO 3166-1
        (6.8, -60.2),  # Essequibo
    ],
)
def test_no_country_is_chosen_at_a_border_or_where_it_is_disputed(lat: float, lng: float) -> None:
    assert country_at(LatLng(lat, lng)) == ""


def test_a_search_service_does_not_decide_a_dispute() -> None:
    assert country_of(LatLng(44.9521, 34.1024), "RU") == ""
    assert country_of(LatLng(41.9022, 12.4539), "VA") == "VA"
    assert country_of(LatLng(-12.05, -77.04), "") == "PE"
