from __future__ import annotations

import io
import math
from functools import partial

import pytest
from PIL import Image

from places.geo import Bounds, Camera, LatLng
from storymap.maps.projection import CROWD, Marker, spread
from storymap.maps.sheet import ACCENT, MISSING, Sheet
from storymap.maps.static_picture import chapter_picture, measured_from, story_picture
from storymap.story.document import PlaceDocument, StoryDocument
from storymap.story.storyfile import Journey
from tests.counting import calls_of
from tests.factories_documents import (
    LIMA,
    NASTY,
    make_camera,
    make_chapter,
    make_event,
    make_journey,
    make_place,
    make_story,
)

PACIFIC = Camera(bounds=Bounds(-225, -25, -60, 55))
TOKYO = LatLng(35.6895, 139.69171)


def picture(story: StoryDocument, chapter: str = "one") -> Image.Image:
    image = Image.open(io.BytesIO(chapter_picture(story, chapter)))
    assert image.format == "WEBP"
    return image.convert("RGB")


def test_digits_and_signs_on_a_map_can_be_read() -> None:
    drawn = {}
    for sign in f"0123456789×{MISSING}":
        sheet = Sheet(Image.new("RGB", (60, 60), "white"))
        sheet.words((15, 15), sign, 12)
        drawn[sign] = sheet.image().tobytes()
    assert len(set(drawn.values())) == len(drawn)


def one_place(at: LatLng = LIMA, camera: Camera | None = None, **fields: object) -> StoryDocument:
    chapter = make_chapter("one", ("e",), camera=camera)
    return make_story((chapter,), (make_event("e"),), (make_place(at=at, **fields),))


def has_pin(image: Image.Image, x: float, y: float) -> bool:
    """The accent's red within a pin's radius; WebP is not exact to the digit."""
    around = [(round(x) + dx, round(y) + dy) for dx in range(-9, 10, 3) for dy in range(-9, 10, 3)]
    return sum(math.dist(image.getpixel(at), ACCENT) < 40 for at in around) > 12


def is_sea(image: Image.Image, x: int, y: int) -> bool:
    red, _, blue = image.getpixel((x, y))
    return blue > red + 3


def test_a_chapters_picture_has_its_size_and_its_pin() -> None:
    image = picture(one_place(camera=make_camera()))
    assert image.size == (960, 640)
    assert has_pin(image, 480, 320)


def test_a_close_view_is_never_an_empty_plain() -> None:
    image = picture(one_place(camera=make_camera(), radius=10.0))
    assert len(image.quantize(64).getcolors()) > 20
    left = image.crop((30, 30, 300, 580))
    assert len(set(left.get_flattened_data())) > 30


def test_sea_and_land_are_where_they_are() -> None:
    image = picture(one_place(camera=Camera(bounds=Bounds(-82, -19, -68, 0))))
    assert is_sea(image, 60, 560)
    assert not is_sea(image, 860, 300)


def test_the_pacific_view_crosses_the_antimeridian() -> None:
    places = (make_place(), make_place("tokyo", TOKYO))
    events = (make_event("a"), make_event("b", "tokyo"))
    image = picture(make_story((make_chapter("one", ("a", "b"), camera=PACIFIC),), events, places))
    x = [40 + (lng + 225) / 165 * 880 for lng in (139.69171 - 360, LIMA.lng)]
    assert any(has_pin(image, x[0], y) for y in range(40, 600, 4))
    assert any(has_pin(image, x[1], y) for y in range(40, 600, 4))
    assert is_sea(image, 400, 320)


def test_a_place_at_zero_has_its_pin() -> None:
    assert has_pin(picture(one_place(LatLng(0, 0), make_camera(0, 0, 5))), 480, 320)


def test_a_place_outside_the_picture_is_met_at_its_edge() -> None:
    image = picture(one_place(LatLng(LIMA.lat, LIMA.lng + 1), make_camera()))
    assert any(has_pin(image, 960 - 44, y) for y in range(280, 360, 4))


def measured(camera: Camera, *places: PlaceDocument) -> int | None:
    """The number of the pin from which the picture measures."""
    events = tuple(make_event(place.slug, place.slug) for place in places)
    chapter = make_chapter("one", tuple(place.slug for place in places), camera=camera)
    pin = measured_from(make_story((chapter,), events, places), chapter)
    return pin.number if pin else None


def test_rings_are_drawn_only_round_a_place_that_is_known_well_enough() -> None:
    near = make_camera(zoom=16.5)
    assert measured(near, make_place(radius=10.0)) == 1
    assert measured(near, make_place(radius=10_000.0)) is None
    pictures = [chapter_picture(one_place(camera=near, radius=radius), "one") for radius in (10_000.0, 20_000.0)]
    assert pictures[0] == pictures[1]


def test_the_length_at_the_edge_is_left_out_when_either_end_is_hardly_known() -> None:
    near, east = make_camera(zoom=11), LatLng(LIMA.lat, LIMA.lng + 1)
    exact, hazy = make_place("east", east, radius=50.0), make_place("east", east, radius=50_000.0)
    assert measured(near, make_place(), exact) == 1
    assert measured(near, make_place(), hazy) is None
    assert measured(near, make_place(radius=50_000.0), exact) is None


def test_words_of_an_author_are_never_drawn() -> None:
    plain = chapter_picture(one_place(name="x"), "one")
    assert all(chapter_picture(one_place(name=text, address=text, kind=text), "one") == plain for text in NASTY)


def test_the_same_chapter_gives_the_same_bytes() -> None:
    assert chapter_picture(one_place(), "one") == chapter_picture(one_place(), "one")


def test_an_unknown_chapter_is_an_error() -> None:
    with pytest.raises(KeyError):
        chapter_picture(one_place(), "two")


@pytest.mark.parametrize("zoom", [0, 3, 6.5, 9, 12, 15.5, 19, 22])
@pytest.mark.parametrize("lat", [0.0, 51.5, -89.0, 89.0])
def test_every_camera_can_be_drawn(zoom: float, lat: float) -> None:
    assert picture(one_place(LatLng(lat, 179.9), make_camera(lat, -180, zoom))).size == (960, 640)


def test_a_pin_shows_how_many_events_are_told_there() -> None:
    events = tuple(make_event(f"e-{n}") for n in range(3))
    told = [("e-0",), ("e-0", "e-1"), ("e-0", "e-1", "e-2")]
    chapters = tuple(make_chapter(f"c-{n}", slugs, camera=make_camera()) for n, slugs in enumerate(told))
    story = make_story(chapters, events, (make_place(),))
    assert len({picture(story, f"c-{n}").tobytes() for n in range(3)}) == 3


RING = [[-77.052, -12.094], [-77.047, -12.094], [-77.047, -12.089], [-77.052, -12.089], [-77.052, -12.094]]
MIDDLE = [-77.0495, -12.0915]  # of the ring, and of the picture but for a few pixels


def drawn(type_: str, coordinates: object, **words: str) -> Image.Image:
    feature = {"type": "Feature", "geometry": {"type": type_, "coordinates": coordinates}, "properties": words}
    overlay = {"type": "FeatureCollection", "features": [feature]}
    return picture(make_story((make_chapter("one", overlay=overlay, camera=make_camera()),)))


def test_a_schematic_area_is_drawn_otherwise_than_a_measured_one() -> None:
    schematic, measured = drawn("Polygon", [RING]), drawn("Polygon", [RING], source="Survey of 1997")
    assert schematic.tobytes() != measured.tobytes()


def test_areas_are_filled_lines_are_not_and_points_are_marks() -> None:
    bare = picture(make_story((make_chapter("one", camera=make_camera()),))).getpixel((440, 360))
    area, line = (drawn(*given).getpixel((440, 360)) for given in (("Polygon", [RING]), ("LineString", RING)))
    assert math.dist(area, bare) > 8 > math.dist(line, bare)
    near = [(x, y) for x in range(465, 485) for y in range(313, 333)]
    for kind, given in (("Point", MIDDLE), ("MultiPoint", [MIDDLE, RING[0]])):
        mark = drawn(kind, given)
        assert sum(math.dist(mark.getpixel(at), ACCENT) < 40 for at in near) > 20, kind


def test_a_storys_picture_shows_its_journeys() -> None:
    image = Image.open(io.BytesIO(story_picture(make_journey(LIMA, TOKYO))))
    assert (image.format, image.size) == ("WEBP", (960, 540))
    assert Image.open(io.BytesIO(story_picture(make_story()))).size == (960, 540)


def test_places_also_concerned_have_hollow_pins_and_no_line() -> None:
    places = (make_place(), make_place("tokyo", TOKYO))
    story = [
        make_story((make_chapter("one", ("e",), camera=PACIFIC),), (make_event("e", **fields),), places)
        for fields in ({"also_there": ("tokyo",)}, {"journey": Journey(stops=("residence", "tokyo"), mode="air")})
    ]
    concerned, flown = (picture(one) for one in story)
    x = round(40 + (139.69171 - 360 + 225) / 165 * 880)
    assert not any(has_pin(concerned, x, y) for y in range(40, 600, 4)), "it is hollow"
    assert any(has_pin(flown, x, y) for y in range(40, 600, 4))
    on_the_sea = [(480, y) for y in range(60, 300)]
    red = [sum(r > b for r, _g, b in map(image.getpixel, on_the_sea)) for image in (concerned, flown)]
    assert red[0] == 0 < red[1]


def test_pins_on_one_point_are_moved_apart() -> None:
    markers = [Marker(n, (480.0, 320.0), (480.0, 320.0)) for n in range(12)]
    at = spread(markers, (960, 640))
    assert min(math.dist(a, b) for i, a in enumerate(at) for b in at[:i]) > 26


def test_crowded_pins_stay_in_the_picture() -> None:
    markers = [Marker(n, (0.0, 0.0), (0.0, 0.0), outside=True, length="1 km") for n in range(40)]
    assert all(0 < x < 960 and 0 < y < 640 for x, y in spread(markers, (960, 640)))


def test_more_pins_than_have_room_stay_where_they_are() -> None:
    markers = [
        Marker(n, (n % 60 * 15.0 + 30, n // 60 * 15.0 + 30), (n % 60 * 15.0 + 30, n // 60 * 15.0 + 30))
        for n in range(CROWD + 1)
    ]
    for marker, at in zip(markers, spread(markers, (960, 640)), strict=True):
        assert math.dist(marker.rest, at) < 0.1


def test_what_a_picture_needs_of_the_atlas_is_read_once() -> None:
    """The first picture of a process takes half a million calls, most of them to read the atlas."""
    story = one_place(camera=make_camera())
    chapter_picture(story, "one")
    assert calls_of(partial(chapter_picture, story, "one")) < 100_000
