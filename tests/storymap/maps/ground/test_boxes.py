"""Streets are cut where the close cameras of a story look."""

from __future__ import annotations

from typing import Any

import pytest

from places.geo import Bounds, Camera, LatLng
from storymap.maps.atlas import LARGE_WINDOW
from storymap.maps.ground.boxes import Box, box_of_bounds, boxes_of
from storymap.maps.projection import viewport_of
from storymap.story.localizing import localize
from storymap.story.storyfile import MomentEntry
from tests.factories import chapter_entry, story_file

LIMA = LatLng(-12.05, -77.03)


def camera(zoom: float, lat: float = LIMA.lat, lng: float = LIMA.lng) -> Camera:
    return Camera(center=LatLng(lat, lng), zoom=zoom)


def boxes(*cameras: Camera, **fields: Any) -> tuple[Box, ...]:
    """Of a story with one chapter for each camera."""
    chapters = tuple(chapter_entry(f"c{number}", camera=one) for number, one in enumerate(cameras, start=1))
    return boxes_of(localize(story_file(chapters=chapters, **fields), "en", {}))


def contains(outer: Bounds, inner: Bounds) -> bool:
    west, east = outer.west <= inner.west, outer.east >= inner.east
    return west and east and outer.south <= inner.south and outer.north >= inner.north


@pytest.mark.parametrize("zoom", [11, 13.5, 16, 18, 20])
def test_a_box_holds_what_a_large_window_shows(zoom: float) -> None:
    [box] = boxes(camera(zoom))
    assert contains(box.bounds, viewport_of(camera(zoom), *LARGE_WINDOW).bounds)
    assert box.min_zoom <= zoom - 2 and box.name == "c1"


def test_an_extent_is_shown_from_farther_away_on_a_telephone() -> None:
    extent = Bounds(-77.04, -12.06, -77.02, -12.04)
    [box] = boxes(Camera(bounds=extent))
    phone = viewport_of(Camera(bounds=extent), 390, 500)
    assert contains(box.bounds, phone.bounds) and box.min_zoom <= phone.zoom - 2


def test_far_cameras_need_no_streets() -> None:
    assert boxes(camera(10.9), camera(3)) == ()


def test_moments_have_cameras_of_their_own() -> None:
    moment = MomentEntry(event="meeting", camera=camera(17, lat=-12.5))
    document = localize(story_file(chapters=(chapter_entry(camera=camera(4), moments=(moment,)),)), "en", {})
    [box] = boxes_of(document)
    assert box.bounds.south < -12.5 < box.bounds.north and box.name == "beginning"


def test_a_chapter_without_a_camera_is_seen_where_its_places_are() -> None:
    document = localize(story_file(chapters=(chapter_entry(camera=None),)), "en", {})
    [box] = boxes_of(document)
    assert contains(box.bounds, Bounds(-77.031, -12.051, -77.029, -12.049))


def test_neighbours_that_overlap_share_a_box() -> None:
    [box] = boxes(camera(16), camera(16.5, lng=LIMA.lng + 0.01), camera(16), camera(17))
    assert (box.name, box.zoom, box.min_zoom) == ("c1", 17, 14)


def test_what_lies_apart_or_is_far_less_close_has_its_own() -> None:
    assert [box.name for box in boxes(camera(16), camera(16, lat=-12.2), camera(13))] == ["c1", "c2", "c3"]


def test_a_bridge_between_two_joins_all_three() -> None:
    near, far = camera(16), camera(16, lng=LIMA.lng + 0.06)
    assert len(boxes(near, far)) == 2
    assert len(boxes(near, far, camera(15, lng=LIMA.lng + 0.03))) == 1


def test_a_box_may_cross_the_antimeridian() -> None:
    [box] = boxes(camera(15, lat=-16.8, lng=179.99))
    assert box.bounds.west < 180 < box.bounds.east


def test_only_what_the_zoom_can_show_is_asked_for() -> None:
    [far], [near] = boxes(camera(11)), boxes(camera(17))
    assert {"motorway", "main", "sea"} <= far.kinds and not {"local", "path", "building"} & far.kinds
    assert {"local", "path", "building"} <= near.kinds
    assert (far.max_zoom, near.max_zoom) == (13, 18)


def test_chosen_bounds_are_taken_as_they_are() -> None:
    bounds = Bounds(-77.05, -12.06, -77.03, -12.04)
    box = box_of_bounds(bounds, "centre")
    assert (box.bounds, box.min_zoom, box.name) == (bounds, 13, "centre") and "building" in box.kinds
    with pytest.raises(ValueError, match="no width"):
        box_of_bounds(Bounds(-77.05, -12.06, -77.05, -12.04))
