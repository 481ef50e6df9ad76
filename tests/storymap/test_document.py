"""Documents of every edition that was ever published decode, and are the same bytes when they are written again."""

from __future__ import annotations

import msgspec

from storymap.document import IllustrationDocument, PictureFile
from storymap.storyfile import Focus, IllustrationEntry, to_json

OLD = (
    b'{"slug":"view","files":[{"name":"a.webp","width":480,"height":320}],'
    b'"alt":"A view","caption":"","credit":"Ana","licence":"CC0-1.0"}'
)
OLD_ENTRY = (
    b'{"slug":"view","file":{"en":"view.png"},"alt":{"en":"A view"},"decorative":false,'
    b'"caption":{},"credit":"Ana","licence":"CC0-1.0"}'
)


def test_a_picture_from_before_copies_and_focal_points_is_the_same_to_the_byte() -> None:
    picture = msgspec.json.decode(OLD, type=IllustrationDocument)
    assert (picture.avif, picture.jpeg) == ((), None)
    assert to_json(picture) == OLD
    entry = msgspec.json.decode(OLD_ENTRY, type=IllustrationEntry)
    assert not entry.focus
    assert to_json(entry) == OLD_ENTRY


def test_copies_and_focal_point_come_back_from_json() -> None:
    copies = tuple(PictureFile(name=name, width=480, height=320) for name in ("a.avif", "a.jpg"))
    files = (PictureFile(name="a.webp", width=480, height=320),)
    words = {"alt": "", "caption": "", "credit": "", "licence": ""}
    picture = IllustrationDocument(slug="view", files=files, copies=copies, focus=Focus(x=0.5, y=0), **words)
    assert (picture.avif, picture.jpeg) == (copies[:1], copies[1])
    assert msgspec.json.decode(to_json(picture), type=IllustrationDocument) == picture
