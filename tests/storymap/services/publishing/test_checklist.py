"""The checklist: by chapter, counted, and bound to what was checked."""

from __future__ import annotations

from collections import Counter

from storymap.formats import archive
from storymap.formats.load import _folder
from storymap.services.publishing.checklist import checklist_of
from storymap.story.storyfile import IllustrationEntry, MomentEntry
from tests.conftest import LIMA
from tests.factories import chapter_entry, event_entry, place_entry, story_file

TEXT = {"en": "word " * 40}


def test_problems_stand_with_the_chapter_that_tells_them() -> None:
    picture = IllustrationEntry(slug="view", file={"en": "a.webp"}, credit="Ana", licence="CC0-1.0")
    story = story_file(
        licence="",
        chapters=(
            chapter_entry(narration=TEXT),
            chapter_entry(
                "ending",
                title={"en": "The end"},
                narration={},
                illustration="view",
                moments=(MomentEntry(event="end"),),
            ),
        ),
        events=(event_entry(), event_entry("end", title={"en": "It ends"}, citations=(), place="zero")),
        places=(place_entry(), place_entry("zero", lat=0.0, lng=0.0)),
        illustrations=(picture,),
    )
    checklist = checklist_of(story)
    found = {g.title: [(i.problem.where, i.problem.is_error, i.name) for i in g.items] for g in checklist.groups}
    assert found == {
        "The story as a whole": [("licence", False, "")],
        "2 · The end": [
            ("chapters/ending/narration", True, "The end"),
            ("events/end/citations", True, "It ends"),
            ("illustrations/view/alt", True, "view"),
            ("places/zero/latitude", False, "The square"),
        ],
    }
    assert (checklist.errors, checklist.warnings, checklist.asks) == (3, 2, True)


def test_hints_are_listed_and_ask_for_nothing() -> None:
    checklist = checklist_of(story_file(chapters=(chapter_entry(narration={"en": "Short."}),)))
    assert (len(checklist.groups), checklist.errors, checklist.warnings, checklist.asks) == (1, 0, 0, False)


def test_what_was_published_all_the_same_is_not_asked_about_again() -> None:
    published = story_file(licence="", chapters=(chapter_entry(narration=TEXT),))
    mended = story_file(licence="", chapters=(chapter_entry(narration={"en": "Mended. " * 40}),))
    checklist = checklist_of(mended, published)
    assert (checklist.warnings, checklist.asks, checklist_of(mended).asks) == (1, False, True)
    worse = story_file(licence="", places=(place_entry(lat=0.0, lng=0.0),), chapters=published.chapters)
    assert checklist_of(worse, published).asks


def test_a_complete_story_has_an_empty_checklist() -> None:
    checklist = checklist_of(story_file(chapters=(chapter_entry(narration=TEXT),)))
    assert (checklist.groups, checklist.errors, checklist.warnings, checklist.asks) == ((), 0, 0, False)


def test_what_was_checked_is_named() -> None:
    one, other = story_file(), story_file(title={"en": "Another"})
    assert checklist_of(one).digest == checklist_of(story_file()).digest != checklist_of(other).digest


def test_the_first_story_has_no_error_and_is_asked_about_its_order_its_sources_and_what_it_lists() -> None:
    story, _media = archive.story_in(dict(_folder(LIMA)))
    checklist = checklist_of(story)
    assert checklist.errors == 0
    fields = Counter(item.field for group in checklist.groups for item in group.items)
    assert fields.keys() == {"moments", "citations", "also_recorded"}
    without_spot = [item for group in checklist.groups for item in group.items if "no spot" in item.problem.what]
    assert (len(without_spot), fields["moments"], fields["also_recorded"]) == (6, 8, 1)  # the other two: their order
