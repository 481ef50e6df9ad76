"""Taking pictures: checked before they are decoded, encoded anew, named after their content's digest."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from storymap.services.media.renditions import Names, is_lossless_webp, names_of, renditions
from storymap.story.document import PictureFile

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000  # a 10 kB file can claim 100 million; decoding it would take the machine down
MAX_SIDE = 16_383  # pixels of a WebP file
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis")
DAMAGED = (  # what Pillow raises on hostile files
    *(UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError, TypeError),
    *(IndexError, KeyError, OverflowError, MemoryError, RuntimeError, struct.error, zlib.error),
)


class PictureProblem(ValueError):
    """Why a file is not taken as a picture, in words for an editor."""


@dataclass(frozen=True)
class Encoded:
    """A picture in its files, and the bytes of those that are not stored yet, the largest last."""

    files: tuple[PictureFile, ...]  # WebP in growing widths; the last names the picture
    contents: dict[str, bytes]
    copies: tuple[PictureFile, ...] = ()  # of a photograph: AVIF in growing widths, and one JPEG

    @property
    def name(self) -> str:
        return self.files[-1].name

    def columns(self) -> list[dict[str, Any]]:
        """As the row of an illustration keeps them."""
        return [asdict(file) for file in (*self.files, *self.copies)]


def key_of(content: bytes) -> str:
    """What the names of a medium's files begin with: the same file has the same names."""
    return hashlib.sha256(content).hexdigest()[:32]


def encoded(content: bytes) -> Encoded:
    """The picture, checked and encoded, with nothing stored. Raises PictureProblem. Metadata (EXIF, GPS) goes."""
    picture = _open_image(content)
    names = names_of(key_of(content), _upright_size(picture))
    if max(file.height for file in names.webp) > MAX_SIDE:
        raise PictureProblem(_("The picture is too tall for its width."))
    lossless = picture.format == "PNG" or is_lossless_webp(content)
    if known := _encoded_in_storage(names, lossless=lossless):
        return known
    webp, copies = renditions(_decode(picture), names, lossless=lossless)
    contents = {file.name: body for file, body in (*webp[:-1], *copies, webp[-1])}
    return Encoded(tuple(file for file, _body in webp), contents, tuple(file for file, _body in copies))


def _encoded_in_storage(names: Names, *, lossless: bool) -> Encoded | None:
    """The picture as it is stored already; None when it is not, or comes from before photographs had copies."""
    if not default_storage.exists(names.webp[-1].name):  # it is stored last
        return None
    if not lossless and not default_storage.exists(names.jpeg.name):
        return None
    files, copies = (
        tuple(file for file in some if default_storage.exists(file.name)) for some in (names.webp, _copies(names))
    )
    return Encoded(files, {}, copies)


def _copies(names: Names) -> tuple[PictureFile, ...]:
    return (*names.avif, names.jpeg)


def _open_image(content: bytes) -> Image.Image:
    """The picture with its header read and nothing decoded."""
    if len(content) > MAX_BYTES:
        raise PictureProblem(_("The file is larger than 15 MB."))
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except DAMAGED:
        raise PictureProblem(refusal(content)) from None
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureProblem(_("The picture has more than 40 million pixels."))
    return picture


def refusal(content: bytes) -> str:
    """Why, and what to do: for the kinds of files that people try most."""
    if b"<svg" in content[:4096].lower():
        return _("SVG drawings may carry scripts and are not taken. Export the drawing as PNG, 1440 pixels wide.")
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return _("HEIC pictures are not read by most browsers. Export the picture as JPEG.")
    return _("This is not a JPEG, PNG, WebP or AVIF picture, or it is damaged.")


def _decode(picture: Image.Image) -> Image.Image:
    try:
        upright = ImageOps.exif_transpose(picture)
        return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except DAMAGED:
        raise PictureProblem(_("The picture is damaged.")) from None


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    try:
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)  # lying on its side
    except DAMAGED:
        raise PictureProblem(_("The picture is damaged.")) from None
    return (picture.height, picture.width) if turned else picture.size
