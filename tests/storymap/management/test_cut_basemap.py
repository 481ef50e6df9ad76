"""`manage.py cut_basemap` lays streets under a story."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from places.geo import Camera, LatLng
from storymap.maps.ground.extract_file import decode
from storymap.models import Story
from tests import town
from tests.factories import chapter_entry, make_story
from tests.file_server import FileServer

pytestmark = pytest.mark.django_db
BOUNDS = "--bounds=-77.11,-12.11,-77.09,-12.09"
MINE = {"attribution": "The town", "licence": "CC0-1.0", "date": "1996"}


@pytest.fixture
def story() -> Story:
    camera = Camera(center=LatLng(-12.1, -77.1), zoom=16)
    return make_story(chapters=(chapter_entry("harbour", camera=camera),))


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "town.geojson"
    path.write_text(json.dumps(town.geojson()))
    return str(path)


def told(story: Story, source: str, *arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("cut_basemap", story.slug, "--from", source, *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_streets_are_laid_under_the_close_views(story: Story, source: str) -> None:
    said = told(story, source, **MINE)
    extract = story.extracts.get()
    assert (extract.slug, extract.head["credit"]["attribution"]) == ("harbour", "The town")
    assert "The town · CC0-1.0 · 1996" in said and "harbour: " in said and "packed" in said
    assert "1 stored" in said


def test_a_terminal_is_told_how_far_it_is(story: Story, tmp_path: Path) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    town.write_pmtiles(tmp_path / "town.pmtiles", town.protomaps(), 15)
    screen = Terminal()
    call_command("cut_basemap", story.slug, "--from", tmp_path / "town.pmtiles", stdout=StringIO(), stderr=screen)
    assert "tile 1 of " in screen.getvalue() and screen.getvalue().endswith("\r\x1b[K")


def test_cutting_again_replaces(story: Story, source: str) -> None:
    told(story, source, **MINE)
    before = story.extracts.get().file
    told(story, source, **{**MINE, "date": "1997"})
    assert story.extracts.get().file != before


def test_bounds_and_a_name_may_be_chosen(story: Story, source: str) -> None:
    told(story, source, BOUNDS, name="Old town", **MINE)
    extract = story.extracts.get()
    assert (extract.slug, extract.head["bounds"]["west"]) == ("old-town", -77.11)


def test_a_dry_run_stores_nothing(story: Story, source: str) -> None:
    assert "Nothing was stored" in told(story, source, "--dry-run", **MINE)
    assert not story.extracts.exists()


def test_an_extract_may_be_written_to_a_file(story: Story, source: str, tmp_path: Path) -> None:
    target = tmp_path / "streets.json"
    told(story, source, output=target, **MINE)
    assert decode(target.read_bytes()).credit.attribution == "The town" and not story.extracts.exists()
    assert {file.name for file in tmp_path.iterdir()} == {"streets.json", "town.geojson"}


def test_several_boxes_have_several_names(source: str, tmp_path: Path) -> None:
    cameras = [Camera(center=LatLng(-12.1, -77.1), zoom=zoom) for zoom in (17, 13)]
    story = make_story(chapters=tuple(chapter_entry(f"c{n}", camera=camera) for n, camera in enumerate(cameras)))
    said = told(story, source, **MINE)
    assert [extract.slug for extract in story.extracts.all()] == ["c0", "c1"]
    assert "c0: They overlap “c1” and are drawn on top." in said
    assert "c1: They overlap “c0” and are drawn underneath." in said
    told(story, source, name="town", **MINE)
    assert {extract.slug for extract in story.extracts.all()} == {"c0", "c1", "town", "town-2"}
    with pytest.raises(CommandError, match=r"Nothing was stored\. “///” has no letter"):
        told(story, source, name="///", **MINE)
    told(story, source, output=tmp_path / "s.json", **MINE)
    assert {"s-1.json", "s-2.json"} <= {file.name for file in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        ((), {}, "Nothing was cut. town.geojson does not say whose data it holds"),
        ((), {**MINE, "date": "x"}, "is no EDTF date"),
        (("--bounds=10,10,10.01,10.01",), MINE, "has no streets within these bounds"),
        (("--bounds=10,10,10,11",), MINE, "no width or no height"),
        (("--bounds=1,2,3",), MINE, "not west,south,east,north.*3 numbers, not 4"),
        (("--bounds=1,95,2,99",), MINE, "not west,south,east,north"),
        ((), {**MINE, "output": Path("/nowhere/streets.json")}, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], options: dict[str, Any], said: str, story: Story, source: str
) -> None:
    with pytest.raises(CommandError, match=said):
        told(story, source, *arguments, **options)
    assert not story.extracts.exists()


def test_a_story_that_is_not_there_is_said(source: str) -> None:
    with pytest.raises(CommandError, match="no story 'none'"):
        call_command("cut_basemap", "none", "--from", source)


def test_a_story_without_close_views_needs_bounds(source: str) -> None:
    story = make_story(chapters=(chapter_entry(camera=Camera(center=LatLng(0, 0), zoom=3)),))
    with pytest.raises(CommandError, match="Give --bounds"):
        told(story, source, **MINE)


def test_streets_come_from_an_overpass_server(story: Story, file_server: FileServer) -> None:
    file_server.files["/api/interpreter"] = json.dumps(town.overpass(with_geometry=True)).encode()
    assert "© OpenStreetMap contributors · ODbL-1.0 · 2026-11-01" in told(story, f"{file_server.url}/api/interpreter")
    assert story.extracts.get().head["credit"]["licence"] == "ODbL-1.0"


def test_streets_come_from_tiles_on_a_server(story: Story, file_server: FileServer, tmp_path: Path) -> None:
    town.write_pmtiles(tmp_path / "town.pmtiles", town.protomaps(), 15)
    file_server.files["/town.pmtiles"] = (tmp_path / "town.pmtiles").read_bytes()
    told(story, f"{file_server.url}/town.pmtiles")
    assert story.extracts.get().head["credit"]["date"] == town.DAY


def test_a_server_that_fails_leaves_the_story_as_it_is(story: Story, file_server: FileServer) -> None:
    with pytest.raises(CommandError, match="Nothing was cut.*status 404"):
        told(story, f"{file_server.url}/api/interpreter")
    assert not story.extracts.exists()
