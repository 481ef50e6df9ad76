"""Events and places as GeoJSON, and finding them."""

from __future__ import annotations

import pytest

from storymap.models import Story
from tests.storymap.api.asking import SITE, STORY, data

pytestmark = pytest.mark.django_db


def test_an_event_carries_its_claim_and_its_sources(story: Story) -> None:
    event = next(f for f in data(f"{STORY}events.geojson")["features"] if f["id"] == "flight")
    words = event["properties"]
    assert (words["status"], words["earliest"], words["latest"]) == ("alleged", "1997-01-01", "1997-03-31")
    assert words["url"] == f"{SITE}/stories/a-story/beginning/#flight"
    assert words["citations"][0]["source"]["title"] == "The gazette"
    assert (words["place"]["precision"], words["place"]["radius"]) == ("building", 50)
    assert words["note"] is None and words["also_there"] == []
    way = words["journey"]
    assert [stop["slug"] for stop in way["stops"]] == ["square", "fiji"]
    assert (way["mode"], way["date"]) == ("air", words["date"])
    assert way["straight_line_km"] == pytest.approx(11_120, rel=0.05)
    assert [place["slug"] for place in words["further_places"]] == ["fiji"], "for programs of before journeys"
    assert words in data(STORY)["events"]


def test_what_crosses_the_antimeridian_is_cut_and_what_has_no_place_has_no_geometry(story: Story) -> None:
    answer = data(f"{STORY}events.geojson")
    shapes = {f["id"]: f["geometry"] and f["geometry"]["type"] for f in answer["features"]}
    assert shapes == {"meeting": "Point", "flight": "MultiLineString", "rumour": None, "aftermath": "Point"}
    west, _south, east, _north = answer["bbox"]
    assert (west, east) == (178.44, -77.03)
    boxes = {f["id"]: f.get("bbox") for f in answer["features"]}
    assert boxes["flight"][0] == 178.44 and boxes["meeting"] is boxes["rumour"] is None
    assert "crs" not in answer


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["meeting", "flight", "rumour", "aftermath"]),
        ("bbox=-78,-13,-76,-11", ["meeting", "flight"]),
        ("bbox=178,-19,179,-18", ["flight", "aftermath"]),
        ("bbox=170,-80,-170,80", ["flight", "aftermath"]),
        ("bbox=-130,-60,-110,-20", ["flight"]),  # on the way
        ("bbox=0,0,10,10", []),
        ("from=1997-03-31", ["flight", "aftermath"]),
        ("until=1996", ["meeting"]),
        ("from=1997-02&until=1997-02", ["flight"]),
        ("from=2001-06-01&until=2001-06-01", ["aftermath"]),
        ("status=denied", ["rumour"]),
        ("status=alleged,disputed", ["flight", "aftermath"]),
        ("status=disputed&bbox=-78,-13,-76,-11", []),
    ],
)
def test_events_are_found_by_place_time_and_status(story: Story, query: str, found: list[str]) -> None:
    answer = data(f"{STORY}events.geojson?{query}")
    assert [feature["id"] for feature in answer["features"]] == found
    assert (answer["matched"], answer["total"]) == (len(found), 4)
    assert ("bbox" in answer) == any(feature["geometry"] for feature in answer["features"])


def test_places_are_found_by_a_box(story: Story) -> None:
    for query, found in (("", ["fiji", "square"]), ("?bbox=178,-19,179,-18", ["fiji"])):
        assert [feature["id"] for feature in data(f"{STORY}places.geojson{query}")["features"]] == found
