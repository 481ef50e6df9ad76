"""A story with a picture as its stage: loaded, stored, copied, put back, archived. What is wrong with one is said."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from msgspec import UNSET

from storymap.formats.archive import archive_of, story_in
from storymap.formats.load import load_path
from storymap.models import StagePicture, Story
from storymap.selectors.editions import published_story
from storymap.services.history.differences import changes_between, differences
from storymap.services.history.entries import restore
from storymap.services.history.trash import move_to_trash, put_back
from storymap.services.publishing.publish import publish
from storymap.services.stories.copies import copy_chapter, copy_story
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.stage import Frame, tiles_of
from storymap.story.from_models import story_file_of
from storymap.story.problem import CannotRead
from storymap.story.storyfile import MomentEntry, StoryFile, from_json, to_json
from tests.factories import DOOR, WAY, chapter_entry, photograph, staged_file, story_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]

PLAN = photograph(700, 300)
MEDIA = {"plan.jpg": PLAN}


def staged() -> Story:
    return save_story_file(file=staged_file(), media=MEDIA).story


def on_the_plan(file: StoryFile) -> tuple[Any, ...]:
    house = next(chapter for chapter in file.chapters if chapter.slug == "house")
    return house.stage, house.frame, [(m.spot, m.frame) for m in house.moments]


TOLD = ("plan", Frame(0, 0.25, 1, 1), [(DOOR, Frame(0, 0, 0.5, 1)), (WAY, UNSET)])


def test_a_stage_comes_back_as_it_was_loaded() -> None:
    read = story_file_of(staged())
    stage = (read.stages or ())[0]
    assert (stage.alt, stage.caption, stage.credit, stage.licence) == (
        {"en": "A plan of the house"},
        {"en": "The house"},
        "Ana",
        "CC0-1.0",
    )
    assert on_the_plan(read) == TOLD
    assert read.chapters[0].stage is UNSET
    assert from_json(to_json(read)) == read


def test_the_same_file_again_changes_nothing() -> None:
    version = staged().version
    report = save_story_file(file=staged_file(), media=MEDIA)
    assert (report.created, report.changed, report.story.version) == (0, 0, version)


def test_a_story_on_the_earth_says_nothing_of_stages() -> None:
    source = to_json(story_file())
    assert not any(word in source for word in (b"stage", b"spot", b"frame"))


def test_original_and_tiles_are_stored() -> None:
    name = (story_file_of(staged()).stages or ())[0].file["en"]
    assert all(default_storage.exists(tile.name(name)) for tile in tiles_of((700, 300)))
    with default_storage.open(name) as file:
        assert file.read() == PLAN


def test_readers_get_it_in_the_document() -> None:
    publish(story=staged(), by=None)
    earth, house = published_story("a-story", "en").document.chapters
    assert earth.stage is UNSET
    assert house.stage and house.stage.size == (700, 300) and house.stage.alt == "A plan of the house"
    assert [moment.spot for moment in house.moments] == [DOOR, WAY]


def test_one_drawing_may_serve_all_languages_or_each_may_have_its_own() -> None:
    file = replace(staged_file(), languages=("en", "es"), title={"en": "A story", "es": "Una historia"})
    (plan,) = file.stages or ()
    own = replace(plan, slug="own", file={"en": "plan.jpg", "es": "plano.jpg"}, alt={"en": "A plan", "es": "Un plano"})
    other = chapter_entry("other", stage="own", moments=())
    file = replace(file, stages=(own, plan), chapters=(*file.chapters, other))
    publish(story=save_story_file(file=file, media={**MEDIA, "plano.jpg": photograph(70, 30)}).story, by=None)
    spanish = published_story("a-story", "es").document
    house, other_house = (chapter.stage for chapter in spanish.chapters[1:])
    assert house and house.size == (700, 300)
    assert other_house and (other_house.size, other_house.alt) == ((70, 30), "Un plano")
    assert "stages/plan/alt" in spanish.fallbacks and "stages/plan/file" not in spanish.fallbacks


def test_a_chapter_may_go_back_to_the_earth_and_the_picture_may_go() -> None:
    staged()
    save_story_file(file=story_file(), media={})
    assert not StagePicture.objects.exists()


def test_a_copy_of_a_story_has_a_picture_of_its_own() -> None:
    story = staged()
    copy = copy_story(story=story, by=None)
    assert story_file_of(copy).stages == story_file_of(story).stages
    assert on_the_plan(story_file_of(copy)) == TOLD
    assert StagePicture.objects.count() == 2


def test_a_copy_of_a_chapter_stands_on_the_same_picture() -> None:
    story = staged()
    copy = copy_chapter(chapter=story.chapters.get(slug="house"), by=None)
    assert (copy.stage, copy.frame) == (story.stages.get(), {"left": 0, "top": 0.25, "right": 1, "bottom": 1})


def test_a_restored_story_has_its_picture_again() -> None:
    story = staged()
    before = story_file_of(story)
    save_story_file(file=story_file(), media={})
    restore(story=Story.objects.get(), file=before, by=None)
    assert story_file_of(Story.objects.get()) == before


@pytest.mark.parametrize("part", ["story", "chapter"])
def test_what_is_put_back_has_its_picture_again(part: str) -> None:
    story = staged()
    before = story_file_of(story)
    trashed = move_to_trash(story if part == "story" else story.chapters.get(slug="house"), by=None)
    put_back(trashed, by=None)
    assert story_file_of(Story.objects.get()) == before


def test_a_chapter_comes_back_also_when_its_picture_is_gone() -> None:
    story = staged()
    trashed = move_to_trash(story.chapters.get(slug="house"), by=None)
    Story.objects.get().stages.all().delete()
    put_back(trashed, by=None)
    assert on_the_plan(story_file_of(Story.objects.get())) == TOLD


def test_a_story_that_is_deleted_takes_its_pictures_along() -> None:
    staged().delete()
    assert not StagePicture.objects.exists()


def test_history_names_what_changed() -> None:
    before, after = story_file(), staged_file()
    assert ("added", "stages", "plan") in changes_between(before, after)
    assert ("removed", "stages", "plan") in changes_between(after, before)
    assert any(part.kind == "stages" for part in differences(before, after))
    moved = replace(after.chapters[1], moments=(MomentEntry(event="step", spot=WAY), *after.chapters[1].moments[1:]))
    found = differences(after, replace(after, chapters=(after.chapters[0], moved)))
    assert [part.slug for part in found] == ["house"]


def test_an_archive_comes_back_from_elsewhere_to_the_byte(tmp_path: Path) -> None:
    with transaction.atomic():
        story = staged()
        first = archive_of(story.slug, publish(story=story, by=None).number)
        transaction.set_rollback(True)
    assert len(media_of(first)) == 1, "tiles follow from the original"
    for name in default_storage.listdir("")[1]:
        default_storage.delete(name)
    (tmp_path / "story.zip").write_bytes(first)
    story = load_path(tmp_path / "story.zip").story
    assert archive_of(story.slug, publish(story=story, by=None).number) == first
    name = media_of(first)[0]
    assert all(default_storage.exists(tile.name(name)) for tile in tiles_of((700, 300)))


def media_of(archive: bytes) -> list[str]:
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    return [name.removeprefix("media/") for name in names if name.startswith("media/")]


def saving(**fields: Any) -> str:
    with pytest.raises(CannotSave) as problem:
        save_story_file(file=staged_file(**fields), media=MEDIA)
    assert not Story.objects.exists()
    return str(problem.value)


def test_a_stage_that_the_file_does_not_hold_is_named() -> None:
    house = chapter_entry("house", stage="cellar")
    assert "chapters/house/stage: names 'cellar', which is not among the stages" in saving(chapters=(house,))


def test_a_spot_without_a_stage_is_named() -> None:
    house = chapter_entry("house", moments=(MomentEntry(event="meeting", spot=DOOR),))
    assert "chapters/house/moments/meeting: has a spot" in saving(chapters=(house,))


def test_a_frame_without_a_stage_is_named() -> None:
    house = chapter_entry("house", frame=Frame(0, 0, 1, 1))
    assert "chapters/house/frame: is a part of a picture" in saving(chapters=(house,))


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ({"file": {"en": "gone.png"}}, "media/gone.png is missing"),
        ({"file": {"es": "plan.jpg"}}, "stages/plan/file: names no file for 'en'"),
        ({"slug": "No slug"}, "is not a slug"),
        ({"credit": "x" * 301}, "stages/plan/credit"),
    ],
)
def test_what_is_wrong_with_a_stage_is_named(stage: dict[str, Any], words: str) -> None:
    plan = replace((staged_file().stages or ())[0], **stage)
    assert words in saving(stages=(plan,))


def test_two_stages_of_one_name_are_named() -> None:
    plan = (staged_file().stages or ())[0]
    assert "stages/plan: occurs twice" in saving(stages=(plan, plan))


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        ({"kind": "point", "points": [[0.5, 1.5]]}, "fraction from 0 to 1, not 1.5"),
        ({"kind": "point", "points": []}, "1 point"),
        ({"kind": "cloud", "points": [[0, 0]]}, "cloud"),
    ],
)
def test_a_spot_that_is_none_is_named_with_its_chapter(spot: dict[str, Any], words: str) -> None:
    whole = msgspec.to_builtins(staged_file())
    whole["chapters"][1]["moments"][0]["spot"] = spot
    with pytest.raises(CannotRead) as problem:
        story_in({"story.json": msgspec.json.encode(whole)})
    assert "chapters/house" in str(problem.value) and words in str(problem.value)
