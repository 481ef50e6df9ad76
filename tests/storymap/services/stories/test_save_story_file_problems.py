"""What a story file cannot say: every problem at once, and nothing written."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from storymap.services.stories.save_story_file import CannotSave, SaveReport, save_story_file
from storymap.story.storyfile import (
    CitationEntry,
    IllustrationEntry,
    Involvement,
    Journey,
    MomentEntry,
    PersonEntry,
    StoryFile,
)
from tests.factories import chapter_entry, event_entry, place_entry, source_entry, story_file

pytestmark = pytest.mark.django_db


def save(file: StoryFile) -> SaveReport:
    return save_story_file(file=file, media={})


def dump() -> str:
    text = io.StringIO()
    call_command("dumpdata", "places", "storymap", indent=1, stdout=text)
    return text.getvalue()


BROKEN = {
    "default_language": "tlh",
    "day_zero": "17 December",
    "licence": "x" * 61,
    "places": (place_entry(lat=91.0), place_entry("station"), place_entry("station", country="Peru")),
    "sources": (source_entry(issued="yesterday"),),
    "people": (PersonEntry(slug="Ana", name={"en": "Ana"}),),
    "events": (
        event_entry(place="nowhere", date="1996-13", people=(Involvement(person="nobody"),)),
        event_entry("another", status="rumoured", citations=(CitationEntry(source="lost", locator="x" * 201),)),
    ),
    "chapters": (
        chapter_entry("The Beginning", illustration="lost", moments=(MomentEntry(event="meeting"),) * 2),
        chapter_entry("ending", moments=(MomentEntry(event="lost"),), overlay={"type": "Nothing"}, old_slugs=("a",)),
        chapter_entry("after", moments=(), old_slugs=("a",), title={"en": "x" * 201}),
    ),
}


def test_every_problem_is_told_at_once_and_nothing_is_written() -> None:
    save(story_file("another-story"))
    before = dump()
    with pytest.raises(CannotSave) as refused:
        save(story_file(**BROKEN))
    told = {problem.where for problem in refused.value.problems}
    assert told >= {
        "default_language",
        "day_zero",
        "story/licence",
        "places/square/latitude",
        "places/station",
        "places/station/country",
        "sources/gazette/issued",
        "people/Ana/slug",
        "events/meeting/place",
        "events/meeting/date",
        "events/meeting/people",
        "events/another/status",
        "events/another/citations",
        "chapters/The Beginning/slug",
        "chapters/The Beginning/illustration",
        "chapters/The Beginning/moments",
        "chapters/ending/moments",
        "chapters/ending/overlay",
        "chapters",
        "chapters/after/title",
    }
    assert dump() == before


def test_problems_of_an_existing_story_leave_it_as_it_was() -> None:
    save(story_file())
    before = dump()
    with pytest.raises(CannotSave):
        save(story_file(title={"en": "New"}, chapters=(chapter_entry("new"),), places=(place_entry(lat=-91.0),)))
    assert dump() == before


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_no_database_holds_is_refused_everywhere(text: str) -> None:
    file = story_file(
        title={"en": text},
        places=(place_entry(name={"en": text}),),
        events=(event_entry(summary={"en": text}),),
        chapters=(chapter_entry(narration={"en": text}),),
    )
    with pytest.raises(CannotSave) as refused:
        save(file)
    told = {problem.where for problem in refused.value.problems}
    assert told == {"story/title", "places/square/name", "events/meeting/summary", "chapters/beginning/narration"}


def test_a_missing_picture_is_a_problem_with_its_name() -> None:
    from_file = chapter_entry(illustration="view")
    with pytest.raises(CannotSave, match=r"illustrations/view/file: media/view\.png is missing"):
        save(
            story_file(chapters=(from_file,), illustrations=(IllustrationEntry(slug="view", file={"en": "view.png"}),))
        )


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (Journey(stops=("square",)), "two stops or more"),
        (Journey(stops=("square", "square")), "“square” stands twice in a row"),
        (Journey(stops=(), mode="sea"), "needs its stops"),
    ],
)
def test_a_journey_is_held_to_the_rule_of_the_form(way: Journey, said: str) -> None:
    with pytest.raises(CannotSave) as refused:
        save(story_file(events=(event_entry(journey=way),)))
    assert [p.where for p in refused.value.problems if said in p.what] == ["events/meeting/journey"]
