"""Pictures that are the stage of chapters: what is stored of a file, its tiles, and what is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from storymap.services.media import stage_pictures
from storymap.services.media.pictures import PictureProblem
from storymap.services.media.stage_pictures import stage_files
from storymap.stage import size_in
from tests.factories import photograph

pytestmark = pytest.mark.usefixtures("empty_storage")


def drawing(width: int = 900, height: int = 600, mode: str = "RGB", **how: Any) -> bytes:
    picture, data = Image.new("RGB", (width, height), "white"), io.BytesIO()
    picture.paste("black", (width // 3, height // 3, width // 2, height // 2))
    picture.convert(mode).save(data, "PNG", **how)
    return data.getvalue()


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def test_a_picture_is_cut_into_tiles_and_its_original_is_kept_last() -> None:
    files = stage_files(drawing())
    assert size_in(files.name) == (900, 600)
    key = files.name[:32]
    levels = [f"{key}-{level}.webp" for level in ("0-0-0", "0-1-0", "0-0-1", "0-1-1", "1-0-0")]
    assert list(files.contents) == [*levels, files.name]
    assert opened(files.contents[f"{key}-0-1-1.webp"]).size == (900 - 512, 600 - 512)
    assert opened(files.contents[f"{key}-1-0-0.webp"]).size == (450, 300)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_the_tiles_of_every_kind_of_drawing_show_what_it_shows(mode: str) -> None:
    files = stage_files(drawing(700, 500, mode))
    tile = opened(files.contents[f"{files.name[:32]}-0-0-0.webp"]).convert("RGB")
    expected = opened(files.contents[files.name]).convert("RGB").crop((0, 0, 512, 500))
    assert not ImageChops.difference(tile, expected).getbbox(), "a drawing is not blurred"


def test_the_same_file_has_the_same_names_and_bytes() -> None:
    assert stage_files(drawing()) == stage_files(drawing())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_and_when_it_was_taken_is_not_kept_and_the_picture_stays(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Words-of-the-camera"
    how: dict[str, Any] = {"exif": exif, "xmp": b"<x>Words-of-xmp</x>"}
    if kind == "PNG":
        how["pnginfo"] = PngImagePlugin.PngInfo()
        how["pnginfo"].add_text("Comment", "Words-of-png")
    if kind == "JPEG":
        how["comment"] = b"Words-of-jpeg"
    taken = photograph(60, 40, kind, **how)
    assert b"Words-of" in taken
    files = stage_files(taken)
    kept = files.contents[files.name]
    assert b"Words-of" not in kept
    assert opened(kept).convert("RGB").tobytes() == opened(taken).convert("RGB").tobytes()
    assert not opened(kept).getexif()
    again = stage_files(kept)
    assert again.name == files.name, "an archive that holds it brings the same picture"


def test_a_picture_on_its_side_is_refused_with_what_to_do() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with pytest.raises(PictureProblem, match="upright"):
        stage_files(photograph(60, 40, exif=exif))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg/>", "SVG"),
        (b"nonsense", "not a JPEG"),
        (drawing(64, 64)[:80], "damaged"),
        (photograph()[:900], "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_why(content: bytes, words: str) -> None:
    with pytest.raises(PictureProblem, match=words):
        stage_files(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_pictures, "MAX_PIXELS", 1000)
    with pytest.raises(PictureProblem, match="million pixels"):
        stage_files(drawing(100, 11))


def test_a_picture_may_be_larger_than_an_illustration() -> None:
    blank, data = Image.new("1", (10_000, 4_100), 1), io.BytesIO()
    blank.save(data, "PNG")
    assert size_in(stage_files(data.getvalue()).name) == (10_000, 4_100)
