"""Cities of the installed gazetteer data: their names in a reader's language, and which of them are capitals."""

from __future__ import annotations

import pytest

from places.cities import City, cities
from places.geo import LatLng, distance

TORONTO, LONDON, MEXICO, HAVANA = (43.70, -79.42), (51.51, -0.13), (19.43, -99.13), (23.13, -82.38)
TOKYO, YOKOHAMA, PEKING, HELSINKI = (35.69, 139.69), (35.44, 139.64), (39.91, 116.40), (60.17, 24.94)


def city(language: str, at: tuple[float, float]) -> City:
    """The largest nearby."""
    return next(one for one in cities(language) if distance(one.at, LatLng(*at)) < 5_000)


@pytest.mark.parametrize(
    ("language", "at", "name"),
    [
        ("en", MEXICO, "Mexico City"),
        ("es", MEXICO, "Ciudad de México"),
        ("es", HAVANA, "La Habana"),
        ("es", LONDON, "Londres"),
        ("es", TORONTO, "Toronto"),
        ("ja", TORONTO, "トロント"),
        ("ja", HAVANA, "ハバナ"),
        ("ja", TOKYO, "東京"),
        ("ja", YOKOHAMA, "横浜"),
        ("ja", PEKING, "北京"),
        ("pt-br", LONDON, "Londres"),
        ("xx", LONDON, "London"),
        ("de_not a language", HELSINKI, "Helsinki"),
    ],
)
def test_a_city_is_called_in_the_language_what_the_data_call_it(
    language: str, at: tuple[float, float], name: str
) -> None:
    assert city(language, at).name == name


def test_a_capital_is_known_by_its_country() -> None:
    assert [city("en", at).is_capital for at in (LONDON, MEXICO, HAVANA, TORONTO)] == [True, True, True, False]
    towns = {one.name for one in cities("en") if one.name in ("London", "Lima") and not one.is_capital}
    assert towns == {"London", "Lima"}, "of Ontario and of Ohio"


def test_the_largest_come_first() -> None:
    people = [one.population for one in cities("en")]
    assert people == sorted(people, reverse=True) and len(people) > 20_000
