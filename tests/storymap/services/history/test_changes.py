"""What an edition changed against the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storymap.services.history.differences import KINDS, changes_between
from storymap.story.storyfile import ExtractEntry, IllustrationEntry, PersonEntry, StageEntry, StoryFile
from tests.factories import chapter_entry, event_entry, place_entry, source_entry, story_file


def test_a_first_edition_changes_nothing() -> None:
    assert changes_between(None, story_file()) == []


def test_an_equal_story_has_no_changes() -> None:
    assert changes_between(story_file(), story_file()) == []


def test_parts_that_come_change_and_go_are_named() -> None:
    before = story_file(places=(place_entry(), place_entry("station")))
    after = story_file(places=(place_entry(radius=1), place_entry("port")))
    assert changes_between(before, after) == [
        ("added", "places", "port"),
        ("changed", "places", "square"),
        ("removed", "places", "station"),
    ]


OTHERS: dict[str, Any] = {
    "chapters": (chapter_entry(), chapter_entry("ending")),
    "events": (event_entry(), event_entry("another")),
    "places": (place_entry(), place_entry("station")),
    "people": (PersonEntry(slug="ana", name={"en": "Ana"}),),
    "sources": (source_entry(), source_entry("book")),
    "illustrations": (IllustrationEntry(slug="view", file={"en": "a.webp"}),),
    "stages": (StageEntry(slug="plan", file={"en": "a.png"}),),
    "extracts": (ExtractEntry(slug="centre", file="a.json"),),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_part_is_watched(kind: str) -> None:
    changes = changes_between(story_file(), replace(story_file(), **{kind: OTHERS[kind]}))
    assert [(verb, k) for verb, k, _slug in changes] == [("added", kind)]


def test_every_other_field_is_watched() -> None:
    own = [name for name in StoryFile.__dataclass_fields__ if name not in KINDS]
    for name in own:
        assert changes_between(story_file(), replace(story_file(), **{name: "other"})) == [("changed", "story", name)]


def test_chapters_that_only_change_places_are_a_change_of_order() -> None:
    chapters = (chapter_entry(), chapter_entry("ending", moments=()))
    before, after = story_file(chapters=chapters), story_file(chapters=chapters[::-1])
    assert changes_between(before, after) == [("changed", "story", "order of chapters")]
