"""An edition as an archive: loaded elsewhere and published there, it is the same archive, to the byte."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from storymap.formats.archive import archive_of, zip_of
from storymap.formats.load import load_path
from storymap.models import Story
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.story.problem import CannotRead
from storymap.story.storyfile import IllustrationEntry
from tests.conftest import LIMA
from tests.factories import chapter_entry, extract_file, make_story_with_streets, photograph, story_file

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("empty_storage")]


def illustrated() -> Story:
    """A story of two languages with a photograph in several files."""
    picture = IllustrationEntry(slug="view", file={"en": "view.jpg"}, alt={"en": "A view"}, credit="Ana", licence="CC0")
    file = story_file(
        title={"en": "A story", "es": "Una historia"},
        languages=("en", "es"),
        illustrations=(picture,),
        chapters=(chapter_entry(illustration="view"),),
    )
    return save_story_file(file=file, media={"view.jpg": photograph(1100, 700)}).story


def elsewhere(archive: bytes, folder: Path) -> Path:
    """Written down, and everything here forgotten."""
    for name in default_storage.listdir("")[1]:
        default_storage.delete(name)
    file = folder / "story.zip"
    file.write_bytes(archive)
    return file


def exported(story: Story) -> bytes:
    return archive_of(story.slug, publish(story=story, by=None).number)


def test_another_installation_makes_the_same_archive(tmp_path: Path) -> None:
    with transaction.atomic():
        first = exported(illustrated())
        transaction.set_rollback(True)
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert {"webp", "jpg"} <= {name.rpartition(".")[2] for name in names}
    story = load_path(elsewhere(first, tmp_path)).story
    assert exported(story) == first
    publish(story=story, by=None, note="Again.")
    assert archive_of(story.slug, 2) == first, "neither number nor date is in it"


def test_streets_come_back_to_the_byte(tmp_path: Path) -> None:
    with transaction.atomic():
        first = exported(make_story_with_streets())
        transaction.set_rollback(True)
    held = zipfile.ZipFile(io.BytesIO(first))
    [streets] = [name for name in held.namelist() if name.startswith("media/")]
    assert held.read(streets) == extract_file()
    assert exported(load_path(elsewhere(first, tmp_path)).story) == first


def test_streets_that_cannot_be_drawn_are_refused(tmp_path: Path) -> None:
    broken = extract_file().replace(b'"lines":{"local":[[0,', b'"lines":{"local":[[7,')
    with transaction.atomic():
        archive = exported(make_story_with_streets(content=broken))
        transaction.set_rollback(True)
    with pytest.raises(CannotRead, match=r"extracts/centre/file: .*\.json: lines\.local\[0\]: there is no name 7"):
        load_path(elsewhere(archive, tmp_path))


@pytest.mark.slow
def test_the_first_story_makes_the_same_archive(tmp_path: Path) -> None:
    with transaction.atomic():
        first = exported(load_path(LIMA).story)
        transaction.set_rollback(True)
    assert exported(load_path(elsewhere(first, tmp_path)).story) == first


def rewritten(archive: bytes, name: str, content: bytes | None, *, honest: bool) -> bytes:
    """With one file changed or taken out; an honest manifest says so."""
    files = {n: zipfile.ZipFile(io.BytesIO(archive)).read(n) for n in zipfile.ZipFile(io.BytesIO(archive)).namelist()}
    manifest = files.pop("manifest.json")
    files = {n: data for n, data in {**files, name: content}.items() if data is not None}
    if honest:
        media = {n.removeprefix("media/"): data for n, data in files.items() if n.startswith("media/")}
        return zip_of(files["story.json"], media)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for n, data in {**files, "manifest.json": manifest}.items():
            written.writestr(n, data)
    return file.getvalue()


def pictured(archive: bytes) -> str:
    return max(n for n in zipfile.ZipFile(io.BytesIO(archive)).namelist() if n.endswith(".webp"))


@pytest.mark.parametrize(("name", "said"), [("story.json", "digest"), ("media/x.webp", "not named"), ("", "missing")])
def test_a_file_that_the_manifest_does_not_name_is_refused(name: str, said: str, tmp_path: Path) -> None:
    archive = exported(illustrated())
    changed = rewritten(archive, name or pictured(archive), b"{}" if name else None, honest=False)
    (tmp_path / "bad.zip").write_bytes(changed)
    with pytest.raises(CannotRead, match=said):
        load_path(tmp_path / "bad.zip")


def webp(size: tuple[int, int] = (1100, 700), **how: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, "WEBP", **how)
    return file.getvalue()


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    return webp(exif=exif)


@pytest.mark.parametrize("content", [b"no picture", webp((10, 10)), with_exif(), photograph(1100, 700), b""])
def test_what_our_own_encoder_could_not_have_made_is_refused(content: bytes, tmp_path: Path) -> None:
    """Such files are taken as they are, so they have to be nothing but the picture that their name says."""
    with transaction.atomic():
        archive = exported(illustrated())
        transaction.set_rollback(True)
    file = elsewhere(rewritten(archive, pictured(archive), content, honest=True), tmp_path)
    with pytest.raises(CannotSave, match="picture|damaged"):
        load_path(file)
    assert not Story.objects.exists() and default_storage.listdir("")[1] == []


def test_the_manifest_names_no_more_than_digests() -> None:
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(exported(illustrated()))).read("manifest.json"))
    assert manifest.keys() == {"format", "sha256"} and "story.json" in manifest["sha256"]
