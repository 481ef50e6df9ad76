"""The files of one picture: WebP in declared widths, and for photographs AVIF beside it and one JPEG. Pure.

A drawing (it came without loss, and weighs less so) is stored as WebP alone. Measured on the drawings of the first
story, AVIF weighs a third more, JPEG four times as much, PNG three times, and every browser since 2020 reads WebP.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from storymap.story.document import PictureFile

WIDTHS = (480, 960, 1440)
JPEG_WIDTH = 960  # what does not read WebP knows no choice of widths either
QUALITY = 82  # of WebP and JPEG
AVIF_QUALITY = 60  # looks like the others at 82
AVIF_SPEED = 9  # a quarter of the time of 8, for a few percent more bytes
WORTH = 0.8  # a narrower copy has at most this part of the wider one's bytes
EARNED = 0.9  # AVIF is stored when it has at most this part of the bytes of WebP

Bodies = list[tuple[PictureFile, bytes]]


@dataclass(frozen=True)
class Names:
    """What the files of a picture are called, each kind in growing widths."""

    webp: tuple[PictureFile, ...]
    avif: tuple[PictureFile, ...]
    jpeg: PictureFile


def names_of(key: str, size: tuple[int, int]) -> Names:
    full = size[0]
    widths = [*(width for width in WIDTHS if width < full), min(full, WIDTHS[-1])]

    def named(width: int, ending: str) -> PictureFile:
        height = max(1, round(size[1] * width / full))
        return PictureFile(name=f"{key}-{width}x{height}.{ending}", width=width, height=height)

    webp, avif = (tuple(named(width, ending) for width in widths) for ending in ("webp", "avif"))
    return Names(webp, avif, named(min(full, JPEG_WIDTH), "jpg"))


def renditions(plain: Image.Image, names: Names, *, lossless: bool) -> tuple[Bodies, Bodies]:
    """WebP, and the copies in other formats; only what earns its bytes."""
    webp = _worth_their_bytes([(file, _webp(plain, file, lossless=lossless)) for file in names.webp])
    if lossless and is_lossless_webp(webp[-1][1]):
        return webp, []
    avif = _worth_their_bytes([(file, _avif(plain, file)) for file in names.avif])
    if len(avif[-1][1]) > EARNED * len(webp[-1][1]):
        avif = []
    return webp, [*avif, (names.jpeg, _jpeg(plain, names.jpeg))]


def is_lossless_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and b"VP8L" in content[:64]


def _worth_their_bytes(bodies: Bodies) -> Bodies:
    """Without narrow copies that weigh about as much as a wider one: a drawing is dearer smoothed than sharp."""
    worthy: Bodies = []
    for file, body in reversed(bodies):
        if not worthy or len(body) < WORTH * len(worthy[0][1]):
            worthy.insert(0, (file, body))
    return worthy


def _webp(plain: Image.Image, file: PictureFile, *, lossless: bool) -> bytes:
    """The picture in that size; at its own size also without loss, when it came so and that is not larger."""
    save = _saver("WEBP", method=4)
    lossy = save(_sized(plain, file), quality=QUALITY)
    whole = (file.width, file.height) == plain.size
    return min(save(plain, lossless=True), lossy, key=len) if whole and lossless else lossy


def _avif(plain: Image.Image, file: PictureFile) -> bytes:
    return _saver("AVIF")(_sized(plain, file), quality=AVIF_QUALITY, speed=AVIF_SPEED)


def _jpeg(plain: Image.Image, file: PictureFile) -> bytes:
    """On white where the picture lets the page through: JPEG cannot."""
    picture = _sized(plain, file)
    if picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture).convert("RGB")
    return _saver("JPEG", progressive=True, optimize=True)(picture, quality=QUALITY)


def _sized(plain: Image.Image, file: PictureFile) -> Image.Image:
    size = (file.width, file.height)
    return plain if size == plain.size else plain.resize(size, Image.Resampling.LANCZOS)


def _saver(kind: str, **always: int) -> Callable[..., bytes]:
    def saved(picture: Image.Image, **how: int) -> bytes:
        data = io.BytesIO()
        picture.save(data, kind, **always, **how)
        return data.getvalue()

    return saved
