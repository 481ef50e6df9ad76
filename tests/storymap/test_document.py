"""Documents of every edition that was ever published decode, and are the same bytes when they are written again."""

from __future__ import annotations

import msgspec

from storymap.story.document import EventDocument, IllustrationDocument, PictureFile
from storymap.story.storyfile import EventEntry, Focus, IllustrationEntry, to_json

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


EVENT = (
    b'{"slug":"meeting","title":"A meeting","summary":"","date":"1997-02-01","earliest":"1997-02-01",'
    b'"latest":"1997-02-01","time":"","place":"toronto","further_places":["tokyo","lima","toronto","tokyo"],"people":[],'
    b'"status":"documented","attributed_to":"","note":"","sensitivity":"none","later":false,"citations":[]}'
)
EVENT_ENTRY = b'{"slug":"meeting","title":{"en":"A meeting"},"status":"documented","further_places":["tokyo","lima"]}'


def test_further_places_of_an_edition_from_before_journeys_are_concerned_and_no_way() -> None:
    event = msgspec.json.decode(EVENT, type=EventDocument)
    assert (event.also_there, event.journey) == (("lima", "tokyo"), None)
    assert event.places == ("toronto", "lima", "tokyo")
    assert b"further_places" not in to_json(event)


def test_further_places_of_a_story_file_from_before_journeys_are_read_and_not_written_again() -> None:
    entry = msgspec.json.decode(EVENT_ENTRY, type=EventEntry)
    assert (entry.also_there, entry.journey) == (("lima", "tokyo"), None)
    assert msgspec.json.decode(to_json(entry), type=EventEntry) == entry
    assert b"further_places" not in to_json(entry)


def test_the_order_in_which_places_also_concerned_are_written_makes_no_difference() -> None:
    one, other = (
        EventEntry(slug="e", title={"en": "E"}, status="documented", also_there=places)
        for places in (("lima", "tokyo"), ("tokyo", "lima", "tokyo"))
    )
    assert one == other
