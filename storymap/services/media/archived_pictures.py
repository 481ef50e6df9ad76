"""Pictures that an archive brings as another installation has stored them: taken over as they are, to the byte.

A picture that was encoded twice would be another one, and its edition too. Only what our own encoder could have made
is taken: the kinds, sizes and names, decoded whole, with nothing beside the picture in it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from PIL import Image

from storymap.services.media.pictures import DAMAGED, MAX_BYTES, MAX_PIXELS, Encoded, PictureProblem
from storymap.story.document import PictureFile

_STORED = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})\.(webp|avif|jpg)")
_KINDS = {"webp": "WEBP", "avif": "AVIF", "jpg": "JPEG"}
_BESIDE = ("exif", "xmp", "icc_profile", "comment")  # what the encoder leaves out


def is_stored_name(name: str) -> bool:
    return name.endswith(".webp") and _STORED.fullmatch(name) is not None


def taken_over(name: str, media: Mapping[str, bytes]) -> Encoded:
    """The picture of that stored name with all its files. Raises PictureProblem."""
    key = name[:32]
    mine = sorted((found for other in media if (found := _STORED.fullmatch(other)) and found[1] == key), key=_order)
    files = {found[0]: PictureFile(name=found[0], width=int(found[2]), height=int(found[3])) for found in mine}
    for found in mine:
        _check(found, media[found[0]])
    webp = tuple(file for file in files.values() if file.name.endswith(".webp"))
    if webp[-1].name != name:
        raise PictureProblem(_("The archive has a larger file of this picture than the one it names."))
    copies = tuple(file for file in files.values() if not file.name.endswith(".webp"))
    return Encoded(webp, {file.name: media[file.name] for file in (*webp[:-1], *copies, webp[-1])}, copies)


def _order(found: re.Match[str]) -> tuple[int, int]:
    """WebP, then AVIF, then JPEG, each in growing widths: as the encoder lists them."""
    return list(_KINDS).index(found[4]), int(found[2])


def _check(found: re.Match[str], content: bytes) -> None:
    width, height, ending = int(found[2]), int(found[3]), found[4]
    if len(content) > MAX_BYTES or width * height > MAX_PIXELS:
        raise PictureProblem(_("The picture is too large."))
    try:
        picture = Image.open(io.BytesIO(content), formats=[_KINDS[ending]])
        beside = [name for name in _BESIDE if picture.info.get(name)]
        if picture.size == (width, height):
            picture.load()
    except DAMAGED:
        raise PictureProblem(_("The picture is damaged.")) from None
    if picture.size != (width, height) or beside:
        raise PictureProblem(_("The picture is not what its name says, or holds more than a picture."))
