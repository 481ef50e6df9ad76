"""The files of one change: all or none. A story whose files do not fit leaves neither rows nor files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from storymap.models import Story
from storymap.services.media.files import CannotStore, Storing
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.story.storyfile import AudioEntry, IllustrationEntry
from tests.disk import files_in, files_up_to
from tests.factories import chapter_entry, photograph, story_file
from tests.security.traces import state_of_the_site

LIMIT = 100_000


@pytest.fixture(autouse=True)
def _disk(tmp_path: Path) -> Iterator[None]:
    with files_in(tmp_path):
        yield


def stored() -> list[str]:
    return sorted(default_storage.listdir("")[1])


def test_a_change_that_goes_well_keeps_its_files() -> None:
    with Storing() as storing:
        storing.store({"a.webp": b"a", "b.webp": b"b"})
    assert stored() == ["a.webp", "b.webp"]


def test_a_change_that_fails_afterwards_takes_its_files_back_and_no_other() -> None:
    Storing().store({"a.webp": b"a"})
    with pytest.raises(ZeroDivisionError), Storing() as storing:
        storing.store({"a.webp": b"a", "b.webp": b"b"})
        1 / 0  # noqa: B018
    assert stored() == ["a.webp"]


def test_a_disk_that_fills_up_half_way_keeps_none_of_the_files() -> None:
    with files_up_to(LIMIT), pytest.raises(CannotStore, match="disk"), Storing() as storing:
        storing.store({"a.webp": b"a", "b.webp": bytes(2 * LIMIT)})
    assert stored() == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="refused by a switch of SQLite")
def test_a_database_that_cannot_be_written_is_said_in_the_same_words() -> None:
    with pytest.raises(CannotStore, match="disk"), Storing() as storing, transaction.atomic():
        storing.store({"a.webp": b"a"})
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
            try:
                cursor.execute("DELETE FROM storymap_story")
            finally:
                cursor.execute("PRAGMA query_only = OFF")
    assert stored() == []


def large_story() -> dict[str, Any]:
    """A story whose picture fits and whose recording does not."""
    entry = IllustrationEntry(slug="view", file={"en": "view.jpg"}, alt={"en": "A view"})
    audio = AudioEntry(file={"en": "one.mp3"}, transcript={"en": "It begins."})
    chapter = chapter_entry(illustration="view", audio=audio)
    media = {"view.jpg": photograph(), "one.mp3": b"ID3" + bytes(2 * LIMIT)}
    return {"file": story_file(chapters=(chapter,), illustrations=(entry,)), "media": media}


@pytest.mark.django_db
def test_a_story_whose_files_do_not_fit_leaves_no_row_and_no_file() -> None:
    before = state_of_the_site()
    with files_up_to(LIMIT), pytest.raises(CannotSave, match="disk"):
        save_story_file(**large_story())
    assert state_of_the_site() == before == (before[0], [])
    save_story_file(**large_story())  # there is room again
    assert Story.objects.count() == 1
    assert {name.rpartition(".")[2] for name in stored()} >= {"webp", "jpg", "mp3"}
