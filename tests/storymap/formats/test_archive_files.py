"""Our own format: files and bytes in, a StoryFile out; all that is wrong is named at once."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from storymap.formats.archive import PARTS, story_in
from storymap.story.problem import CannotRead
from storymap.story.storyfile import to_json
from tests.factories import story_file


def whole() -> dict[str, Any]:
    return json.loads(to_json(story_file()))


def files(story: dict[str, Any], **others: Any) -> dict[str, bytes]:
    return {
        "story.json": json.dumps(story).encode(),
        **{f"{k}.json": json.dumps(v).encode() for k, v in others.items()},
    }


def problems(given_files: dict[str, bytes]) -> dict[str, str]:
    with pytest.raises(CannotRead) as refused:
        story_in(given_files)
    return {problem.where: problem.what for problem in refused.value.problems}


def test_a_story_may_be_one_file_or_a_file_for_each_part() -> None:
    story = whole()
    parts = {part: story.pop(part, []) for part in PARTS}
    assert story_in(files(story, **parts)) == story_in(files(whole())) == (story_file(), {})


def test_media_are_named_as_the_story_names_them() -> None:
    assert story_in({**files(whole()), "media/a.png": b"1", "media/x/b.png": b"2", "notes.txt": b""})[1] == {
        "a.png": b"1",
        "x/b.png": b"2",
    }


def test_a_folder_without_a_story_is_named_so() -> None:
    assert problems({"places.json": b"[]"}) == {"story.json": "is missing"}


@pytest.mark.parametrize("version", [None, "storymap/2", 1])
def test_another_format_is_not_guessed_at(version: Any) -> None:
    assert problems(files({**whole(), "format": version})) == {"story.json/format": "must be 'storymap/1'"}


def test_every_part_that_is_wrong_is_named_at_once() -> None:
    story = whole()
    del story["title"]
    story["events"][0]["later"] = "perhaps"
    story["chapters"][0]["camera"] = {"center": {"lat": 95, "lng": 0}, "zoom": 3}
    story["people"] = [{"slug": "ana", "name": {"EN!": "Ana"}}, "ana"]
    found = problems({**files(story, places={}), "sources.json": b"[NaN]"})
    assert found["story.json"] == "Object missing required field `title`"
    assert found["events/meeting"] == "Expected `bool`, got `str` - at `$.later`"
    assert found["chapters/beginning"] == "lat must be a number from -90 to 90 degrees, not 95.0 - at `$.camera.center`"
    assert found["places"] == "must be a list"
    assert found["sources.json"].startswith("is not JSON")
    assert set(found) == {
        "story.json",
        "events/meeting",
        "chapters/beginning",
        "people/ana",
        "people/number 2",
        "places",
        "sources.json",
    }


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[1e999]",
        b'{"a": NaN}',
        b"\xff\xfe",
        b'{"slug": "\\ud800"}',
        b"[" * 100_000,
        b"null",
        b"[]",
        b'"story"',
    ],
)
def test_what_is_no_story_brings_nothing_down(text: bytes) -> None:
    assert problems({"story.json": text})


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*whole(), "format", "nonsense"]), values, max_size=4))
def test_any_json_is_a_story_or_a_list_of_problems(changes: dict[str, Any]) -> None:
    try:
        story, _media = story_in(files({**whole(), **changes}))
    except CannotRead as refused:
        assert refused.problems
    else:
        assert replace(story) == story
        assert to_json(story)
