"""Pictures that are the stage of chapters: the original, stored as it came but for what is written beside the picture,
and the tiles that it is shown in. Tiles follow from the original: an archive holds it alone."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from storymap.services.media.pictures import DAMAGED, PictureProblem, key_of, refusal
from storymap.services.media.renditions import QUALITY, is_lossless_webp
from storymap.stage import TILE, Size, Tile, original_name, size_at, tiles_of

MAX_BYTES = 60 * 1024 * 1024
MAX_PIXELS = 100_000_000
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
BAND = TILE  # rows of a picture that are halved at once; an even number
_one_at_a_time = Lock()  # a decoded picture of 100 million pixels takes 400 MB


@dataclass(frozen=True)
class StageFiles:
    """A picture by the name of its stored original, and the bytes of what is not stored yet, the original last."""

    name: str
    contents: dict[str, bytes]


def stage_files(content: bytes) -> StageFiles:
    """The picture, checked and cut into tiles, with nothing stored. Raises PictureProblem."""
    picture = _opened(content)
    kind = picture.format or ""
    plain = without_metadata(content, kind)
    name = original_name(key_of(plain), picture.size, ENDINGS[kind])
    if default_storage.exists(name):  # it is stored last
        return StageFiles(name, {})
    lossless = kind == "PNG" or is_lossless_webp(content)
    with _one_at_a_time:
        tiles = {tile.name(name): body for tile, body in _tiles(picture, lossless=lossless)}
    return StageFiles(name, tiles | {name: plain})


def _opened(content: bytes) -> Image.Image:
    """The picture with its header read and nothing decoded."""
    if len(content) > MAX_BYTES:
        raise PictureProblem(_("The file is larger than 60 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is below
            picture = Image.open(io.BytesIO(content), formats=list(ENDINGS))
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1) != 1
    except DAMAGED:
        raise PictureProblem(refusal(content)) from None
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureProblem(_("The picture has more than 100 million pixels."))
    if turned:
        raise PictureProblem(_("The picture is stored lying on its side. Turn it upright and export it again."))
    return picture


def _tiles(picture: Image.Image, *, lossless: bool) -> Iterator[tuple[Tile, bytes]]:
    """Level by level; of each only the next smaller one is held beside it."""
    try:
        picture.load()
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        level, halved = picture, 0
        for tile in tiles_of(picture.size):
            if tile.halved != halved:
                level, halved = _halved(level, mode, size_at(picture.size, tile.halved)), tile.halved
            left, top = tile.column * TILE, tile.row * TILE
            box = left, top, min(left + TILE, level.width), min(top + TILE, level.height)
            yield tile, _webp(level.crop(box).convert(mode), lossless=lossless)
    except DAMAGED:
        raise PictureProblem(_("The picture is damaged.")) from None


def _halved(level: Image.Image, mode: str, size: Size) -> Image.Image:
    """Band by band: a palette has no colours between its own, and the whole picture in full colour is not held."""
    smaller = Image.new(mode, size)
    for top in range(0, level.height, BAND):
        band = level.crop((0, top, level.width, min(top + BAND, level.height)))
        smaller.paste(band.convert(mode).reduce(2), (0, top // 2))
    return smaller


def _webp(tile: Image.Image, *, lossless: bool) -> bytes:
    def saved(**how: int) -> bytes:
        data = io.BytesIO()
        tile.save(data, "WEBP", method=2, **how)
        return data.getvalue()

    lossy = saved(quality=QUALITY)
    return min(saved(lossless=True), lossy, key=len) if lossless else lossy


def without_metadata(content: bytes, kind: str) -> bytes:
    """The file without what is written beside the picture: cameras note there where and when it was taken. The picture
    is not encoded again. Raises PictureProblem."""
    try:
        return {"JPEG": _plain_jpeg, "PNG": _plain_png, "WEBP": _plain_webp}[kind](content)
    except (struct.error, IndexError):
        raise PictureProblem(_("The picture is damaged.")) from None


_JPEG_NEEDED = {0xE0, 0xE2, 0xEE}  # JFIF, the colour profile, how colours are stored
_PNG_DROPPED = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_DROPPED = {b"EXIF", b"XMP "}


def _plain_jpeg(content: bytes) -> bytes:
    parts, at = [content[:2]], 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:  # until the picture itself begins
        marker, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        is_beside = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_beside or marker in _JPEG_NEEDED:
            parts.append(content[at : at + 2 + length])
        at += 2 + length
    end = content.rfind(b"\xff\xd9")  # what follows is another file
    return b"".join([*parts, content[at : end + 2] if end > at else content[at:]])


def _plain_png(content: bytes) -> bytes:
    parts, at = [content[:8]], 8
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind not in _PNG_DROPPED:
            parts.append(content[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            break
    return b"".join(parts)


def _plain_webp(content: bytes) -> bytes:
    parts, at = [], 12
    while at + 8 <= len(content):
        kind, length = struct.unpack_from("<4sI", content, at)
        whole = content[at : at + 8 + length + length % 2]
        if kind == b"VP8X":
            whole = whole[:8] + bytes([whole[8] & ~0b1100]) + whole[9:]  # says no more that they follow
        if kind not in _WEBP_DROPPED:
            parts.append(whole)
        at += len(whole)
        if len(whole) < 8:
            break
    body = b"".join([b"WEBP", *parts])
    return b"RIFF" + struct.pack("<I", len(body)) + body
