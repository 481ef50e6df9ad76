from __future__ import annotations

import pytest

from places.geo import Bounds, Camera, LatLng
from storymap.maps.projection import circle_bounds, viewport_of
from storymap.maps.scene import WORLD, scene_of
from storymap.story.storyfile import Journey
from tests.factories_documents import LIMA, make_camera, make_chapter, make_event, make_place, make_story

LONDON = LatLng(51.50853, -0.12574)
METRO = Camera(bounds=Bounds(-77.08, -12.108, -77.01, -12.036))


def test_pins_are_numbered_in_order_of_first_appearance() -> None:
    events = (
        make_event("a", "london"),
        make_event("b", "residence", also_there=("london", "tokyo")),
        make_event("c", ""),
        make_event("d", "residence"),
    )
    places = (make_place(), make_place("london", LONDON), make_place("tokyo", LatLng(35.6895, 139.69171)))
    scene = scene_of(make_story((make_chapter("one", ("a", "b", "c", "d")),), events, places))
    pins = [(pin.place, pin.number, pin.events) for pin in scene.chapters[0].pins]
    assert pins == [("london", 1, ("a", "b")), ("residence", 2, ("b", "d")), ("tokyo", 3, ("b",))]
    assert [pin.place for pin in scene.chapters[0].pins if pin.aside] == ["tokyo"], "in London something happened"


def test_the_stops_of_a_journey_stand_before_places_also_concerned() -> None:
    way = Journey(stops=("tokyo", "london"))
    event = make_event("a", "residence", also_there=("canada",), journey=way)
    places = tuple(make_place(slug) for slug in ("residence", "london", "tokyo", "canada"))
    scene = scene_of(make_story((make_chapter("one", ("a",)),), (event,), places))
    assert [(p.place, p.aside) for p in scene.chapters[0].pins] == [
        ("residence", False),
        ("tokyo", False),
        ("london", False),
        ("canada", True),
    ]


def test_a_chapter_without_camera_shows_the_whole_circle_of_its_place() -> None:
    place = make_place(radius=5000.0)
    story = make_story((make_chapter("one", ("e",)),), (make_event("e"),), (place,))
    fitted = scene_of(story).chapters[0].camera.bounds
    around = circle_bounds(place.at, 5000)
    assert fitted is not None
    assert fitted.west < around.west and fitted.east > around.east
    assert fitted.south < around.south and fitted.north > around.north


def test_zero_is_a_place_like_any_other() -> None:
    null = make_place("null", LatLng(0, 0))
    camera = (
        scene_of(make_story((make_chapter("one", ("e",)),), (make_event("e", "null"),), (null,))).chapters[0].camera
    )
    assert camera.bounds is not None
    assert camera.bounds.west < 0 < camera.bounds.east
    assert camera.bounds.center == LatLng(0, 0)


def test_places_on_both_sides_of_the_antimeridian_are_fitted_the_short_way() -> None:
    places = (make_place("fiji", LatLng(-17.8, 178.0)), make_place("samoa", LatLng(-13.8, -171.8)))
    events = (make_event("a", "fiji"), make_event("b", "samoa"))
    camera = scene_of(make_story((make_chapter("one", ("a", "b")),), events, places)).chapters[0].camera
    assert camera.bounds is not None
    assert camera.bounds.east - camera.bounds.west < 20


def test_a_wide_circle_is_not_taken_for_the_rest_of_the_globe() -> None:
    north = make_place("arctic", LatLng(75, 20), radius=1_500_000.0)
    story = make_story((make_chapter("one", ("e",)),), (make_event("e", "arctic"),), (north,))
    camera = scene_of(story).chapters[0].camera
    assert camera.bounds is not None
    assert camera.bounds.east - camera.bounds.west > 180


def test_a_story_without_places_shows_the_world() -> None:
    assert scene_of(make_story((make_chapter(),))).chapters[0].camera == WORLD


def test_all_chapters_in_lima_share_one_neighbourhood() -> None:
    cameras = (make_camera(zoom=16.5), make_camera(zoom=18), METRO, make_camera(zoom=15.5))
    chapters = tuple(make_chapter(f"c-{i}", camera=camera) for i, camera in enumerate(cameras))
    nears = scene_of(make_story(chapters)).nears
    assert [near.detail for near in nears] == ["10m"]


def test_a_neighbourhood_holds_what_a_large_screen_shows() -> None:
    near = scene_of(make_story((make_chapter(camera=METRO),))).nears[0]
    seen = viewport_of(METRO, 1920, 1200).bounds
    assert near.bounds.west < seen.west and near.bounds.east > seen.east
    assert near.bounds.south < seen.south and near.bounds.north > seen.north


def test_a_neighbourhood_named_beyond_the_antimeridian_is_the_same_neighbourhood() -> None:
    here, there = make_camera(35.69, 139.69, 11), make_camera(35.69, 139.69 - 360, 11)
    chapters = (make_chapter("a", camera=here), make_chapter("b", camera=there))
    nears = scene_of(make_story(chapters)).nears
    assert len(nears) == 1
    assert -180 <= nears[0].bounds.center.lng <= 180


def test_wide_cameras_need_no_neighbourhood() -> None:
    atlantic = Camera(bounds=Bounds(-95, -20, 8, 58))
    assert scene_of(make_story((make_chapter(camera=atlantic),))).nears == ()


def test_a_continent_of_close_cameras_is_not_merged_into_one_huge_neighbourhood() -> None:
    chapters = tuple(make_chapter(f"c-{i}", camera=make_camera(50, i * 1.5, 10)) for i in range(40))
    nears = scene_of(make_story(chapters)).nears
    assert 1 < len(nears) < 40
    assert all(near.bounds.east - near.bounds.west <= 16 for near in nears)


def test_the_largest_zoom_lets_a_reader_look_a_little_closer() -> None:
    assert scene_of(make_story((make_chapter(camera=make_camera(zoom=18)),))).max_zoom == 19
    assert scene_of(make_story((make_chapter(camera=make_camera(zoom=3)),))).max_zoom == 9


@pytest.mark.parametrize("slug", ["Lima", "", "a--b", "-a", "a_b", "{{7*7}}", "a\n", "ä"])
def test_anything_but_a_slug_is_refused(slug: str) -> None:
    for story in (
        make_story(slug=slug),
        make_story((make_chapter(slug),)),
        make_story(events=(make_event(slug),)),
        make_story(places=(make_place(slug),)),
    ):
        with pytest.raises(ValueError, match="no slug"):
            scene_of(story)


def test_moments_keep_their_own_cameras() -> None:
    chapter = make_chapter(events=("e",))
    moment = type(chapter.moments[0])(event="e", camera=METRO)
    story = make_story((make_chapter(moments=(moment,)),), (make_event("e"),), (make_place(),))
    assert scene_of(story).chapters[0].moment_cameras == {"e": METRO}
    assert story.places["residence"].at == LIMA


def test_the_cover_shows_every_place_and_a_story_without_any_begins_as_its_first_chapter() -> None:
    places = (make_place("a", LatLng(10, 20)), make_place("b", LatLng(-30, 60)))
    events = (make_event("one", "a"), make_event("two", "b"))
    cover = scene_of(make_story((make_chapter("first", ("one", "two"), camera=METRO),), events, places)).cover
    assert cover and cover.bounds and cover.bounds.south < -30 and cover.bounds.north > 10
    assert cover.bounds.west < 20 and cover.bounds.east > 60
    assert scene_of(make_story((make_chapter(),))).cover is None
