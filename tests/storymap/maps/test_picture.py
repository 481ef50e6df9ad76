"""A picture in place of the earth: where it lies in the plane, what its scene holds, and the pictures of it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from places.geo import Bounds, Camera, LatLng
from storymap.maps.card import CardWords, card
from storymap.maps.geojson import places_geojson
from storymap.maps.map_script import MapUrls, PictureUrl, script_of
from storymap.maps.picture import WORLD, bounds_of, position, whole_picture
from storymap.maps.projection import viewport_of, world_x, world_y
from storymap.maps.scene import FARTHEST, scene_of
from storymap.maps.static_picture import chapter_picture, chapter_size, measured_from
from storymap.pages.addresses import basemap
from storymap.services.media.files import Storing
from storymap.services.media.stage_pictures import stage_files
from storymap.stage import Frame, Spot, size_in
from storymap.story.document import MomentDocument, PictureFile, StageDocument, StoryDocument
from tests.factories_documents import make_chapter, make_event, make_place, make_story

pytestmark = pytest.mark.usefixtures("empty_storage")
DOOR, HALL = Spot("point", ((0.25, 0.5),)), Spot("area", ((0.5, 0), (1, 0), (1, 1), (0.5, 1)))
WAY = Spot("line", ((0.25, 0.5), (0.75, 0.5)))


def halves(width: int = 1200, height: int = 600) -> bytes:
    """Blue on the left, yellow on the right."""
    picture, data = Image.new("RGB", (width, height), (255, 220, 0)), io.BytesIO()
    picture.paste((0, 0, 255), (0, 0, width // 2, height))
    picture.save(data, "PNG")
    return data.getvalue()


def stage_of(content: bytes) -> StageDocument:
    files = stage_files(content)
    Storing().store(files.contents)
    width, height = size_in(files.name) or (0, 0)
    words = {"alt": "Two halves", "caption": "Halves", "credit": "Ana", "licence": "CC0-1.0"}
    return StageDocument(slug="halves", file=PictureFile(name=files.name, width=width, height=height), **words)


def told(frame: Frame | None = None, **chapter: Any) -> StoryDocument:
    """One chapter on the earth, one on a picture, with an event told at each kind of spot and one at none."""
    moments = tuple(
        MomentDocument(event=slug, camera=None, **({"spot": spot} if spot else {}))
        for slug, spot in (("door", DOOR), ("hall", HALL), ("way", WAY), ("again", DOOR), ("nowhere", None))
    )
    events = [
        make_event(slug, status="reported" if slug == "way" else "documented") for slug in ("door", "way", "hall")
    ]
    events += [make_event("again"), make_event("nowhere"), make_event("earthly")]
    given: dict[str, Any] = {"stage": stage_of(halves()), "moments": moments} | chapter
    if frame:
        given["frame"] = frame
    house = make_chapter("house", **given)
    return make_story((make_chapter("earth", ("earthly",)), house), tuple(events), (make_place(),))


def test_one_pixel_of_the_picture_is_one_of_the_map_at_zoom_18() -> None:
    at = position((10_000, 8_000), (0.5, 1))
    assert (world_x(at.lng) - 0.5) * WORLD == pytest.approx(5_000)
    assert (world_y(at.lat) - 0.5) * WORLD == pytest.approx(8_000)
    assert position((100, 100), (0, 0)) == LatLng(0, 0)


def test_pins_stand_at_spots_and_moments_at_one_point_share_one() -> None:
    pins = scene_of(told()).chapters[1].pins
    assert [(pin.place, pin.number, pin.events) for pin in pins] == [
        ("house/door", 1, ("door", "again")),
        ("house/hall", 2, ("hall",)),
        ("house/way", 3, ("way",)),
    ]
    assert pins[0].spot == position((1200, 600), (0.25, 0.5))
    assert pins[1].spot == position((1200, 600), (0.75, 0.5)), "within the area"


def test_the_camera_shows_the_whole_picture_or_the_frame() -> None:
    assert scene_of(told()).chapters[1].camera == Camera(bounds=bounds_of((1200, 600)))
    camera = scene_of(told(Frame(0.5, 0, 1, 0.5))).chapters[1].camera
    start, end = position((1200, 600), (0.5, 0)), position((1200, 600), (1, 0.5))
    assert camera.bounds == Bounds(start.lng, end.lat, end.lng, start.lat)


def test_a_moment_may_have_a_frame_of_its_own() -> None:
    frame = Frame(0, 0, 0.5, 1)
    document = told(moments=(MomentDocument(event="door", camera=None, frame=frame),))
    assert scene_of(document).chapters[1].moment_cameras == {"door": Camera(bounds=bounds_of((1200, 600), frame))}


def test_a_picture_needs_no_atlas_and_no_closer_zoom() -> None:
    scene = scene_of(make_story((told().chapters[1],), tuple(told().events.values()), (make_place(),)))
    assert (scene.nears, scene.max_zoom) == ((), FARTHEST)


def test_the_script_says_where_the_picture_is_and_none_of_its_words() -> None:
    scene = scene_of(told())
    name = scene.pictures[0].name
    urls = MapUrls(
        "places", (), tuple("near" for _ in scene.nears), basemap(), pictures={name: PictureUrl("/media/x-")}
    )
    script = script_of(scene, urls)
    assert '"picture":{"width":1200,"height":600,"tiles":"/media/x-"}' in script
    assert script.count('"picture"') == 1, "the chapter on the earth has none"
    assert not any(word in script for word in ("halves", "Ana", "CC0"))


def test_the_map_is_given_spots_by_name_and_nothing_of_the_earth_for_that_chapter() -> None:
    document = told(overlay={"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {}}]})
    features = [f["properties"] for f in places_geojson(document)["features"]]
    assert [f["slug"] for f in features if f["kind"] == "spot"] == ["house/door", "house/hall", "house/way"]
    assert [(f["kind"], f["spot"], f["schematic"]) for f in features if f.get("chapter") == "house"] == [
        ("area", "house/hall", False),
        ("line", "house/way", True),
    ], "what is not established is drawn broken; the overlay lies on the earth"


def test_an_area_of_several_moments_is_drawn_once_and_whole_if_one_is_documented() -> None:
    moments = tuple(MomentDocument(event=slug, camera=None, spot=HALL) for slug in ("way", "hall"))
    features = [f["properties"] for f in places_geojson(told(moments=moments))["features"]]
    assert [(f["spot"], f["schematic"]) for f in features if f.get("chapter") == "house"] == [("house/way", False)]


def shown(document: StoryDocument) -> Image.Image:
    return Image.open(io.BytesIO(chapter_picture(document, "house"))).convert("RGB")


def is_near(colour: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(colour, wanted, strict=True))


BLUE, YELLOW, RED = (0, 0, 255), (255, 220, 0), (140, 42, 27)


def test_without_javascript_the_picture_itself_is_seen_with_its_pins() -> None:
    document = told(moments=(MomentDocument(event="door", camera=None, spot=DOOR),))
    picture = shown(document)
    assert picture.size == chapter_size(document.chapters[1]) == (960, 492)
    assert is_near(picture.getpixel((100, 246)), BLUE)
    assert is_near(picture.getpixel((860, 246)), YELLOW)
    assert is_near(picture.getpixel((12 + 936 // 4 - 9, 246)), RED), "the pin, beside its number"


def test_a_frame_is_drawn_in_its_own_shape() -> None:
    document = told(Frame(0.5, 0, 0.75, 1), moments=())
    picture = shown(document)
    assert picture.size == (960, 1400), "as high as a picture may be"
    assert is_near(picture.getpixel((480, 700)), YELLOW)


def test_a_moment_beside_the_frame_makes_the_picture_show_the_whole() -> None:
    """Nobody can move it."""
    at = (MomentDocument(event="door", camera=None, spot=DOOR),)
    assert shown(told(Frame(0.6, 0, 1, 1), moments=at)).size == shown(told(moments=at)).size
    assert shown(told(Frame(0, 0, 0.4, 1), moments=at)).size != shown(told(moments=at)).size


def test_a_lost_tile_leaves_a_gap() -> None:
    lost = PictureFile(name="f" * 32 + "-full-1200x600.png", width=1200, height=600)
    stage = StageDocument(slug="halves", file=lost, alt="", caption="", credit="", licence="")
    assert is_near(shown(told(stage=stage, moments=())).getpixel((100, 246)), (255, 253, 248))


def test_nothing_is_measured_on_a_picture() -> None:
    document = told()
    assert measured_from(document, document.chapters[1]) is None


def test_the_card_of_a_chapter_shows_the_picture() -> None:
    image = Image.open(io.BytesIO(card(told(), "house", CardWords("a", "b", "c", (), "d")))).convert("RGB")
    assert is_near(image.getpixel((560, 315)), BLUE)


def test_a_page_that_fetches_nothing_holds_a_size_that_is_sensible() -> None:
    large = stage_of(halves(5000, 1000)).file
    assert Image.open(io.BytesIO(whole_picture(large))).size == (2500, 500)


def test_its_view_is_that_of_the_map() -> None:
    view = viewport_of(Camera(bounds=bounds_of((1200, 600))), 1200, 600)
    assert view.zoom == pytest.approx(18)
