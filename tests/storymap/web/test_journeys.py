"""Journeys, places also concerned, and what is drawn: in words on the page and in embeds, also without JavaScript."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from storymap.story.storyfile import Journey
from tests.factories import chapter_entry, event_entry, make_published_story, place_entry

pytestmark = pytest.mark.django_db
NOT_THE_WAY = "The line on the map joins the stops; it is not the way taken."
PLACES = (
    place_entry(),
    place_entry("harbour", name={"en": "The harbour"}, lat=-12.06, lng=-77.15),
    place_entry("peru", name={"en": "Peru"}, lat=-9.2, lng=-75.0, radius=500_000),
)


def shape(type_: str, coordinates: Any, name: str = "") -> dict[str, Any]:
    words = {"name": name} if name else {}
    return {"type": "Feature", "geometry": {"type": type_, "coordinates": coordinates}, "properties": words}


RING = [[-77.04, -12.06], [-77.02, -12.06], [-77.02, -12.04], [-77.04, -12.06]]
DRAWN = {
    "type": "FeatureCollection",
    "features": [
        shape("LineString", [[-77.04, -12.06], [-77.02, -12.06]], "Tunnel"),
        shape("Polygon", [RING], "Cordon"),
        shape("Point", [-77.03, -12.05], "Gate"),
    ],
}


def pages(client: Client, overlay: Any = None, **event: Any) -> list[str]:
    """What the page and the embed say, and what their legends do, as text."""
    make_published_story(places=PLACES, events=(event_entry(**event),), chapters=(chapter_entry(overlay=overlay),))
    found = [client.get(address).content.decode() for address in ("/stories/a-story/", "/embed/a-story/")]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split()) for page in found]


def test_places_also_concerned_are_named_and_no_journey_is(client: Client) -> None:
    for text in pages(client, also_there=("peru", "harbour")):
        assert "Places also concerned The harbour; Peru" in text
        assert "Place that is only also concerned" in text
        assert "→" not in text.split("A meeting")[1].split("source")[0] and "straight line" not in text
        assert "Journey" not in text


def test_a_journey_says_its_stops_by_what_and_how_far(client: Client) -> None:
    way = Journey(stops=("square", "harbour"), mode="road", date="1996-12-18")
    for text in pages(client, journey=way):
        told = "(by road, 18 December 1996, about 13 km in a straight line)"
        assert f"The square → then The harbour {told} {NOT_THE_WAY}" in text
        assert "Journey: the line joins the stops; it is not the way taken" in text


def test_a_flight_is_about_where_its_line_is(client: Client) -> None:
    for text in pages(client, journey=Journey(stops=("square", "harbour"), mode="air")):
        assert "(by air, about 13 km in a straight line)" in text
        assert NOT_THE_WAY not in text and "Journey by air" in text


def test_what_is_not_known_of_a_journey_is_not_told(client: Client) -> None:
    for text in pages(client, journey=Journey(stops=("square", "peru"))):
        assert f"The square → then Peru (means of transport not known) {NOT_THE_WAY}" in text


def test_points_lines_and_areas_are_called_what_they_are(client: Client) -> None:
    for text in pages(client, overlay=DRAWN):
        for words in ("Tunnel (line, about 2.2 km) Schematic", "Cordon (area) Schematic", "Gate (point)"):
            assert words in text
        assert all(f" {kind} " in text.split("Legend")[1] for kind in ("Point", "Line", "Area"))


def test_a_legend_explains_only_what_is_drawn(client: Client) -> None:
    for text in pages(client):
        legend = text.split("Legend")[1].split("close views")[0]
        assert not any(f" {kind} " in legend for kind in ("Point", "Line", "Area", "Journey", "concerned", "Schematic"))
