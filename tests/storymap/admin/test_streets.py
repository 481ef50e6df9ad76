"""The streets under a story in the workshop: listed, uploaded, cut for a view, deleted."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from places.geo import Camera, LatLng
from storymap.admin.story.streets import extracts_for_maps
from storymap.models import Story, Trashed
from tests.factories import chapter_entry, extract_file, make_story, make_story_with_streets, make_user

pytestmark = pytest.mark.django_db
LINE = {"type": "LineString", "coordinates": [[-77.05, -12.07], [-77.03, -12.05], [-77.01, -12.03]]}
ROAD = {"type": "Feature", "properties": {"highway": "primary", "name": "Avenida Uno"}, "geometry": LINE}
SAID = {"name": "Old centre", "attribution": "© OpenStreetMap contributors", "licence": "ODbL-1.0", "date": "2026-11"}


def page(story: Story, name: str = "streets", *more: object) -> str:
    return reverse(f"admin:storymap_story_{name}", args=[story.pk, *more])


def streets(*features: Any) -> SimpleUploadedFile:
    tree = {"type": "FeatureCollection", "features": features or (ROAD,)}
    return SimpleUploadedFile("streets.geojson", json.dumps(tree).encode())


def read(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_extracts_are_listed_with_where_size_credit_and_date(editor: Client) -> None:
    story = make_story_with_streets(content=extract_file(date="2013~"))
    said = read(editor.get(page(story)))
    assert "4.4 × 4.4 km around 12.0500° S, 77.0300° W" in said and "1 KB" in said
    assert "© Street mappers, ODbL-1.0" in said and "about 2013" in said
    assert page(story) in read(editor.get(reverse("admin:storymap_story_change", args=[story.pk])))


def test_streets_are_uploaded(editor: Client) -> None:
    story = make_story()
    response = editor.post(page(story), {**SAID, "file": streets()}, follow=True)
    [row] = story.extracts.all()
    assert row.slug == "old-centre" and row.head["credit"]["attribution"] == SAID["attribution"]
    assert row.head["bounds"] == {"west": -77.05, "south": -12.07, "east": -77.01, "north": -12.03}
    assert "Streets lie under the map now: 4.4 × 4.4 km" in read(response)
    assert story.revisions.first().by == "ana"


def test_streets_that_overlap_others_say_which_and_what_lies_on_top(editor: Client) -> None:
    story = make_story_with_streets()
    said = read(editor.post(page(story), {**SAID, "file": streets()}, follow=True))
    assert "They overlap “centre” and are drawn on top." in said
    elsewhere = {**LINE, "coordinates": [[lng + 1, lat] for lng, lat in LINE["coordinates"]]}
    file = streets({**ROAD, "geometry": elsewhere})
    assert "They overlap" not in read(editor.post(page(story), {**SAID, "name": "New", "file": file}, follow=True))


def test_streets_that_no_view_shows_are_warned_of(editor: Client) -> None:
    story = make_story(chapters=(chapter_entry(camera=Camera(center=LatLng(-12.05, -77.03), zoom=15)),))
    warning = "No close view of this story shows them"
    assert warning not in read(editor.post(page(story), {**SAID, "file": streets()}, follow=True))
    swapped = {**LINE, "coordinates": [position[::-1] for position in LINE["coordinates"]]}
    file = streets({**ROAD, "geometry": swapped})
    assert warning in read(editor.post(page(story), {**SAID, "file": file}, follow=True))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"file": streets({**ROAD, "geometry": {"type": "Circle"}})}, "streets.geojson, feature 1: a geometry of type"),
        ({"file": SimpleUploadedFile("a.txt", b"streets")}, "a.txt is no GeoJSON"),
        ({"file": SimpleUploadedFile("a.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\xff")}, "a.pbf is no GeoJSON"),
        ({"file": SimpleUploadedFile("a.json", b'{"elements": []}')}, "a.json is no GeoJSON"),
        ({"file": streets({**ROAD, "properties": {}})}, "Nothing there has a tag that is drawn"),
        ({"file": SimpleUploadedFile("a.json", b'{"type": "FeatureCollection", "features": []}')}, "holds no lines"),
        ({"file": streets({**ROAD, "geometry": {"type": "Point", "coordinates": [1, 2]}})}, "no width or no height"),
        ({"name": "///"}, "“///” has no letter and no digit"),
        ({"attribution": ""}, "This field is required"),
        ({"licence": ""}, "This field is required"),
        ({"date": "yesterday"}, "“yesterday” is not a date"),
    ],
)
def test_what_cannot_be_taken_is_named(editor: Client, fields: dict[str, Any], why: str) -> None:
    story = make_story()
    if "file" in fields:
        fields["file"].seek(0)
    response = editor.post(page(story), {**SAID, "file": streets(), **fields})
    assert response.status_code == 200 and why in read(response)
    assert not story.extracts.exists()


def test_a_file_that_is_too_large_is_named(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storymap.admin.story.streets.LARGEST_UPLOAD", 10)
    assert "larger than 15 MB" in read(editor.post(page(make_story()), {**SAID, "file": streets()}))


def test_streets_that_others_changed_meanwhile_stay(editor: Client) -> None:
    story = make_story()
    seen = Story.objects.get(pk=story.pk).version
    other = Client()
    other.force_login(make_user("ben", "editor"))
    other.post(page(story), {**SAID, "file": streets()})
    response = editor.post(page(story), {**SAID, "file": streets(), "name": "Other", "version": seen})
    assert "changed elsewhere" in read(response) and story.extracts.count() == 1


def test_they_go_to_the_trash_and_come_back(editor: Client) -> None:
    story = make_story_with_streets()
    row = story.extracts.get()
    response = editor.post(page(story, "delete_streets", row.pk), follow=True)
    assert not story.extracts.exists() and "in the trash for 30 days" in read(response)
    back = reverse("admin:storymap_trashed_put_back", args=[Trashed.objects.get().pk])
    response = editor.post(back, follow=True)
    assert story.extracts.count() == 1 and "“centre” is back." in read(response)
    assert editor.post(page(make_story("other"), "delete_streets", row.pk)).status_code == 404


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Path:
    file = tmp_path / "town.geojson"
    tree = {"type": "FeatureCollection", "attribution": "© Town", "features": [ROAD]}
    file.write_text(json.dumps(tree), "utf-8")
    settings.STORYMAP_STREETS_SOURCE = str(file)
    return file


VIEW = {"lat": "-12.05", "lng": "-77.03", "zoom": "16", "name": "beginning"}


def test_streets_are_cut_for_a_view(editor: Client, source: Path) -> None:
    story = make_story()
    answer = editor.post(page(story, "streets_for_view"), VIEW).json()
    assert "Readers load 1 KB for them." in answer["said"]
    [row] = story.extracts.all()
    assert row.slug == "beginning" and row.head["credit"]["attribution"] == "© Town"
    assert answer["extracts"][0]["url"] == f"/media/{row.file}"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"zoom": "9"}, "Zoom in to 11 or closer"),
        ({"lat": "north"}, "does not say what it shows"),
        ({"lat": "nan"}, "does not say what it shows"),
        ({"lat": "50"}, "no streets within these bounds"),
    ],
)
def test_what_cannot_be_cut_is_said(editor: Client, source: Path, asked: dict[str, str], why: str) -> None:
    story = make_story()
    response = editor.post(page(story, "streets_for_view"), VIEW | asked)
    assert response.status_code == 400 and why in response.json()["problem"]
    assert not story.extracts.exists()


def test_a_source_that_is_not_there_is_said(editor: Client, settings: Any) -> None:
    story = make_story()
    assert "STORYMAP_STREETS_SOURCE" in editor.post(page(story, "streets_for_view"), VIEW).json()["problem"]
    for named, why in (("/nowhere/town.pbf", "There is no file"), ("http://example.org/", "https://")):
        settings.STORYMAP_STREETS_SOURCE = named
        assert why in editor.post(page(story, "streets_for_view"), VIEW).json()["problem"]


def test_who_may_not_change_the_story_lays_no_streets() -> None:
    story = make_story_with_streets()
    client = Client()
    client.force_login(make_user("reader"))
    for path in (page(story), page(story, "streets_for_view"), page(story, "delete_streets", story.extracts.get().pk)):
        assert client.post(path).status_code in (302, 403)
    assert story.extracts.count() == 1


def map_data(client: Client, story: Story) -> dict[str, Any]:
    said = read(client.get(reverse("admin:storymap_chapter_change", args=[story.chapters.get().pk])))
    found = re.search(r'data-map="({.*?})"[ >]', said)
    assert found
    return json.loads(found[1])


def test_the_map_of_a_chapter_has_the_streets_and_offers_more(editor: Client, settings: Any) -> None:
    story = make_story_with_streets()
    told = map_data(editor, story)
    assert told["ground"]["extracts"] == extracts_for_maps(story) and told["ground"]["tiles"] is None
    assert told["streets"] is None
    settings.STORYMAP_STREETS_SOURCE = "https://overpass.example.org/api/interpreter"
    told = map_data(editor, story)
    assert told["streets"] == {"address": page(story, "streets_for_view"), "name": "beginning"}
