"""Basemap extracts in the pictures that the server draws."""

from __future__ import annotations

import io
import json
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from places.geo import Bounds, Camera, LatLng
from storymap.assets import OWN
from storymap.maps.ground.drawing import FROM, PARK, ROADS, WIDTHS, line_width
from storymap.maps.ground.extract_file import decode, encode
from storymap.maps.ground.features import Area, Ground, Line, Name
from storymap.maps.ground.lettering import CLEAR, MOST, REPEAT, Stand, length_of, stands_of
from storymap.maps.projection import Viewport
from storymap.maps.scene import extracts_in
from storymap.maps.sheet import LAND, SEA
from storymap.maps.static_picture import chapter_picture, measured_from
from storymap.story.document import ExtractDocument, StoryDocument
from storymap.story.extract_head import Credit
from tests.factories_documents import make_chapter, make_event, make_place, make_story

MIDDLE = LatLng(-12.09, -77.05)
METRE = 1 / 108_700, 1 / 111_195  # degrees of longitude and latitude
CREDIT = Credit("© Surveyors")
ZOOM = 16.0
VIEW = Viewport(MIDDLE, ZOOM, 960, 640)
PIXEL = 40_075_016 * math.cos(math.radians(MIDDLE.lat)) / (256 * 2**ZOOM)  # metres


def at(*points: tuple[float, float]) -> np.ndarray:
    """Metres east and north of the middle, as degrees."""
    return np.array([(MIDDLE.lng + east * METRE[0], MIDDLE.lat + north * METRE[1]) for east, north in points])


def box(west: float, south: float, east: float, north: float) -> np.ndarray:
    return at((west, south), (east, south), (east, north), (west, north))


def street(name: str, *points: tuple[float, float], kind: str = "local") -> Line:
    return Line(kind, at(*points), name)


TOWN = Ground(
    (
        Area("park", (box(-600, 100, -200, 400),)),
        Area("sea", (box(300, -900, 900, 900), box(500, 100, 600, 200))),
    ),
    (street("Avenida Larga", (-900, -100), (290, -100), kind="main"), street("Calle Corta", (-60, -700), (-60, 700))),
    (Name("Centro", "district", LatLng(MIDDLE.lat - 250 * METRE[1], MIDDLE.lng - 300 * METRE[0])),),
)
WEST, SOUTH, EAST, NORTH = (float(edge) for edge in at((-800, -800), (800, 800)).ravel())
BOUNDS = Bounds(WEST, SOUTH, EAST, NORTH)


def story(content: bytes | None = None, centre: LatLng = MIDDLE, zoom: float = ZOOM) -> StoryDocument:
    """A chapter whose camera looks at the town; without content there is no town."""
    chapter = make_chapter("one", ("e",), camera=Camera(center=centre, zoom=zoom))
    plain = make_story((chapter,), (make_event("e"),), (make_place(at=MIDDLE, radius=5.0),))
    if content is None:
        return plain
    name = default_storage.save(f"{abs(hash(content)):x}.json", ContentFile(content))
    return replace(
        plain, extracts=(ExtractDocument(slug="town", file=name, bounds=BOUNDS, min_zoom=13, credit=CREDIT),)
    )


def picture(document: StoryDocument) -> Image.Image:
    return Image.open(io.BytesIO(chapter_picture(document, "one"))).convert("RGB")


def has(image: Image.Image, east: float, north: float, colour: tuple[int, ...]) -> bool:
    """WebP is not exact to the digit."""
    return math.dist(image.getpixel((round(480 + east / PIXEL), round(320 - north / PIXEL))), colour) < 12


@pytest.fixture
def town(empty_storage: None) -> bytes:
    return encode(TOWN, BOUNDS, 13, CREDIT)


def test_a_picture_shows_water_parks_and_streets(town: bytes) -> None:
    image = picture(story(town))
    assert has(image, -400, 250, PARK)
    assert has(image, 450, 0, SEA) and has(image, 550, 150, LAND)  # an island
    assert has(image, 200, -100, ROADS["main"][0])
    assert has(image, 100, 300, LAND)


def test_far_away_the_atlas_shows_instead(town: bytes) -> None:
    assert picture(story(town, zoom=12)).tobytes() == picture(story(zoom=12)).tobytes()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": "atlas/2"}'])
def test_streets_that_cannot_be_read_leave_a_map(empty_storage: None, content: bytes) -> None:
    assert picture(story(content)).size == (960, 640)


def test_streets_that_are_gone_leave_a_map(town: bytes) -> None:
    document = story(town)
    default_storage.delete(document.extracts[0].file)  # type: ignore[index]
    assert picture(document).size == (960, 640)


def test_where_streets_are_drawn_nothing_is_measured_by_rings(town: bytes) -> None:
    without, within = story(), story(town)
    assert measured_from(without, without.chapters[0]) is not None
    assert measured_from(within, within.chapters[0]) is None


def test_an_extract_is_seen_unless_a_finer_one_fills_the_picture() -> None:
    town = ExtractDocument(slug="town", file="t.json", bounds=BOUNDS, min_zoom=14, credit=CREDIT)
    wide = replace(BOUNDS, west=BOUNDS.west - 1, south=BOUNDS.south - 1, east=BOUNDS.east + 1, north=BOUNDS.north + 1)
    city = replace(town, slug="city", bounds=wide, min_zoom=10)
    document = replace(story(), extracts=(town, city))
    seen = {zoom: [one.slug for one in extracts_in(document, replace(VIEW, zoom=zoom))] for zoom in (9, 12, 14.5, 17)}
    assert seen == {9: [], 12: ["city"], 14.5: ["city", "town"], 17: ["town"]}


def names_in(ground: Ground, taken: tuple[tuple[float, float, float, float], ...] = ()) -> list[Stand]:
    return stands_of(VIEW, [decode(encode(ground, BOUNDS, 13, CREDIT))], taken, (480, 320))


def test_names_lie_on_their_streets_and_read_from_left_to_right() -> None:
    stands = {stand.text: stand for stand in names_in(TOWN)}
    assert set(stands) == {"Avenida Larga", "Calle Corta", "CENTRO"}
    assert stands["Avenida Larga"].at[1] == pytest.approx(320 + 100 / PIXEL, abs=1)
    assert abs(stands["Calle Corta"].angle) == pytest.approx(math.pi / 2, abs=0.01)
    backwards = replace(TOWN, lines=(replace(TOWN.lines[0], points=TOWN.lines[0].points[::-1]),))
    assert {stand.text: stand.angle for stand in names_in(backwards)}["Avenida Larga"] == pytest.approx(0, abs=0.01)


def test_names_cross_neither_each_other_nor_a_pin_and_stand_once_in_400_pixels() -> None:
    steps = range(-600, 601, 75)
    grid = [street(f"Norte {n}", (n, -700), (n, 700)) for n in steps]
    grid += [street("Oriente", (-700, n), (700, n)) for n in steps]
    pin = (400.0, 250.0, 560.0, 330.0)
    stands = names_in(Ground(lines=tuple(grid)), (pin,))
    assert 8 < len(stands) <= MOST
    for n, stand in enumerate(stands):
        beyond = np.maximum(np.maximum(np.array(pin[:2]) - stand.discs, stand.discs - np.array(pin[2:])), 0)
        assert np.hypot(*beyond.T).min() >= stand.half + CLEAR - 0.01
        for other in stands[:n]:
            away = np.hypot(*(stand.discs[:, None] - other.discs[None]).transpose(2, 0, 1)).min()
            assert away > stand.half + other.half
            assert stand.text != other.text or math.dist(stand.at, other.at) >= REPEAT


def test_a_name_that_does_not_fit_its_street_is_left_out() -> None:
    metres = (length_of("local", "Calle Larguísima") - 5) * PIXEL
    assert names_in(Ground(lines=(street("Calle Larguísima", (0, 0), (metres, 0)),))) == []
    corner = street("Calle Corta", (0, 0), (60, 0), (60, 60))
    assert names_in(Ground(lines=(corner,))) == []


def test_roads_are_as_broad_on_paper_as_on_the_screen() -> None:
    script = Path(OWN / "js" / "ground.js").read_text()
    table = re.search(r"const WIDTHS = \{(.*?)\n\};", script, re.S)
    assert table is not None
    found = {kind: json.loads(stops) for kind, stops in re.findall(r"(\w+): (\[\[.*?\]\])", table[1])}
    assert found == {kind: [list(stop) for stop in stops] for kind, stops in WIDTHS.items()}
    smallest = re.search(r"const FROM = \{(.*?)\}", script)
    assert smallest is not None
    assert {kind: float(zoom) for kind, zoom in re.findall(r"(\w+): ([\d.]+)", smallest[1])} == FROM
    assert [line_width("main", zoom) for zoom in (10, 15, 19)] == [1, 6, 32]
