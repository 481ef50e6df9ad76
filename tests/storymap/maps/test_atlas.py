from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import numpy as np
import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from places.geo import Bounds, LatLng
from storymap.maps import atlas
from storymap.maps.projection import world_box, world_x, world_y

LIMA = Bounds(-79.25, -14.25, -75.0, -10.0)
FIJI = Bounds(175.0, -20.0, 185.0, -15.0)


@cache
def level(name: str) -> dict[str, Any]:
    return json.loads(atlas.world(name))


@cache
def extract(detail: str, bounds: Bounds) -> dict[str, Any]:
    return json.loads(atlas.extract(detail, bounds, "en"))


def points(packed: list[int], scale: int) -> np.ndarray:
    return np.cumsum(np.array(packed).reshape(-1, 2), axis=0) / scale


def is_land(drawn: dict[str, Any], at: LatLng) -> bool:
    """Even-odd, as a browser fills, and all round the globe: a ring may begin one turn to the west."""
    return any(_is_in(drawn, world_x(at.lng) + turn, world_y(at.lat)) for turn in (-1, 0, 1))


def _is_in(drawn: dict[str, Any], x: float, y: float) -> bool:
    crossings = 0
    for polygon in drawn["polygons"]:
        for ring in polygon["rings"]:
            a = points(ring, drawn["scale"])
            b = np.roll(a, -1, axis=0)
            over = (a[:, 1] < y) != (b[:, 1] < y)
            a, b = a[over], b[over]
            crossings += int((a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > x).sum())
    return crossings % 2 == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most"), [("globe", 7_500), ("110m", 26_000), ("50m", 180_000)])
def test_a_level_is_small_on_the_wire(name: str, most: int) -> None:
    data = json.dumps(level(name), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(brotli.compress(data)) < most


@pytest.mark.parametrize("name", ["globe", "110m", "50m"])
@pytest.mark.parametrize(
    ("land", "at"),
    [
        (True, LatLng(-10, -76)),  # Peru
        (True, LatLng(51.5, -0.6)),  # west and
        (True, LatLng(52, 0.5)),  # east of the prime meridian
        (True, LatLng(-80, 100)),  # the Antarctic is closed round its pole
        (True, LatLng(68, 178)),  # Russia reaches over
        (True, LatLng(66.5, 188 - 1)),  # the antimeridian
        (False, LatLng(0, 0)),
        (False, LatLng(-12, -90)),
        (False, LatLng(30, 179.9)),
        (False, LatLng(0, -179.9)),
    ],
)
def test_land_is_where_land_is(name: str, at: LatLng, *, land: bool) -> None:
    assert is_land(level(name), at) is land


def test_san_isidro_is_on_land_and_the_pacific_is_not() -> None:
    near = extract("10m", LIMA)
    assert is_land(near, LatLng(-12.09139, -77.04944))
    assert not is_land(near, LatLng(-12.09139, -77.2))
    assert near["bounds"] == [-79.25, -14.25, -75.0, -10.0]


def test_the_neighbourhood_of_lima_is_small() -> None:
    assert len(brotli.compress(atlas.extract("10m", LIMA, "en"))) < 6_000


@pytest.mark.parametrize(("detail", "bounds"), [("10m", LIMA), ("50m", FIJI), ("10m", FIJI)])
def test_an_extract_ends_at_its_bounds(detail: str, bounds: Bounds) -> None:
    drawn = extract(detail, bounds)
    west, north, east, south = world_box(bounds)
    rings = [ring for polygon in drawn["polygons"] for ring in polygon["rings"]]
    assert rings and drawn["coast"]
    hair = 1 / drawn["scale"]
    for line in (*rings, *drawn["coast"], *drawn["border"]):
        at = points(line, drawn["scale"])
        assert at[:, 0].min() >= west - hair and at[:, 0].max() <= east + hair
        assert at[:, 1].min() >= north - hair and at[:, 1].max() <= south + hair


def test_an_extract_across_the_antimeridian_has_land_on_both_sides() -> None:
    drawn = extract("10m", FIJI)
    assert is_land(drawn, LatLng(-17.8, 178.0))  # Viti Levu
    assert is_land(drawn, LatLng(-16.82, 180.05))  # Taveuni's east
    assert not is_land(drawn, LatLng(-18, 182))


@pytest.mark.parametrize("name", ["globe", "110m"])
def test_no_line_leaps_over_the_world(name: str) -> None:
    drawn = level(name)
    for line in (*drawn["coast"], *drawn["border"]):
        assert np.abs(np.diff(points(line, drawn["scale"])[:, 0])).max() < 0.5


def test_countries_are_known_by_their_iso_codes() -> None:
    drawn = level("110m")
    labels = {label["name"]: label for label in drawn["labels"]}
    assert labels["Peru"]["id"] == "PE"
    assert labels["Somaliland"]["id"] == ""
    assert {"PE", "JP", "US", "RU", "AQ", ""} <= {polygon["id"] for polygon in drawn["polygons"]}
    assert [label["area"] for label in drawn["labels"]] == sorted((a["area"] for a in drawn["labels"]), reverse=True)


def test_the_globe_is_land_without_countries_but_names_the_large_ones() -> None:
    drawn = level("globe")
    assert drawn["border"] == []
    assert {polygon["id"] for polygon in drawn["polygons"]} == {""}
    assert {"Russia", "Brazil", "Peru", "France"} <= {label["name"] for label in drawn["labels"]}


@pytest.mark.parametrize("name", ["Peru", "Chile", "Norway", "Russia", "Fiji", "United States of America"])
def test_a_label_stands_in_its_country(name: str) -> None:
    drawn = level("110m")
    label = next(label for label in drawn["labels"] if label["name"] == name)
    own = {**drawn, "polygons": [p for p in drawn["polygons"] if p["id"] == label["id"]]}
    x, y = label["x"] / drawn["scale"], label["y"] / drawn["scale"]
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
    assert any(
        is_land(own, LatLng(float(lat), x * 360 - 180 + turn)) for turn in (-360 * (x > 0.5), 0, 360 * (x < 0.5))
    )


def test_another_level_is_refused() -> None:
    with pytest.raises(KeyError):
        atlas.world("10m")
    with pytest.raises(KeyError):
        atlas.extract("1m", LIMA, "en")


@pytest.mark.slow
def test_the_command_makes_the_levels_once(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STORYMAP_DATA_DIR = tmp_path
    call_command("build_atlas")
    made = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "atlas").glob("*.json")}
    assert set(made) == {"globe.json", "110m.json", "50m.json"}
    call_command("build_atlas")
    assert capsys.readouterr().out.count("up to date") == 3
    assert made == {file.name: file.stat().st_mtime_ns for file in (tmp_path / "atlas").glob("*.json")}
    (tmp_path / "atlas" / ".110m.made-from").write_text("another release")
    call_command("build_atlas")
    assert made["110m.json"] != (tmp_path / "atlas" / "110m.json").stat().st_mtime_ns
