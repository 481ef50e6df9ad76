"""Which country a position lies in."""

from __future__ import annotations

import pytest

from places.geo import LatLng
from storymap.maps.countries import AT_SEA, country_at


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
        (0, -30, AT_SEA),
        (-20, -85, AT_SEA),
    ],
)
def test_the_country_of_a_position(lat: float, lng: float, code: str) -> None:
    assert country_at(LatLng(lat, lng)) == code
