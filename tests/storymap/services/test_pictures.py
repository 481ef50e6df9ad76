"""Pictures are stored in the widths that serve a reader, and only once."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from storymap.services.pictures import encoded

pytestmark = pytest.mark.usefixtures("empty_storage")


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


def test_the_same_picture_is_encoded_and_stored_once() -> None:
    content = saved(drawing(), "PNG")
    first = encoded(content)
    first.store()
    again = encoded(content)
    assert (again.files, again.contents) == (first.files, {})
    again.store()
    assert sorted(default_storage.listdir("")[1]) == sorted(file.name for file in first.files)


def test_a_picture_lying_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter
    picture = encoded(saved(photograph(600, 400), "JPEG", exif=exif))
    assert [(file.width, file.height) for file in picture.files] == [(400, 600)]
    assert not Image.open(io.BytesIO(picture.contents[picture.files[-1].name])).getexif()
