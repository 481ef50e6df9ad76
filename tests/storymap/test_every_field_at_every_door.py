"""What a story says reaches every door, or the tables here say which doors do without it, and why.

A story is published with a text, a code, a date or a layer of its own in every field; whatever is added to the document
is missed here until the story below fills it, and until it is seen at all doors.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import chain
from typing import Any

import pytest
from django.test import Client

from storymap.management.site_files import site_files
from storymap.models import Story
from storymap.selectors.editions import published_story
from storymap.services.publishing.publish import publish
from storymap.services.publishing.review import make_preview_link
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.document import AlsoRecorded
from storymap.story.storyfile import (
    AudioEntry,
    Author,
    CitationEntry,
    ExtractEntry,
    IllustrationEntry,
    Involvement,
    Journey,
    MomentEntry,
    PersonEntry,
    StageEntry,
    StoryFile,
    Toponym,
)
from tests.factories import (
    DOOR,
    chapter_entry,
    event_entry,
    extract_file,
    photograph,
    place_entry,
    source_entry,
    story_file,
)

DOORS = {"page", "embed", "preview", "single file", "static export", "data"}
PAGES = DOORS - {"data"}
# names in addresses, and what is reckoned from other fields or names them: said where it is used, and tested there
NAMES = {"slug", "place", "source", "event", "earliest", "latest", "fallbacks"}
AS_PAGES_SAY_IT = {  # the data say a code or a date as it is, pages in words or in an attribute
    "EventDocument.status": "Alleged",
    "EventDocument.later": "later fact",
    "MomentDocument.is_key": "In short, 1 minute",
    "EventDocument.date": "17 December 1996",
    "Journey.mode": "by sea",
    "Journey.date": "18 December 1996",
    "SourceDocument.issued": "20 December 1996",
    "SourceDocument.language": 'hreflang="es"',
    "StoryDocument.language": 'lang="en"',
    "StoryDocument.day_zero": 'data-day-zero="1996-12-17"',
    "StoryDocument.day_last": 'data-day-last="1997-04-22"',
}
FOR_PROGRAMS = {  # for the map, for the checklist and for whoever cites: pages need not say them in words
    *("PlaceDocument.kind", "PlaceDocument.country", "PlaceDocument.precision", "PlaceDocument.time_zone"),
    *("ToponymDocument.language", "ToponymDocument.period", "SourceDocument.type", "SourceDocument.accessed"),
    *("EventDocument.sensitivity", "StoryDocument.default_language"),
}
DOES_WITHOUT = {
    # the embed is a part of a story: head and foot stand on the story's own page, to which it leads
    "StoryDocument.standfirst": {"embed"},
    "StoryDocument.credits": {"embed"},
    "StoryDocument.counting_note": {"embed"},
    "StoryDocument.day_zero": {"embed"},
    "StoryDocument.day_last": {"embed"},
    "MomentDocument.is_key": {"embed"},
    # one file holds no recordings
    "AudioDocument.file": {"single file"},
    "AudioDocument.transcript": {"single file"},
    "AudioDocument.captions": {"single file"},
    # the map shows where a place is; names of other times and the source of its position are for programs
    "PlaceDocument.address": PAGES,
    "PlaceDocument.coordinate_source": PAGES,
    "ToponymDocument.name": PAGES,
    # the single file holds it under another name: tests/storymap/web/test_extracts.py
    "ExtractDocument.file": {"single file"},
    # where on a picture: its pin and the drawing say it
    "Spot.kind": PAGES - {"single file"},
    # stored files: the single file holds the largest picture itself
    "PictureFile.name": {"single file"},
}
MP3, VTT = b"ID3\x04" + bytes(200), b"WEBVTT\n\n00:00.000 --> 00:02.000\nIt begins.\n"


LAYER = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {name: f"Words-layer-{name}" for name in ("name", "note", "source", "credit")},
            "geometry": {"type": "LineString", "coordinates": [[-77.05, -12.1], [-77.04, -12.09]]},
        }
    ],
}


def said(words: str) -> dict[str, str]:
    return {"en": words}


def full_story() -> StoryFile:
    event = event_entry(
        title=said("Words-event-title"),
        summary=said("Words-event-summary"),
        time="20:20",
        status="alleged",
        sensitivity="high",
        later=True,
        attributed_to=said("Words-attributed"),
        note=said("Words-event-note"),
        people=(Involvement(person="ana", role=said("Words-role")),),
        citations=(CitationEntry(source="gazette", locator="Words-locator", note=said("Words-citation-note")),),
        also_there=("harbour",),
        journey=Journey(stops=("square", "harbour"), mode="sea", date="1996-12-18"),
    )
    source = source_entry(
        title="Words-source-title",
        author=(Author(literal="Words-author"),),
        container="Words-container",
        url="https://example.org/words-url",
        archived_url="https://example.org/words-archived",
        issued="1996-12-20",
        accessed="2026-01-02",
        language="es",
    )
    square = place_entry(
        name=said("Words-place-name"),
        toponyms=(Toponym(name="Words-toponym", language="qu", period="1532"),),
        address="Words-address",
        coordinate_source="Words-coordinate-source",
        time_zone="America/Lima",
    )
    return story_file(
        "full",
        title=said("Words-story-title"),
        standfirst=said("Words-standfirst"),
        byline=said("Words-byline"),
        credits=said("Words-credits"),
        licence="CC-BY-SA-4.0",
        corrections="words-corrections@example.org",
        day_zero="1996-12-17",
        day_last="1997-04-22",
        counting_note=said("Words-counting-note"),
        people=(PersonEntry(slug="ana", name=said("Words-person")),),
        places=(square, place_entry("harbour", name=said("Words-harbour"), lat=-12.06, lng=-77.035)),
        sources=(source,),
        events=(event, event_entry("entry")),
        extracts=(ExtractEntry(slug="centre", file="streets.json"),),
        illustrations=(
            IllustrationEntry(
                slug="view",
                file=said("view.jpg"),
                alt=said("Words-alt"),
                caption=said("Words-caption"),
                credit="Words-picture-credit",
                licence="CC0-1.0",
            ),
        ),
        chapters=(
            chapter_entry(
                title=said("Words-chapter-title"),
                narration=said("Words-narration"),
                illustration="view",
                audio=AudioEntry(file=said("one.mp3"), captions=said("one.vtt"), transcript=said("Words-transcript")),
                moments=(MomentEntry(event="meeting", is_key=True),),
                overlay=LAYER,
            ),
            chapter_entry("house", stage="plan", moments=(MomentEntry(event="entry", spot=DOOR),)),
        ),
        stages=(
            StageEntry(
                slug="plan",
                file=said("plan.jpg"),
                alt=said("Words-plan-alt"),
                caption=said("Words-plan-caption"),
                credit="Words-plan-credit",
                licence="Words-plan-licence",
            ),
        ),
    )


@pytest.fixture
def full(db: None) -> Story:
    streets = extract_file(attribution="Words-attribution", licence="Words-street-licence")
    media = {
        "streets.json": streets,
        "view.jpg": photograph(64, 48),
        "plan.jpg": photograph(60, 40),
        "one.mp3": MP3,
        "one.vtt": VTT,
    }
    story = save_story_file(file=full_story(), media=media).story
    publish(story=story, by=None)
    return story


def answer(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def doors(story: Story) -> dict[str, str]:
    """What is read at each door. The static export has several pages of a story: the reading page is meant."""
    token = make_preview_link(story=story, by=None)[1]
    exported = dict(site_files())
    return {
        "page": answer("/stories/full/"),
        "embed": answer("/embed/full/"),
        "preview": answer(f"/preview/{token}/full/"),
        "single file": answer("/stories/full/downloads/html"),
        "static export": exported["stories/full/index.html"].decode(),
        "data": "".join(answer(f"/api/stories/full/{part}") for part in ("", "places.geojson", "events.geojson")),
    }


def words_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text, code and date of a document by class and field, an empty one too; and what a layer says."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, bool) and path in AS_PAGES_SAY_IT:
        yield path, f'{path.partition(".")[2]}":true' if value else ""
    elif isinstance(value, tuple):
        yield from chain.from_iterable(words_of(part) for part in value if not isinstance(part, str))
    elif is_dataclass(value) and not isinstance(value, AlsoRecorded):
        named = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in NAMES}
        yield from chain.from_iterable(words_of(part, f"{type(value).__name__}.{name}") for name, part in named.items())
    elif isinstance(value, dict) and value.get("type") == "FeatureCollection":
        said = (feature["properties"].items() for feature in value["features"])
        yield from ((f"{path}.{name}", words) for name, words in chain.from_iterable(said))
    elif isinstance(value, dict):
        yield from words_of(tuple(value.values()))


def sought(door: str, name: str, text: str) -> str:
    """How a door says the text of a field."""
    is_code = name in FOR_PROGRAMS or name in AS_PAGES_SAY_IT
    return (f'"{text}' if is_code else text) if door == "data" else AS_PAGES_SAY_IT.get(name, text)


def test_every_field_reaches_every_door(full: Story) -> None:
    words: dict[str, list[str]] = {}
    for name, text in words_of(published_story("full", "en").document):
        words.setdefault(name, []).append(text)
    unfilled = [name for name, texts in words.items() if not any(texts)]
    assert unfilled == [], "fill them in full_story()"
    assert words.keys() >= {*AS_PAGES_SAY_IT, *FOR_PROGRAMS, *DOES_WITHOUT}
    bodies = {door: html.unescape(body) for door, body in doors(full).items()}
    missing = {
        name: {
            door
            for door, body in bodies.items()
            if (door == "data" or name not in FOR_PROGRAMS)
            and not any(sought(door, name, text) in body for text in texts if text)
        }
        for name, texts in words.items()
    }
    assert {name: without for name, without in missing.items() if without} == DOES_WITHOUT
