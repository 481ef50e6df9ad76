"""Names of cities at the middle zooms: in the atlas's files, and written in drawn maps."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from places.geo import Bounds, LatLng
from storymap.maps import atlas, cities
from storymap.maps.projection import Viewport, world_x, world_y
from storymap.maps.topology import Box

CUBA = Bounds(-86, 17, -66, 25)
PERU = Viewport(LatLng(-9.0, -75.2), 5.2, 960, 640)


def named(view: Viewport, language: str = "en", pins: tuple[Box, ...] = ()) -> list[cities.Named]:
    return cities.named_cities(view, language, (), pins)


@pytest.mark.parametrize(("language", "name"), [("en", "Havana"), ("es", "La Habana"), ("ja", "ハバナ")])
def test_an_extract_names_its_cities_where_they_are(language: str, name: str) -> None:
    file = json.loads(atlas.extract("50m", CUBA, language))
    [[_, x, y, size, capital]] = [city for city in file["cities"] if city[0] == name]
    assert (x / file["scale"], y / file["scale"]) == pytest.approx((world_x(-82.38), world_y(23.13)), abs=2e-5)
    assert (size, capital) == (3, 1)


def test_an_extract_names_few_cities_the_largest_first_and_apart() -> None:
    file = json.loads(atlas.extract("50m", Bounds(-10, 40, 20, 58), "en"))
    found = file["cities"]
    assert len(found) == 70
    assert [size for _, _, _, size, *_ in found] == sorted((size for _, _, _, size, *_ in found), reverse=True)
    apart = 40 * file["scale"] / (256 * 2**7) - 2
    for n, (_, x, y, *_) in enumerate(found):
        assert all(max(abs(x - a), abs(y - b)) >= apart for _, a, b, *_ in found[:n])


def test_an_extract_over_the_antimeridian_has_both_sides() -> None:
    file = json.loads(atlas.extract("50m", Bounds(165.0, -45.0, 200.0, -10.0), "en"))
    found = {name: x / file["scale"] for name, x, *_ in file["cities"]}
    assert found["Suva"] == pytest.approx(world_x(178.44), abs=1e-4)
    assert found["Apia"] == pytest.approx(world_x(-171.77), abs=1e-4)


def test_the_whole_world_names_no_cities() -> None:
    assert "cities" not in json.loads(atlas.world("110m"))


def test_a_picture_names_the_large_cities_of_its_zoom() -> None:
    wide = [one.name.text for one in named(PERU)]
    assert "Lima" in wide and len(wide) <= 12
    near = named(Viewport(LatLng(-12.05, -77.04), 10, 960, 640))
    assert [one.name.text for one in near][0] == "Lima" and near[0].is_capital
    assert "リマ" in [one.name.text for one in named(PERU, "ja")]


@pytest.mark.parametrize("zoom", [2.0, 3.4, 11.5, 16.0])
def test_a_picture_names_cities_at_the_middle_zooms_only(zoom: float) -> None:
    assert named(Viewport(LatLng(-12.05, -77.04), zoom, 960, 640)) == []


def test_from_far_away_a_picture_names_few() -> None:
    far = [one.name.text for one in named(Viewport(LatLng(50, 10), 4, 960, 640))]
    assert len(far) == 5 and "Moscow" in far


def test_names_keep_off_pins_and_off_each_other() -> None:
    x, y = PERU.pixel(LatLng(-12.04, -77.03))
    pin = (x - 15, y - 15, x + 15, y + 15)
    lima = next(one for one in named(PERU, pins=(pin,)) if one.name.text == "Lima")
    assert lima.dot is None, "the pin stands for it"
    assert not ((lima.name.discs[:, 0] < pin[2]) & (lima.name.discs[:, 0] > pin[0])).any()
    beside = (x + 18, y - 10, x + 90, y + 10)
    lima = next(one for one in cities.named_cities(PERU, "en", (), (), [beside]) if one.name.text == "Lima")
    assert lima.dot is not None and lima.name.discs[:, 0].max() < x + 4


def test_nothing_is_named_where_the_operator_wants_no_labels(settings: Settings) -> None:
    settings.STORYMAP_ATLAS_LABELS = False
    assert named(PERU) == [] and not cities.are_named(PERU)


def test_browser_and_server_name_the_same_classes() -> None:
    script = (settings.BASE_DIR / "static/storymap/js/cities.js").read_text()
    [stops] = re.findall(r"CLASS_BY_ZOOM = (\[\[.*\]\]);", script)
    assert json.loads(stops) == [[cities.FIRST, 9], *map(list, cities.CLASS_BY_ZOOM)]
    assert f"const FEW = {cities.FEW};" in script
    assert f"[FAR_VIEW, MOST_FAR] = [{cities.FAR_VIEW}, {cities.MOST_FAR}]" in script
