"""Archives and pictures that are wrong, by mistake or on purpose: refused in words, and nothing is stored."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import ExifTags, Image

from storymap.formats.load import load_path
from storymap.services.media.pictures import PictureProblem, encoded
from storymap.services.stories.save_story_file import CannotSave
from storymap.story.problem import CannotRead
from tests.security import stages
from tests.security.test_bad_input import plain
from tests.security.traces import state_of_the_site

pytestmark = pytest.mark.django_db


def zipped(path: Path, entries: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


NAMES = ["../story.json", "/etc/passwd", "media/../../x", "media\\..\\x.png", "C:/x", "media//x.png", "story.json"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", NAMES)
def test_an_archive_with_a_crooked_name_is_refused(name: str, tmp_path: Path) -> None:
    """Names that lead out of the archive, or stand in it twice, are refused before anything is unpacked."""
    file = zipped(tmp_path / "story.zip", [("story.json", json.dumps(plain()).encode()), (name, b"x")])
    before = state_of_the_site()
    with pytest.raises(CannotRead, match="plain name|twice"):
        load_path(file)
    assert state_of_the_site() == before


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    """A small archive of hundreds of megabytes, or of thousands of files, is refused."""
    bomb = zipped(tmp_path / "bomb.zip", [(f"media/{n}.png", bytes(30_000_000)) for n in range(8)])
    assert bomb.stat().st_size < 500_000
    with pytest.raises(CannotRead, match="too densely"):
        load_path(bomb)
    with pytest.raises(CannotRead, match="more than 2000"):
        load_path(zipped(tmp_path / "many.zip", [(f"media/{n}", b"") for n in range(2001)]))


def test_archives_that_are_none_are_refused(tmp_path: Path) -> None:
    """Cut, damaged and invented archives are refused in words, wherever the damage is."""
    good = zipped(tmp_path / "good.zip", [("story.json", json.dumps(plain()).encode()), ("media/view.png", b"x" * 50)])
    data = good.read_bytes()
    for n in range(0, len(data), 41):
        for spoiled in (data[:n], data[:n] + bytes([data[n] ^ 0xFF]) + data[n + 1 :]):
            good.write_bytes(spoiled)
            with transaction.atomic():
                try:
                    load_path(good)
                except (CannotRead, CannotSave) as problem:
                    assert str(problem)
                transaction.set_rollback(True)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes whose every row is there, all of one colour and packed to almost nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + (width + 7) // 8)) for _row in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def photograph(orientation: int = 1) -> bytes:
    """A JPEG of 40 by 20 pixels, its left half red, with a place and a maker in its EXIF."""
    picture = Image.new("RGB", (40, 20), (0, 0, 255))
    picture.paste((255, 0, 0), (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Kanari"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (12.0, 5.0, 29.0)
    data = io.BytesIO()
    picture.save(data, "JPEG", exif=exif, quality=95)
    return data.getvalue()


def test_a_small_file_of_a_huge_picture_is_refused_unopened() -> None:
    """Ten kilobytes that claim 81 million pixels are refused from their header."""
    bomb = png_claiming(9000, 9000)
    assert len(bomb) < 12_000
    with pytest.raises(PictureProblem, match="40 million"):
        encoded(bomb)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NO_PICTURES = {
    "nothing": b"",
    "SVG": SVG,
    "HTML": b"<html><script>alert(1)</script>",
    "GIF": b"GIF89a" + bytes(30),
    "a cut JPEG": photograph()[:300],
    "a cut PNG": stages.png()[:60],
    "TIFF": b"II*\x00" + bytes(100),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
}


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_refused(kind: str) -> None:
    """Other kinds of files, and pictures that end too early, are refused in words."""
    with pytest.raises(PictureProblem):
        encoded(NO_PICTURES[kind])


def test_a_picture_too_tall_to_store_is_refused() -> None:
    """A picture that no WebP file can hold is refused, not half stored."""
    with pytest.raises(PictureProblem, match="too tall"):
        encoded(png_claiming(8, 20_000))


def test_a_file_that_is_picture_and_page_comes_out_as_picture_only() -> None:
    """What hangs behind a picture is gone after storing: pictures are encoded anew."""
    both = encoded(photograph() + b"<script>window.pwned=1</script>" + zip_of_a_page())
    for data in both.contents.values():
        assert data[:4] in (b"RIFF", b"\xff\xd8\xff\xe0") or data[4:12] == b"ftypavif"
        assert b"script" not in data and b"index.html" not in data


def zip_of_a_page() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("index.html", "<script>")
    return data.getvalue()


def test_nobody_learns_where_a_picture_was_taken() -> None:
    """EXIF, with place and maker, is gone."""
    for data in encoded(photograph()).contents.values():
        assert b"Kanari" in photograph() and b"Kanari" not in data
        assert not Image.open(io.BytesIO(data)).getexif()


UPRIGHT = {1: ((40, 20), "left"), 3: ((40, 20), "right"), 6: ((20, 40), "top"), 8: ((20, 40), "bottom")}


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_a_picture_stands_as_the_camera_was_held(orientation: int) -> None:
    """The orientation of EXIF is carried out: size and colours are those of the upright picture."""
    size, red_side = UPRIGHT[orientation]
    picture = encoded(photograph(orientation))
    shown = Image.open(io.BytesIO(picture.contents[picture.files[-1].name]))
    assert shown.size == size == (picture.files[-1].width, picture.files[-1].height)
    width, height = size
    corner = {"left": (2, 10), "right": (37, 10), "top": (10, 2), "bottom": (10, 37)}[red_side]
    red, _green, blue = shown.convert("RGB").getpixel((min(corner[0], width - 1), min(corner[1], height - 1)))
    assert red > 180 > 90 > blue


FORMATS: list[dict[str, Any]] = [{"format": "PNG"}, {"format": "JPEG"}, {"format": "WEBP"}, {"format": "AVIF"}]


@pytest.mark.parametrize("how", FORMATS, ids=lambda how: how["format"])
def test_a_damaged_picture_is_stored_or_refused(how: dict[str, Any]) -> None:
    """Whichever byte is wrong, the file is taken or refused with a PictureProblem, never with anything else."""
    data = io.BytesIO()
    Image.open(io.BytesIO(photograph(6))).save(data, **how, exif=Image.open(io.BytesIO(photograph(6))).getexif())
    good = data.getvalue()
    for n in range(0, len(good), max(1, len(good) // 150)):
        for spoiled in (good[:n], good[:n] + bytes([good[n] ^ 0xFF]) + good[n + 1 :]):
            try:
                encoded(spoiled)
            except PictureProblem as problem:
                assert str(problem)


def test_a_story_with_one_bad_picture_stores_none(tmp_path: Path) -> None:
    """Of a story whose second picture is damaged nothing is stored, not even the first."""
    story = plain()
    story["illustrations"][1]["file"] = {"en": "bad.png"}
    folder = tmp_path / "story"
    (folder / "media").mkdir(parents=True)
    (folder / "story.json").write_text(json.dumps(story))
    (folder / "media/view.png").write_bytes(stages.png())
    (folder / "media/bad.png").write_bytes(SVG)
    before = state_of_the_site()
    with pytest.raises(CannotSave, match=r"illustrations/.*bad\.png"):
        load_path(folder)
    assert state_of_the_site() == before
    assert default_storage.listdir("")[1] == []
