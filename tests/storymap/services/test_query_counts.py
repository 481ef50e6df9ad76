"""What publishing and saving ask the database does not grow with languages, pictures or parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from storymap.models import Chapter
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.storyfile import (
    CitationEntry,
    IllustrationEntry,
    Involvement,
    Journey,
    MomentEntry,
    PersonEntry,
    StoryFile,
)
from tests.admin_forms import opened
from tests.factories import chapter_entry, event_entry, make_user, photograph, place_entry, source_entry, story_file

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "es", "ja")
MEDIA = {"view.png": photograph(kind="PNG")}


def story_of(length: int, languages: int, **fields: Any) -> StoryFile:
    """Every kind of part, `length` times, in the first `languages` languages."""
    numbers, spoken = range(length), LANGUAGES[:languages]
    words = {language: f"In {language}" for language in spoken}
    return story_file(
        languages=spoken,
        title=words,
        places=(place_entry("port"), *(place_entry(f"place-{n}", name=words) for n in numbers)),
        people=tuple(PersonEntry(slug=f"person-{n}", name=words) for n in numbers),
        sources=tuple(source_entry(f"source-{n}") for n in numbers),
        illustrations=tuple(
            IllustrationEntry(
                slug=f"view-{n}",
                file=dict.fromkeys(spoken, "view.png"),
                alt={language: f"What {language} readers see" for language in spoken},
                credit="Ana",
                licence="CC0-1.0",
            )
            for n in numbers
        ),
        events=tuple(
            event_entry(
                f"event-{n}",
                title=words,
                place=f"place-{n}",
                also_there=("port",),
                journey=Journey(stops=("port", f"place-{n}")),
                people=(Involvement(person=f"person-{n}", role=words),),
                citations=(CitationEntry(source=f"source-{n}", note=words),),
            )
            for n in numbers
        ),
        chapters=tuple(
            chapter_entry(
                f"chapter-{n}",
                title=words,
                narration=words,
                illustration=f"view-{n}",
                moments=(MomentEntry(event=f"event-{n}"),),
            )
            for n in numbers
        ),
        **fields,
    )


def statements(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


@pytest.mark.parametrize(("length", "languages"), [(1, 1), (1, 3), (9, 3)])
def test_publishing_reads_the_story_once_whatever_it_holds(length: int, languages: int) -> None:
    story = save_story_file(file=story_of(length, languages), media=MEDIA).story
    publish(story=story, by=None)
    assert statements(lambda: publish(story=story, by=None)) <= 35


@pytest.mark.parametrize(("length", "languages"), [(1, 1), (1, 3), (9, 3)])
def test_a_new_story_is_saved_in_as_many_statements_whatever_it_holds(length: int, languages: int) -> None:
    file = story_of(length, languages)
    assert statements(lambda: save_story_file(file=file, media=MEDIA)) <= 57


@pytest.mark.parametrize("length", [1, 9])
def test_a_story_saved_again_is_compared_in_as_many_statements_whatever_it_holds(length: int) -> None:
    file = story_of(length, 2)
    save_story_file(file=file, media=MEDIA)
    assert statements(lambda: save_story_file(file=file, media=MEDIA)) <= 32


@pytest.mark.parametrize(("length", "languages"), [(1, 1), (1, 3), (9, 3)])
def test_a_chapter_is_saved_in_as_many_statements_whatever_its_story_holds(
    client: Client, length: int, languages: int
) -> None:
    file = story_of(length, languages)
    moments = tuple(MomentEntry(event=event.slug) for event in file.events)
    save_story_file(file=replace(file, chapters=(replace(file.chapters[0], moments=moments),)), media=MEDIA)
    client.force_login(make_user("ana", "author"))
    chapter = Chapter.objects.get(slug="chapter-0")
    address = f"/admin/storymap/chapter/{chapter.pk}/change/"
    data = {**opened(client, address), "narration": "It begins otherwise."}
    assert statements(lambda: client.post(address, data)) <= 58
    chapter.refresh_from_db()
    assert chapter.safe_translation_getter("narration", language_code="en") == "It begins otherwise."
