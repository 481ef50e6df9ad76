"""The sketch maps under the first story: they are what their sources give, they are light, and they hold its places."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from places.geo import Bounds, LatLng, distance
from sketches import HERE, SKETCHES, file_name
from storymap.maps.ground.extract_file import Extract, decode
from storymap.maps.ground.sources.rings import is_inside

STORY = HERE.parent
LARGEST, ALL = 8 * 1024, 30 * 1024  # bytes, as they are sent


@lru_cache
def _stored(slug: str) -> Extract:
    return decode((STORY / "media" / file_name(slug)).read_bytes())


def _place(slug: str) -> LatLng:
    places = json.loads((STORY / "places.json").read_text("utf-8"))
    return next(LatLng(place["lat"], place["lng"]) for place in places if place["slug"] == slug)


def _wet(extract: Extract, lat: float, lng: float) -> bool:
    """By the rule of even and odd: an island is a hole of the sea."""
    rings = [ring for area in extract.ground.areas if area.kind == "sea" for ring in area.rings]
    return sum(is_inside(np.array((lng, lat)), ring) for ring in rings) % 2 == 1


def _metres_to(extract: Extract, street: str, at: LatLng) -> float:
    lines = [line.points for line in extract.ground.lines if line.name == street]
    parts = [part for line in lines for part in zip(line[:-1], line[1:], strict=True)]
    points = [start + (end - start) * share for start, end in parts for share in np.linspace(0, 1, 60)]
    return min(distance(at, LatLng(float(lat), float(lng))) for lng, lat in points)


def _cameras() -> Iterator[tuple[str, Bounds, float]]:
    """Whose it is, what it shows at least, and the zoom that it names, if any."""
    for chapter in json.loads((STORY / "story.json").read_text("utf-8"))["chapters"]:
        for part in (chapter, *chapter["moments"]):
            camera = part.get("camera")
            if camera and "bounds" in camera:
                yield part.get("slug") or part["event"], Bounds(**camera["bounds"]), 0
            elif camera:
                lat, lng = camera["center"]["lat"], camera["center"]["lng"]
                yield part.get("slug") or part["event"], Bounds(lng, lat, lng, lat), camera["zoom"]


def _holds(outer: Bounds, inner: Bounds) -> bool:
    sides = (outer.west <= inner.west, outer.south <= inner.south, outer.east >= inner.east, outer.north >= inner.north)
    return all(sides)


def test_the_folder_runs_from_anywhere_and_gives_the_stored_files(tmp_path: Path) -> None:
    copy = tmp_path / "one" / "two" / "a-story"
    shutil.copytree(STORY / "ground", copy / "ground", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "media").mkdir()
    for name in ("places", "storymap", "node_modules"):
        (tmp_path / name).symlink_to(Path(settings.BASE_DIR) / name)
    done = subprocess.run([sys.executable, copy / "ground"], cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (copy / "media").iterdir()) == sorted(map(file_name, SKETCHES))
    for file in (copy / "media").iterdir():
        assert file.read_bytes() == (STORY / "media" / file.name).read_bytes(), f"run {HERE}: {file.name} is not this"


def test_the_story_names_every_sketch() -> None:
    named = json.loads((STORY / "extracts.json").read_text("utf-8"))
    assert named == [{"slug": slug, "file": file_name(slug)} for slug in sorted(SKETCHES)]


def test_they_are_light() -> None:
    packed = {slug: len(gzip.compress((STORY / "media" / file_name(slug)).read_bytes())) for slug in SKETCHES}
    assert max(packed.values()) <= LARGEST and sum(packed.values()) <= ALL, packed


@pytest.mark.parametrize("slug", SKETCHES)
def test_each_says_whose_data_it_is_and_that_it_is_a_sketch(slug: str) -> None:
    credit = _stored(slug).credit
    assert credit.attribution.endswith("© OpenStreetMap contributors") and credit.licence.startswith("ODbL")
    assert credit.simplified and credit.date == "2013"
    sea = [area for area in _stored(slug).ground.areas if area.kind == "sea"]
    assert ("GSHHG" in credit.attribution and "LGPL" in credit.licence) is bool(sea)


def test_the_residence_stands_in_its_block_and_no_house_is_drawn() -> None:
    extract, residence = _stored("residence"), _place("residence")
    (block,) = extract.ground.areas
    assert block.kind == "block" and is_inside(np.array((residence.lng, residence.lat)), block.rings[0])
    assert abs(_metres_to(extract, "Calle Barcelona", residence) - 44) < 8
    assert abs(_metres_to(extract, "Calle Thomas Alva Edison", residence) - 61) < 8


def test_what_stands_on_an_avenue_is_beside_it() -> None:
    centre = _stored("old-centre")
    assert _metres_to(centre, "Avenida Abancay", _place("attorney-general-lima")) < 60
    assert _metres_to(centre, "Paseo de la República", _place("supreme-court-lima")) < 150


def test_the_city_lies_on_its_bay_behind_its_islands() -> None:
    city = _stored("city")
    for slug in ("residence", "congress-lima", "police-hospital"):
        assert not _wet(city, *((place := _place(slug)).lat, place.lng)), slug
    assert _wet(city, -12.125, -77.115)  # the bay
    assert not _wet(city, -12.085, -77.22)  # San Lorenzo


def test_no_close_camera_shows_an_empty_plain() -> None:
    """Whatever shows less than a city has one of the sketches under it, drawn at the zoom it names."""
    close = [
        (who, shown, zoom) for who, shown, zoom in _cameras() if zoom > 9 or (not zoom and shown.east - shown.west < 1)
    ]
    assert len(close) > 10
    for who, shown, zoom in close:
        under = [one for one in map(_stored, SKETCHES) if _holds(one.bounds, shown)]
        assert [one for one in under if not zoom or one.min_zoom <= zoom], who
