"""Storing pictures: checked before they are decoded, encoded anew, in declared widths, under their content's digest."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from storymap.document import PictureFile

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000  # a 10 kB file can claim 100 million; decoding it would take the machine down
MAX_SIDE = 16_383  # pixels of a WebP file
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
WIDTHS = (480, 960, 1440)
QUALITY = 82
WORTH = 0.8  # a narrower copy has at most this part of the wider one's bytes
_DAMAGED = (  # what Pillow raises on hostile files
    *(UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError, TypeError),
    *(IndexError, KeyError, OverflowError, MemoryError, RuntimeError, struct.error, zlib.error),
)


class PictureProblem(ValueError):
    """Why a file is not taken as a picture, in words for an editor."""


@dataclass(frozen=True)
class Encoded:
    """A picture in its widths, the largest last, and the bytes of those that are not stored yet."""

    files: tuple[PictureFile, ...]
    contents: dict[str, bytes]

    def store(self) -> None:
        for name, data in self.contents.items():
            if not default_storage.exists(name):  # the same picture may have come twice
                default_storage.save(name, ContentFile(data))


def encoded(content: bytes) -> Encoded:
    """The picture, checked and encoded, with nothing stored. Raises PictureProblem. Metadata (EXIF, GPS) goes."""
    picture = _opened(content)
    key = hashlib.sha256(content).hexdigest()[:32]
    size = _upright_size(picture)
    files = sizes_of(key, size)
    if max(file.height for file in files) > MAX_SIDE:
        raise PictureProblem(_("The picture is too tall for its width."))
    if default_storage.exists(files[-1].name):  # the largest is stored last
        return Encoded(tuple(file for file in files if default_storage.exists(file.name)), {})
    lossless = picture.format == "PNG" or _is_lossless_webp(content)
    plain = _decoded(picture)
    return _worth_their_bytes(files, [_webp(plain, file, lossless=lossless) for file in files])


def _worth_their_bytes(files: list[PictureFile], bodies: list[bytes]) -> Encoded:
    """Without narrow copies that weigh about as much as a wider one: a drawing is dearer smoothed than sharp."""
    kept: list[tuple[PictureFile, bytes]] = []
    for file, body in reversed([*zip(files, bodies, strict=True)]):
        if not kept or len(body) < WORTH * len(kept[0][1]):
            kept.insert(0, (file, body))
    return Encoded(tuple(file for file, _body in kept), {file.name: body for file, body in kept})


def _webp(plain: Image.Image, file: PictureFile, *, lossless: bool) -> bytes:
    """The picture in that size; at its own size also without loss, when it came so and that is not larger."""
    size = (file.width, file.height)
    whole = size == plain.size
    lossy = _saved(plain if whole else plain.resize(size, Image.Resampling.LANCZOS), quality=QUALITY)
    return min(_saved(plain, lossless=True), lossy, key=len) if whole and lossless else lossy


def _saved(picture: Image.Image, **how: int) -> bytes:
    data = io.BytesIO()
    picture.save(data, "WEBP", method=4, **how)
    return data.getvalue()


def _opened(content: bytes) -> Image.Image:
    """The picture with its header read and nothing decoded."""
    if len(content) > MAX_BYTES:
        raise PictureProblem(_("The file is larger than 15 MB."))
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except _DAMAGED:
        raise PictureProblem(_("This is not a JPEG, PNG, WebP or AVIF picture, or it is damaged.")) from None
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureProblem(_("The picture has more than 40 million pixels."))
    return picture


def _decoded(picture: Image.Image) -> Image.Image:
    try:
        upright = ImageOps.exif_transpose(picture)
        return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except _DAMAGED:
        raise PictureProblem(_("The picture is damaged.")) from None


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    try:
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)  # lying on its side
    except _DAMAGED:
        raise PictureProblem(_("The picture is damaged.")) from None
    return (picture.height, picture.width) if turned else picture.size


def sizes_of(key: str, size: tuple[int, int]) -> list[PictureFile]:
    """The files a picture of that size may have been stored in, the largest last."""
    return [_named(key, size, width) for width in _widths(size[0])]


def _named(key: str, full_size: tuple[int, int], width: int) -> PictureFile:
    full_width, full_height = full_size
    height = max(1, round(full_height * width / full_width))
    return PictureFile(name=f"{key}-{width}x{height}.webp", width=width, height=height)


def _is_lossless_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and b"VP8L" in content[:64]


def _widths(full: int) -> list[int]:
    return [width for width in WIDTHS if width < full] + [min(full, WIDTHS[-1])]
