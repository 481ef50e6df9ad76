"""Loading a story file: all or nothing, nothing where nothing differs, every problem at once."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from places.dates.days import day_number
from places.geo import Bounds, Camera
from places.models import Event, Person, Place, Source
from storymap.models import Moment, OldSlug, Story
from storymap.services.media.recordings import recording
from storymap.services.stories.save_story_file import SaveReport, save_story_file
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import (
    AudioEntry,
    CitationEntry,
    Focus,
    IllustrationEntry,
    Involvement,
    Journey,
    MomentEntry,
    PersonEntry,
    StoryFile,
    Toponym,
    from_json,
    to_json,
)
from tests.factories import chapter_entry, event_entry, photograph, place_entry, source_entry, story_file

pytestmark = pytest.mark.django_db


SOUND = b"ID3" + bytes(30)
MEDIA = {"one.mp3": SOUND, recording(SOUND).name: SOUND}


def save(file: StoryFile) -> SaveReport:
    return save_story_file(file=file, media=MEDIA)


def dump() -> str:
    text = io.StringIO()
    call_command("dumpdata", "places", "storymap", indent=1, stdout=text)
    return text.getvalue()


def rich_file(**fields: Any) -> StoryFile:
    """Every kind of part and every field used."""
    return story_file(
        languages=("en", "es", "ja"),
        title={"en": "A story", "es": "Una historia", "ja": "物語"},
        byline={"en": "By us", "ja": "私たち"},
        day_zero="1996-12-17",
        day_last="1997-04-22",
        people=(PersonEntry(slug="ana", name={"en": "Ana", "ja": "アナ"}),),
        places=(
            place_entry(toponyms=(Toponym(name="Hawkaypata", language="qu", period="1535/.."), Toponym(name="Plaza"))),
            place_entry("station", time_zone="America/Lima", address="Jirón 1"),
        ),
        events=(
            event_entry(
                also_there=("station",),
                journey=Journey(stops=("station", "square", "station"), mode="rail", date="1997-05"),
                people=(Involvement(person="ana", role={"en": "host"}), Involvement(person="ana", role={"ja": "証人"})),
                citations=(
                    CitationEntry(source="gazette", locator="p. 1", note={"es": "véase"}),
                    CitationEntry(source="gazette"),
                ),
                time="20:20",
                sensitivity="high",
                later=True,
            ),
            event_entry("untold", status="alleged", attributed_to={"en": "A guest"}, place=None, date=""),
        ),
        chapters=(
            chapter_entry(
                title={"en": "The beginning", "es": "El comienzo"},
                old_slugs=("the-start", "a-start"),
                camera=Camera(bounds=Bounds(-78, -13, -76, -11)),
                overlay={"type": "FeatureCollection", "features": []},
                audio=AudioEntry(file={"en": "one.mp3"}, transcript={"en": "It begins."}),
            ),
            chapter_entry("ending", moments=(), camera=Camera(bounds=Bounds(-78, -13, -76, -11))),
        ),
        **fields,
    )


def picture_file(**fields: Any) -> StoryFile:
    entry = IllustrationEntry(slug="view", file={"en": "view.jpg"}, alt={"en": "A view"}, **fields)
    return story_file(chapters=(chapter_entry(illustration="view"),), illustrations=(entry,))


def test_a_focal_point_comes_with_its_picture_and_goes_when_it_is_left_out() -> None:
    media = {"view.jpg": photograph()}
    focused = save_story_file(file=picture_file(focus=Focus(x=0.25, y=1)), media=media).story
    assert story_file_of(focused).illustrations[0].focus == Focus(x=0.25, y=1)
    assert b'"focus":{"x":0.25,"y":1.0}' in to_json(story_file_of(focused))
    plain = save_story_file(file=picture_file(), media=media)
    assert plain.changed == 1
    assert b"focus" not in to_json(story_file_of(plain.story))


def test_a_decorative_picture_is_taken_without_words() -> None:
    entry = IllustrationEntry(slug="frame", file={"en": "view.jpg"}, decorative=True)
    file = story_file(chapters=(chapter_entry(illustration="frame"),), illustrations=(entry,))
    story = save_story_file(file=file, media={"view.jpg": photograph()}).story
    assert [(i.decorative, i.alt) for i in story_file_of(story).illustrations] == [(True, {})]


def test_a_photograph_from_before_there_were_copies_has_them_after_the_next_load() -> None:
    media = {"view.jpg": photograph()}
    story = save_story_file(file=picture_file(), media=media).story
    (row,) = story.chapters.get().illustration.translations.all()
    endings = [file["name"].rpartition(".")[2] for file in row.files]
    assert endings[0] == "webp" and endings[-1] == "jpg"
    row.files = [file for file in row.files if file["name"].endswith(".webp")]
    row.save()
    assert save_story_file(file=picture_file(), media=media).changed == 1
    row.refresh_from_db()
    assert [file["name"].rpartition(".")[2] for file in row.files] == endings
    assert save_story_file(file=picture_file(), media=media).changed == 0


def test_a_story_loaded_twice_is_the_same_down_to_the_database() -> None:
    first = save(rich_file())
    assert (first.created, first.changed, first.unchanged) == (7, 0, 0)
    before = dump()
    second = save(rich_file())
    assert (second.created, second.changed, second.unchanged) == (0, 0, 7)
    assert dump() == before


@pytest.mark.parametrize(
    "fields",
    [
        {"languages": ("ja", "en", "es")},
        {"languages": ()},
        {"byline": {"en": "By us", "ja": "私たち", "es": ""}},
        {"chapters": (chapter_entry(old_slugs=("b", "a", "b"), narration={"en": "It begins.", "es": ""}),)},
        {"events": (event_entry(time="", summary={"en": "They meet.", "ja": ""}),)},
        {"chapters": (chapter_entry(audio=AudioEntry(file={})),)},
        {"title": {"en": "A story", "fr": "Une histoire"}},
    ],
)
def test_what_is_said_in_another_form_is_no_change(fields: dict[str, Any]) -> None:
    file = story_file(**fields)
    save(file)
    assert save(file).unchanged == 4


@pytest.mark.parametrize(
    "fields",
    [
        {"title": {"en": "Another title"}},
        {"licence": "CC0-1.0"},
        {"chapters": (chapter_entry(narration={"en": "It begins otherwise."}),)},
        {"chapters": (chapter_entry(camera=Camera(bounds=Bounds(-78, -13, -76, -11))),)},
        {"events": (event_entry(date="1996-12-18"),)},
        {"events": (event_entry(citations=(CitationEntry(source="gazette", locator="p. 2"),)),)},
        {"events": (event_entry(title={"en": "A meeting", "es": "Una reunión"}),)},
        {"places": (place_entry(radius=51),)},
        {"places": (place_entry(toponyms=(Toponym(name="Plaza"),)),)},
        {"sources": (source_entry(title="Another gazette"),)},
    ],
)
def test_one_changed_field_changes_one_part(fields: dict[str, Any]) -> None:
    save(story_file())
    report = save(story_file(**fields))
    assert (report.created, report.changed, report.unchanged) == (0, 1, 3)
    assert save(story_file(**fields)).unchanged == 4


def test_rows_and_file_and_json_say_the_same_on_every_way_round() -> None:
    file = story_file_of(save(rich_file()).story)
    assert from_json(to_json(file)) == file
    assert to_json(from_json(to_json(file))) == to_json(file)
    again = save(file)
    assert (again.created, again.changed) == (0, 0)
    assert story_file_of(again.story) == file


def test_a_file_that_drops_languages_parts_and_chapters_leaves_none_behind() -> None:
    save(rich_file())
    story = save(story_file()).story
    assert story.languages == ("en",)
    (chapter,) = story.chapters.all()
    assert (chapter.slug, [t.language_code for t in chapter.translations.all()]) == ("beginning", ["en"])
    assert not OldSlug.objects.exists()
    event = Event.objects.get(slug="meeting")
    assert event.citations.count() == 1 and not event.stops.exists() and not event.involvements.exists()
    assert Event.objects.filter(slug="untold").exists()  # the record is shared: a story does not delete from it


def test_an_old_slug_may_move_from_one_chapter_to_another() -> None:
    rest = chapter_entry("ending", moments=())
    save(story_file(chapters=(chapter_entry(old_slugs=("start",)), rest)))
    moved = story_file(chapters=(chapter_entry("ending", moments=(), old_slugs=("start",)), chapter_entry()))
    assert save(moved).changed == 1
    assert OldSlug.objects.get(slug="start").chapter.slug == "ending"


@override_settings(LANGUAGES=[("en", "English")])
def test_texts_in_a_language_the_site_does_not_have_yet_are_kept() -> None:
    story = save(story_file(title={"en": "A story", "es": "Una historia"}, languages=("en", "es"))).story
    assert story.languages == ("en",)
    assert story_file_of(story).title == {"en": "A story", "es": "Una historia"}


@pytest.mark.parametrize("length", [1, 12])
def test_a_story_is_read_in_as_many_queries_whatever_its_length(length: int, django_assert_num_queries: Any) -> None:
    numbers = range(length)
    people = (PersonEntry(slug="ana", name={"en": "Ana"}),)
    parts = {"also_there": ("port",), "journey": Journey(stops=("port", "station"))}
    events = tuple(
        event_entry(f"event-{n}", place=f"place-{n}", people=(Involvement(person="ana"),), **parts) for n in numbers
    )
    chapters = tuple(chapter_entry(f"chapter-{n}", moments=(MomentEntry(event=f"event-{n}"),)) for n in numbers)
    places = tuple(place_entry(slug) for slug in ("port", "station", *(f"place-{n}" for n in numbers)))
    save(story_file(people=people, places=places, events=events, chapters=chapters))
    story = Story.objects.prefetch_related("translations").get()
    with django_assert_num_queries(21):
        assert len(story_file_of(story).chapters) == length


def test_rows_of_the_record_that_nobody_has_listed_stay_out_of_the_story() -> None:
    story = save(rich_file()).story
    assert [event.slug for event in story_file_of(story).events] == ["meeting", "untold"], "a file lists what it brings"
    story.also_recorded.clear()
    file = story_file_of(story)
    assert [event.slug for event in file.events] == ["meeting"]
    assert (Event.objects.count(), Place.objects.count(), Person.objects.count(), Source.objects.count()) == (
        2,
        2,
        1,
        1,
    )
    assert Moment.objects.count() == 1


def test_where_a_place_moves_to_the_other_hemisphere_the_seasons_of_its_events_do_too() -> None:
    file = story_file(events=(event_entry(date="1915-24"),))
    save(file)
    assert Event.objects.get().earliest == day_number("1915-06-01")
    save(replace(file, places=(place_entry(lat=51.5, lng=0.0),)))
    assert Event.objects.get().earliest == day_number("1914-12-01")
