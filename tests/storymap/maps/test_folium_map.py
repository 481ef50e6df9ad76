from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, strategies as st

from places.geo import Bounds, Camera, LatLng
from storymap.maps.basemaps import Basemap
from storymap.maps.map_script import MapUrls, script_of
from storymap.maps.scene import scene_of
from storymap.story.document import MomentDocument, StoryDocument
from tests.counting import calls_of
from tests.factories_documents import NASTY, make_camera, make_chapter, make_event, make_place, make_story

METRO = Camera(bounds=Bounds(-77.08, -12.108, -77.01, -12.036))
OPERATOR_TILES = Basemap("tiles", "https://tiles.example/{z}/{x}/{y}.png", "© Example", 17, ("https://tiles.example",))


def story(text: str = "A reception", chapters: int = 1, moments: int = 2) -> StoryDocument:
    told: list[Any] = []
    events = []
    for c in range(chapters):
        slugs = [f"event-{c}-{m}" for m in range(moments)]
        events += [make_event(slug, title=text, summary=text, note=text, attributed_to=text) for slug in slugs]
        views = tuple(MomentDocument(event=slug, camera=METRO if i else None) for i, slug in enumerate(slugs))
        told.append(make_chapter(f"chapter-{c}", title=text, narration=text, moments=views, camera=make_camera()))
    place = make_place(name=text, address=text, kind=text, precision=text)
    return make_story(tuple(told), tuple(events), (place,), title=text, byline=text)


def script(document: StoryDocument, basemap: Basemap = Basemap("atlas")) -> str:  # noqa: B008
    scene = scene_of(document)
    nears = tuple(f"/n{i}" for i in range(len(scene.nears)))
    urls = MapUrls("/p.geojson", ((4, "/110m.json"), (99, "/50m.json")), nears, basemap)
    return script_of(scene, urls)


def call(text: str, part: str) -> Any:
    found = re.search(rf"^kit\.{part}\(map_story, (.*)\);$", text, re.MULTILINE)
    return json.loads(found[1]) if found else None


def test_the_script_has_its_agreed_shape() -> None:
    text = script(story())
    head = '"use strict";\nglobalThis.drawStoryMap = (element, kit) => {\nconst map_story = L.map(element, {'
    assert text.startswith(head)
    assert text.endswith("return map_story;\n};\n")
    assert re.findall(r"^kit\.(\w+)", text, re.MULTILINE) == ["atlas", "places", "scene"]


def test_the_atlas_knows_its_levels_and_neighbourhoods() -> None:
    atlas = call(script(story()), "atlas")
    assert atlas["levels"] == [{"maxZoom": 4, "url": "/110m.json"}, {"maxZoom": 99, "url": "/50m.json"}]
    assert atlas["nears"][0]["url"] == "/n0"
    west, south, east, north = atlas["nears"][0]["bounds"]
    assert west < -77.05 < east and south < -12.09 < north
    assert atlas["borders"] is True and atlas["labels"] is True


def test_the_scene_has_cameras_pins_and_moments() -> None:
    chapter = call(script(story()), "scene")["chapters"][0]
    assert chapter["camera"] == {"center": [-12.09139, -77.04944], "zoom": 16.5}
    assert chapter["pins"] == [{"place": "residence", "number": 1, "events": ["event-0-0", "event-0-1"]}]
    assert chapter["moments"] == {"event-0-1": {"bounds": [[-12.108, -77.08], [-12.036, -77.01]]}}


def test_tiles_are_asked_for_only_when_configured() -> None:
    assert call(script(story()), "tiles") is None
    url = "https://tiles.example/{z}/{x}/{y}.png"
    tiles = call(script(story(), OPERATOR_TILES), "tiles")
    assert tiles == {"url": url, "attribution": "© Example", "maxZoom": 17}
    packed = call(script(story(), Basemap("pmtiles", "/world.pmtiles")), "pmtiles")
    assert packed == {"url": "/world.pmtiles", "attribution": ""}


def test_the_operators_words_are_not_compiled_either() -> None:
    for text in NASTY:
        hostile = replace(OPERATOR_TILES, attribution=text)
        written = script(story(), hostile)
        assert call(written, "tiles")["attribution"] == text
        assert "</script" not in written


def test_the_same_scene_gives_the_same_bytes() -> None:
    assert script(story()) == script(story())
    assert not re.search(r"[0-9a-f]{32}", script(story()))


@pytest.mark.parametrize("text", NASTY)
def test_nothing_an_author_wrote_reaches_the_script(text: str) -> None:
    assert script(story(text)) == script(story("harmless"))


@given(st.text(min_size=1))
def test_no_text_changes_the_script(text: str) -> None:
    assert script(story(text)) == script(story("harmless"))


def test_zero_and_minus_longitudes_arrive_as_they_are() -> None:
    document = make_story((make_chapter(camera=Camera(center=LatLng(0, -0.12574), zoom=3)),))
    assert call(script(document), "scene")["chapters"][0]["camera"] == {"center": [0, -0.12574], "zoom": 3}


def test_the_first_view_is_left_to_the_page_which_knows_what_is_read() -> None:
    options = script(story()).split("L.map(element, ")[1].split(");")[0]
    assert "center" not in options and '"zoom"' not in options
    assert '"maxZoom": 18' in options and '"zoomControl": false' in options


def test_a_story_ten_times_as_long_is_ten_times_the_work() -> None:
    work = {}
    for chapters in (50, 500):
        scene = scene_of(story(chapters=chapters, moments=20))
        urls = MapUrls("/p", (), tuple("/n" for _ in scene.nears), Basemap("atlas"))
        work[chapters] = calls_of(partial(script_of, scene, urls))
        assert len(call(script_of(scene, urls), "scene")["chapters"]) == chapters
    assert work[500] < 11 * work[50] < 11 * 30_000
