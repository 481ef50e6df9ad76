"""What stands in the way of publishing."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.services.problems import problems_of
from storymap.storyfile import AudioEntry, IllustrationEntry, MomentEntry
from tests.factories import chapter_entry, event_entry, place_entry, story_file


def told(**fields: Any) -> dict[str, bool]:
    """Where there are problems, and whether they block."""
    return {problem.where: problem.is_error for problem in problems_of(story_file(**fields))}


def illustrated(**fields: Any) -> dict[str, bool]:
    picture = IllustrationEntry(
        **{
            "slug": "view",
            "file": {"en": "a.webp"},
            "alt": {"en": "A view"},
            "credit": "Ana",
            "licence": "CC0-1.0",
            **fields,
        }
    )
    return told(illustrations=(picture,), chapters=(chapter_entry(illustration="view"),))


def test_a_complete_story_has_no_problems() -> None:
    assert told() == {}
    assert illustrated() == {}
    assert illustrated(alt={}, decorative=True) == {}


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": {"es": "Solo"}}, "title"),
        ({"standfirst": {}}, "standfirst"),
        ({"chapters": ()}, "chapters"),
        ({"chapters": (chapter_entry(title={}),)}, "chapters/beginning/title"),
        ({"chapters": (chapter_entry(narration={}),)}, "chapters/beginning/narration"),
        ({"chapters": (chapter_entry(camera=None, moments=()),)}, "chapters/beginning"),
        ({"chapters": (chapter_entry("editions"),)}, "chapters/editions"),
        ({"events": (event_entry(title={}),)}, "events/meeting/title"),
        ({"events": (event_entry(citations=()),)}, "events/meeting/citations"),
        ({"events": (event_entry(status="denied"),)}, "events/meeting/attributed_to"),
        ({"events": (event_entry(), event_entry("story"))}, "events/story"),
        ({"events": (event_entry(), event_entry("chapter-one"))}, "events/chapter-one"),
        ({"chapters": (chapter_entry(), chapter_entry("ending"))}, "events/meeting"),
    ],
)
def test_what_readers_need_blocks_when_it_is_missing(fields: dict[str, Any], where: str) -> None:
    assert told(**fields) == {where: True}


@pytest.mark.parametrize("status", ["reported", "alleged", "disputed", "denied"])
def test_a_claim_needs_somebody_who_makes_it(status: str) -> None:
    assert told(events=(event_entry(status=status),)) == {"events/meeting/attributed_to": True}
    assert told(events=(event_entry(status=status, attributed_to={"en": "A guest"}),)) == {}


@pytest.mark.parametrize(
    ("fields", "where", "blocks"),
    [
        ({"file": {}}, "illustrations/view/file", True),
        ({"alt": {}}, "illustrations/view/alt", True),
        ({"credit": ""}, "illustrations/view/credit", True),
        ({"licence": ""}, "illustrations/view/licence", True),
    ],
)
def test_a_picture_travels_with_its_words_and_rights(fields: dict[str, Any], where: str, blocks: bool) -> None:
    assert illustrated(**fields) == {where: blocks}


def test_an_alternative_text_that_is_the_name_of_a_file_is_asked_about() -> None:
    assert illustrated(alt={"en": "IMG_1234.jpg"}) == {"illustrations/view/alt": False}


def test_a_recording_cannot_be_published_without_a_transcript() -> None:
    audio = AudioEntry(file={"en": "one.mp3", "es": "two.mp3"}, transcript={"en": "It begins."})
    assert told(chapters=(chapter_entry(audio=audio),)) == {"chapters/beginning/transcript": True}


def test_missing_translations_are_said_and_do_not_block() -> None:
    story = told(
        languages=("en", "es"), title={"en": "A story", "es": "Una"}, events=(event_entry(summary={}),), licence=""
    )
    assert story == {
        "standfirst": False,
        "licence": False,
        "chapters/beginning/title": False,
        "chapters/beginning/narration": False,
        "events/meeting/title": False,
    }


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("[it](#meeting)", True),
        ("[it](#chapter-beginning)", True),
        ("[it](https://example.org/#nowhere)", True),
        ("[it](#beginning)", False),
        ("[it](#nowhere)", False),
        ("[it](#untold)", False),
        ("[it](#)", False),
        ('[it](#nowhere "title")', False),
    ],
)
def test_a_link_within_the_story_must_lead_somewhere(text: str, leads: bool) -> None:
    problems = told(chapters=(chapter_entry(narration={"en": text}),), events=(event_entry(), event_entry("untold")))
    assert problems == ({} if leads else {"chapters/beginning/narration": True})


def test_a_chapter_without_places_is_fine_with_a_camera() -> None:
    assert told(chapters=(chapter_entry(moments=()),)) == {}
    assert (
        told(chapters=(chapter_entry(camera=None, moments=(MomentEntry(event="meeting"),)),), places=(place_entry(),))
        == {}
    )
