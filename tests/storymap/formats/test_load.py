"""Folders and archives: what is taken, and what a hostile one cannot do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from storymap.formats.load import load_path
from storymap.models import Moment, Story
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.problem import CannotRead
from storymap.story.storyfile import MomentEntry, StoryFile, to_json
from tests.factories import chapter_entry, event_entry, place_entry, story_file

pytestmark = pytest.mark.django_db


def archive_of(path: Path, names: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in names.items():
            packed.writestr(name, content)
    return path


def test_a_zip_loads_like_its_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "story.json").write_bytes(to_json(story_file()))
    assert load_path(tmp_path / "folder").created == 4
    packed = archive_of(tmp_path / "story.zip", {"story.json": to_json(story_file())})
    assert load_path(packed).unchanged == 4


def test_two_files_with_equal_slugs_are_two_stories_with_their_own_texts_and_places() -> None:
    """Brought in again, each knows its own parts again and writes nothing."""

    def file(slug: str, text: str, lat: float) -> StoryFile:
        narration = {"en": "First [this](#introduction), then more."}
        return story_file(
            slug,
            places=(place_entry(lat=lat),),
            events=(event_entry("introduction", title={"en": "Introduction"}, summary={"en": text}),),
            chapters=(chapter_entry(moments=(MomentEntry(event="introduction"),), narration=narration),),
        )

    one, other = file("one", "Of salt.", -12.05), file("other", "Of glass.", 35.0)
    for _again in range(2):
        reports = [save_story_file(file=each, media={}) for each in (one, other)]
        for report, text, lat, slug in zip(
            reports, ("Of salt.", "Of glass."), (-12.05, 35.0), ("introduction", "introduction-2"), strict=True
        ):
            (moment,) = Moment.objects.filter(chapter__story=report.story)
            assert (moment.event.summary, moment.event.place.latitude) == (text, lat)
            assert f"(#{slug})" in moment.chapter.narration
    assert [(report.created, report.changed) for report in reports] == [(0, 0), (0, 0)]


@pytest.mark.parametrize("name", ["../story.json", "/etc/passwd", "media\\..\\x", "C:/x", "a//b", "media/../../x"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    packed = archive_of(tmp_path / "story.zip", {"story.json": to_json(story_file()), name: b"x"})
    with pytest.raises(CannotRead, match="is not a plain name"):
        load_path(packed)
    assert not Story.objects.exists()


def test_an_archive_of_very_many_files_is_refused(tmp_path: Path) -> None:
    packed = archive_of(tmp_path / "story.zip", {f"media/{n}": b"" for n in range(2001)})
    with pytest.raises(CannotRead, match="more than 2000 files"):
        load_path(packed)


def test_an_archive_that_unpacks_to_a_flood_is_refused(tmp_path: Path) -> None:
    flood = {f"media/{n}": bytes(30 * 1024 * 1024) for n in range(4)}
    packed = archive_of(tmp_path / "story.zip", flood)
    with pytest.raises(CannotRead, match="unpacks to more than"):
        load_path(packed)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_archive_is_named_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "story.zip"
    file.write_bytes(content)
    with pytest.raises(CannotRead, match="neither a folder nor a zip archive"):
        load_path(file)


def test_a_damaged_or_locked_member_is_named(tmp_path: Path) -> None:
    packed = archive_of(tmp_path / "story.zip", {"story.json": to_json(story_file())})
    content = bytearray(packed.read_bytes())
    content[60] ^= 0xFF
    packed.write_bytes(content)
    with pytest.raises(CannotRead, match=r"story\.json: is damaged"):
        load_path(packed)
    content = bytearray(archive_of(tmp_path / "locked.zip", {"story.json": b"{}"}).read_bytes())
    for header in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[header] |= 1  # the flag of an encrypted member
    packed.write_bytes(content)
    with pytest.raises(CannotRead, match=r"story\.json: is damaged or locked"):
        load_path(packed)


def folder_with(path: Path, content: bytes) -> Path:
    path.mkdir()
    (path / "story.json").write_bytes(content)
    return path


def test_the_command_publishes_what_changed_and_only_that(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "story", to_json(story_file()))
    out = io.StringIO()
    for _again in range(2):
        call_command("import_story", folder, publish=True, stdout=out)
    assert out.getvalue().splitlines() == [
        "a-story: 4 created, 0 changed, 0 unchanged",
        "a-story: published as edition 1",
        "a-story: 0 created, 0 changed, 4 unchanged",
    ]
    (folder / "story.json").write_bytes(to_json(story_file(title={"en": "New"})))
    call_command("import_story", folder, publish=True, stdout=out)
    assert out.getvalue().splitlines()[-1] == "a-story: published as edition 2"


def test_the_command_asks_for_tables_that_are_missing(tmp_path: Path) -> None:
    MigrationRecorder(connection).record_unapplied(
        *MigrationExecutor(connection).loader.graph.leaf_nodes("storymap")[0]
    )
    with pytest.raises(CommandError, match="run migrate first"):
        call_command("import_story", folder_with(tmp_path / "story", to_json(story_file())))


def test_the_command_says_everything_that_is_wrong(tmp_path: Path) -> None:
    bad = story_file(events=(event_entry(date="yesterday", place="nowhere"),))
    with pytest.raises(CommandError) as refused:
        call_command("import_story", folder_with(tmp_path / "bad", to_json(bad)))
    assert "Nothing was loaded" in str(refused.value)
    assert "events/meeting/place" in str(refused.value) and "events/meeting/date" in str(refused.value)
    with pytest.raises(CommandError, match="There is no"):
        call_command("import_story", tmp_path / "nowhere")
    silent = story_file(chapters=(chapter_entry(narration={}),))
    with pytest.raises(CommandError, match=r"loaded, but not published.\n.*narration"):
        call_command("import_story", folder_with(tmp_path / "silent", to_json(silent)), publish=True)
    assert Story.objects.get().editions.count() == 0
