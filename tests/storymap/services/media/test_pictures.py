"""Pictures are stored in the widths that serve a reader, and only once."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from storymap.services.media.files import Storing
from storymap.services.media.pictures import PictureProblem, encoded

pytestmark = [pytest.mark.usefixtures("empty_storage"), pytest.mark.slow]


def saved(picture: Image.Image, kind: str, **how: int) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **how)
    return data.getvalue()


def photograph(width: int = 1800, height: int = 1200) -> Image.Image:
    """Something with as much detail as a photograph: noise under a gradient."""
    noise = Image.effect_noise((width, height), 60)
    return Image.merge("RGB", (noise, Image.linear_gradient("L").resize((width, height)), noise))


def drawing(width: int = 1080, height: int = 1600) -> Image.Image:
    """Sharp lines on plain paper."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for n in range(0, height, 16):
        pen.line((n % 97, n, width - n % 89, height - n), fill="black", width=2)
    return picture


def test_a_photograph_is_stored_in_growing_widths_each_lighter_than_the_next() -> None:
    picture = encoded(saved(photograph(), "JPEG"))
    assert [(file.width, file.height) for file in picture.files] == [(480, 320), (960, 640), (1440, 960)]
    weights = [len(picture.contents[file.name]) for file in picture.files]
    assert weights == sorted(weights) and len(set(weights)) == 3
    for file in picture.files:
        assert Image.open(io.BytesIO(picture.contents[file.name])).size == (file.width, file.height)


def test_no_reader_fetches_a_narrow_copy_of_a_drawing_that_weighs_more_than_the_whole() -> None:
    for kind, how in (("PNG", {}), ("WEBP", {"lossless": True})):
        picture = encoded(saved(drawing(), kind, **how))
        largest = picture.files[-1]
        assert (largest.width, largest.height) == (1080, 1600)
        weights = [len(picture.contents[file.name]) for file in picture.files]
        assert weights == sorted(weights)


def test_a_drawing_that_came_without_loss_keeps_every_pixel_at_its_own_size() -> None:
    picture = encoded(saved(drawing(), "PNG"))
    kept = Image.open(io.BytesIO(picture.contents[picture.files[-1].name])).convert("RGB")
    assert kept.tobytes() == drawing().tobytes()


@pytest.mark.parametrize("content", [saved(drawing(), "PNG"), saved(photograph(500, 300), "JPEG")])
def test_the_same_picture_is_encoded_and_stored_once(content: bytes) -> None:
    first = encoded(content)
    Storing().store(first.contents)
    again = encoded(content)
    assert (again.files, again.copies, again.contents) == (first.files, first.copies, {})
    assert sorted(default_storage.listdir("")[1]) == sorted(file.name for file in (*first.files, *first.copies))


def test_a_photograph_also_comes_as_avif_where_that_is_lighter_and_as_jpeg_for_everybody() -> None:
    picture = encoded(saved(photograph(), "JPEG"))
    kinds = {file.name: Image.open(io.BytesIO(picture.contents[file.name])) for file in picture.copies}
    assert {kind.format for kind in kinds.values()} == {"AVIF", "JPEG"}
    for file in picture.copies:
        assert kinds[file.name].size == (file.width, file.height)
    avif = [file for file in picture.copies if file.name.endswith(".avif")]
    assert len(picture.contents[avif[-1].name]) < len(picture.contents[picture.name])
    assert [file.width for file in picture.copies if file.name.endswith(".jpg")] == [960]


def test_a_drawing_needs_no_copies() -> None:
    assert encoded(saved(drawing(), "PNG")).copies == ()


def test_avif_that_does_not_earn_its_bytes_is_not_kept() -> None:
    dot = encoded(saved(Image.new("RGB", (8, 8), "red"), "JPEG"))  # the frame of an AVIF file outweighs 64 pixels
    assert [file.name.rpartition(".")[2] for file in dot.copies] == ["jpg"]


def test_a_photograph_from_before_there_were_copies_gets_them_when_it_comes_again() -> None:
    content = saved(photograph(500, 300), "JPEG")
    whole = encoded(content)
    Storing().store({file.name: whole.contents[file.name] for file in whole.files})
    again = encoded(content)
    assert again.copies == whole.copies
    assert {file.name for file in again.copies} <= again.contents.keys()


def test_what_shines_through_is_white_in_a_jpeg() -> None:
    glass = photograph(300, 200).convert("RGBA")
    glass.putalpha(0)
    picture = encoded(saved(glass, "WEBP", quality=80))
    jpeg = next(file for file in picture.copies if file.name.endswith(".jpg"))
    assert Image.open(io.BytesIO(picture.contents[jpeg.name])).getpixel((150, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b'<?xml version="1.0"?>\n<!-- a map -->\n<svg xmlns="http://www.w3.org/2000/svg"></svg>', "as PNG"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(99), "as JPEG"),
        (b"GIF89a" + bytes(99), "not a JPEG, PNG, WebP or AVIF"),
    ],
)
def test_a_file_that_is_refused_comes_with_advice(content: bytes, advice: str) -> None:
    with pytest.raises(PictureProblem, match=advice):
        encoded(content)


def test_a_picture_lying_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter
    picture = encoded(saved(photograph(600, 400), "JPEG", exif=exif))
    assert [(file.width, file.height) for file in picture.files] == [(400, 600)]
    shown = [Image.open(io.BytesIO(body)) for body in picture.contents.values()]
    assert {one.format for one in shown} == {"WEBP", "AVIF", "JPEG"}
    assert all(one.height > one.width and not one.getexif() for one in shown)
