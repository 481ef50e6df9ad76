"""Places also concerned and journeys in files: out, and in again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from places.models import Event
from storymap.formats.imports import table_of_file
from storymap.formats.tables import batches
from storymap.models import Chapter, ImportBatch, Story
from storymap.services.imports.carry_out import digest_of
from storymap.services.imports.planning import LEFT, NEW
from storymap.services.imports.undo import undo
from storymap.story.from_models import event_entry as entry_of_event, with_parts
from storymap.story.storyfile import EventEntry, Journey
from tests.factories import chapter_entry, event_entry, make_published_story, make_story, place_entry

pytestmark = pytest.mark.django_db
PLACES = (
    place_entry(),
    place_entry("harbour", name={"en": "The harbour"}, lat=-12.06, lng=-77.15),
    place_entry("abroad", name={"en": "Abroad"}, lat=35.0, lng=139.0, country="JP"),
)
TOLD = event_entry(also_there=("harbour",), journey=Journey(stops=("abroad", "square"), mode="sea", date="1996-11~"))
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
SHAPES = (
    {"type": "Point", "coordinates": [0, 0]},
    {"type": "LineString", "coordinates": RING[:3]},
    {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [RING]}]},
)
OVERLAY = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "geometry": shape, "properties": {"name": "Cordon"}} for shape in SHAPES],
}


def downloaded(client: Client, ending: str) -> bytes:
    make_published_story(events=(TOLD,), places=PLACES, chapters=(chapter_entry(overlay=OVERLAY),))
    address = "/api/stories/a-story/events.geojson" if ending == "api" else f"/stories/a-story/downloads/{ending}"
    data = client.get(address).content
    Chapter.objects.all().delete()
    Event.objects.all().delete()
    return data


def begun(data: bytes) -> ImportBatch:
    story = Story.objects.filter(slug="another").first() or make_story("another", events=(), chapters=(), places=PLACES)
    return batches.begin(story=story, name="map", text=table_of_file(data, "events").text, kind="events")


def there() -> EventEntry:
    return entry_of_event(with_parts(Event.objects).get())


@pytest.mark.parametrize("ending", ["geojson", "kml", "csv", "api"])
def test_they_come_back_with_their_event(client: Client, ending: str) -> None:
    batches.import_batch(begun(downloaded(client, ending)), None, None)
    event = there()
    assert (event.place, event.also_there, event.journey) == (TOLD.place, TOLD.also_there, TOLD.journey)


@pytest.mark.parametrize("ending", ["geojson", "kml"])
def test_what_is_drawn_is_no_event(client: Client, ending: str) -> None:
    data = downloaded(client, ending)
    assert "3 lines and areas were left out." in table_of_file(data, "events").notes
    assert len(batches.look(begun(data)).plan) == 1


def table(*cells: str) -> bytes:
    return "\n".join(("title;also there;stops;transport;journey date", *cells)).replace(";", "\t").encode()


def test_a_table_names_places_in_words(client: Client) -> None:
    line = "A way;The harbour | abroad;Abroad → The square;por mar;about November 1996"
    batches.import_batch(begun(table(line).replace(b" | ", b"; ")), None, None)
    event = there()
    assert (event.also_there, event.journey) == (("abroad", "harbour"), TOLD.journey)


def test_an_unknown_place_costs_itself_or_the_whole_journey_and_is_named() -> None:
    batch = begun(table("A way;Nowhere;Abroad → Nowhere;sea;1996"))
    [planned] = batches.look(batch).plan
    assert planned.verdict == NEW
    assert [reason.partition(",")[0] for reason in planned.reasons] == ["without “Nowhere”", "without its journey"]
    batches.import_batch(batch, None, None)
    assert (there().also_there, there().journey) == ((), None)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("A way;;Abroad;;", "two stops or more"),
        ("A way;;Abroad → Abroad;;", "twice in a row"),
        ("A way;;;sea;", "needs its stops"),
        ("A way;;;;1997", "needs its stops"),
        ("A way;;Abroad → The square;boat;", "boat"),
        ("A way;;Abroad → The square;;some day", "some day"),
    ],
)
def test_what_is_no_journey_is_said_in_its_line(cells: str, said: str) -> None:
    [planned] = batches.look(begun(table(cells))).plan
    assert planned.verdict == LEFT and said in "; ".join(planned.reasons)


def old_file(**properties: Any) -> bytes:
    words = {"kind": "event", "title": "A meeting", "places": ["square", "harbour", "abroad"], **properties}
    line = {"type": "LineString", "coordinates": [[-77.03, -12.05], [-77.15, -12.06]]}
    feature = {"type": "Feature", "id": "event/meeting", "geometry": line, "properties": words}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_a_file_from_before_journeys_tells_places_concerned_and_no_way() -> None:
    batches.import_batch(begun(old_file()), None, None)
    assert (there().place, there().also_there, there().journey) == ("square", ("abroad", "harbour"), None)


def test_an_import_from_before_journeys_can_still_be_taken_back() -> None:
    batch = batches.import_batch(begun(table("A way")), None, None)
    for made in batch.created:
        if made["kind"] == "event":
            made["digest"] = digest_of(former(there()))
    batch.save()
    assert undo(batch=batch).left_in_place == []
    assert not Event.objects.exists()


def former(entry: EventEntry) -> dict[str, Any]:
    """As events were written then: the same fields in the same order, but for one."""
    names = {"also_there": "further_places"}
    told = {name: getattr(entry, name) for name in entry.__dataclass_fields__ if name != "journey"}
    return {names.get(name, name): value for name, value in told.items() if name != "further_places"}
