"""Sources that a map carries: brought in with its events, known again where they are there, and taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from places.models import Event, Place, Source
from storymap.formats.imports import table_of_file
from storymap.formats.tables import batches
from storymap.models import Chapter, ImportBatch, Story
from storymap.services.imports.planning import LEFT, NEW
from storymap.services.imports.undo import undo
from storymap.story.from_models import event_entry as entry_of_event, source_entry as entry_of_source
from storymap.story.storyfile import Author, CitationEntry, Journey, MomentEntry, SourceEntry
from tests.factories import (
    chapter_entry,
    event_entry,
    make_published_story,
    make_story,
    make_user,
    place_entry,
    source_entry,
)

pytestmark = pytest.mark.django_db
BOOK = source_entry(
    "book",
    type="book",
    author=(Author(family="García", given="Ana"), Author(literal="The Commission")),
    title="A year; and a day",
    container="A series",
    issued="1997-10~",
    url="https://a.example/book",
    accessed="2026-01-02",
    archived_url="https://archive.example/book",
    language="es",
)
CITED = (
    CitationEntry(source="book", locator="p. 12", note={"en": "The second edition."}),
    CitationEntry(source="gazette"),
    CitationEntry(source="book", locator="p. 40"),
)


def downloaded(client: Client, ending: str) -> bytes:
    """Of a story on another installation: afterwards its record is not here any more."""
    make_published_story(events=(event_entry(citations=CITED),), sources=(source_entry(), BOOK))
    data = client.get(f"/stories/a-story/downloads/{ending}").content
    forget_everything()
    return data


def forget_everything() -> None:
    for model in (Chapter, Event, Place, Source):
        model.objects.all().delete()


def empty() -> Story:
    return make_story("another", events=(), chapters=(), sources=(), places=())


def begun(story: Story, data: bytes) -> ImportBatch:
    return batches.begin(story=story, name="map", text=table_of_file(data).text, kind="events")


def map_of(*sources: Any) -> bytes:
    words = [{"title": f"One {n}", "sources": told} for n, told in enumerate(sources)]
    features = [{"id": f"event/one-{n}", "geometry": None, "properties": told} for n, told in enumerate(words)]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def told_sources() -> dict[str, SourceEntry]:
    return {source.slug: entry_of_source(source) for source in Source.objects.all()}


def test_the_sources_of_a_geojson_come_back_whole(client: Client) -> None:
    data = downloaded(client, "geojson")
    batches.import_batch(begun(empty(), data), None, None)
    assert told_sources() == {"gazette": source_entry(), "book": BOOK}
    assert entry_of_event(Event.objects.get(slug="meeting")).citations == CITED


def test_the_sources_of_a_kml_come_back_with_title_and_address(client: Client) -> None:
    data = downloaded(client, "kml")
    batches.import_batch(begun(empty(), data), None, None)
    found = {(source.title, source.url, source.type) for source in Source.objects.all()}
    assert found == {(BOOK.title, BOOK.url, "webpage"), ("The gazette", "", "document")}
    cited = Event.objects.get(slug="meeting").citations.values_list("source__title", flat=True)
    assert list(cited) == [BOOK.title, "The gazette"]


def test_what_programs_are_answered_is_brought_in_as_well(client: Client) -> None:
    abroad = place_entry("abroad", name={"en": "Abroad"}, lat=35.0, lng=139.0, country="JP")
    make_published_story(
        events=(
            event_entry(citations=CITED),
            event_entry("journey", title={"en": "A way"}, journey=Journey(stops=("square", "abroad"))),
        ),
        chapters=(chapter_entry(moments=(MomentEntry(event="meeting"), MomentEntry(event="journey"))),),
        places=(place_entry(), abroad),
        sources=(source_entry(), BOOK),
    )
    data = client.get("/api/stories/a-story/events.geojson").content
    forget_everything()
    batch = begun(empty(), data)
    assert table_of_file(data).notes == ()
    batches.import_batch(batch, None, None)
    meeting, journey = (entry_of_event(Event.objects.get(slug=slug)) for slug in ("meeting", "journey"))
    assert (meeting.citations, meeting.summary) == (CITED, {"en": "They meet."})
    assert meeting.place == journey.place == "the-square"
    assert told_sources() == {"gazette": source_entry(), "book": BOOK}


def test_what_came_with_an_import_goes_with_it_unless_it_is_cited_elsewhere(client: Client) -> None:
    data = downloaded(client, "geojson")
    story = empty()
    batch = batches.import_batch(begun(story, data), None, make_user())
    assert [made["slug"] for made in batch.created if made["kind"] == "source"] == ["book", "gazette"]
    make_story("third", sources=(source_entry(),), events=(event_entry("other"),), chapters=())
    left = undo(batch=batch).left_in_place
    assert [(kind, slug, reason) for kind, _key, slug, reason in left if kind == "source"] == [
        ("source", "gazette", "is cited by other")
    ]
    assert list(told_sources()) == ["gazette"]


def test_a_source_that_somebody_has_changed_is_kept() -> None:
    batch = batches.import_batch(begun(make_story(), map_of([{"title": "A diary"}])), None, make_user())
    Source.objects.filter(slug="a-diary").update(container="An archive")
    assert undo(batch=batch).left_in_place == [
        ["source", Source.objects.get(slug="a-diary").pk, "a-diary", "was changed"]
    ]


@pytest.mark.parametrize(
    ("told", "slug"),
    [
        ({"slug": "gazette"}, "gazette"),
        ({"url": "https://a.example/book"}, "book"),
        ({"title": "Otherwise written", "url": "https://a.example/book"}, "book"),
        ({"slug": "book", "title": "A YEAR; and a day"}, "book"),
        ({"title": "The Gazette"}, "gazette"),
        ({"title": "The gazette", "url": "https://b.example/"}, "gazette"),
        ({"slug": "gazette", "title": "The gazette of elsewhere"}, "gazette-2"),
        ({"title": "A year; and a day", "url": "https://b.example/"}, "a-year-and-a-day"),
        ({"title": "日誌"}, "source"),
    ],
)
def test_a_source_is_known_again_or_new(told: dict[str, str], slug: str) -> None:
    story = make_story(sources=(source_entry(), BOOK))
    batches.import_batch(begun(story, map_of([told], [told])), None, make_user())
    cited = Event.objects.filter(slug__startswith="one-").values_list("citations__source__slug", flat=True)
    assert list(cited) == [slug, slug]
    assert Source.objects.count() == (2 if slug in ("gazette", "book") else 3)
    assert told_sources()["gazette"] == source_entry() and told_sources()["book"] == BOOK


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"slug": "nowhere"}, "there is no source “nowhere”"),
        ({}, "there is no source “?”"),
        ({"title": "A", "type": "scroll"}, "source “A”: type: Value 'scroll' is not a valid choice."),
        ({"title": "A", "url": "javascript:alert(1)"}, "source “A”: address: Enter a valid URL."),
        ({"slug": "gazette", "locator": "x" * 201}, "locator: Ensure this value has at most 200 characters"),
    ],
)
def test_a_row_whose_source_cannot_be_is_left_out_with_the_reason(told: dict[str, str], reason: str) -> None:
    story = make_story()
    bad, good = batches.look(begun(story, map_of([told], [{"title": "A good one"}]))).plan
    assert (bad.verdict, good.verdict) == (LEFT, NEW)
    assert "; ".join(bad.reasons).startswith(reason)
    assert list(told_sources()) == ["gazette"], "a look writes nothing"
