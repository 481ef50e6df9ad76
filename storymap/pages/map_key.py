"""The key to a chapter's map, in words: its places by number, and what is drawn besides. For every reader."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.document import ChapterDocument, PlaceDocument, StoryDocument
from storymap.maps.geojson import AREA_WORDS, area_features, is_schematic
from storymap.maps.preview_image import measured_from
from storymap.maps.scene import Pin


@dataclass(frozen=True)
class PinView:
    number: int
    place: PlaceDocument
    events: int  # of this chapter, there


@dataclass(frozen=True)
class ShapeView:
    """An area or a line of the chapter, and how far it is a fact."""

    name: str
    note: str
    source: str
    credit: str
    schematic: bool


def pin_views(document: StoryDocument, pins: tuple[Pin, ...]) -> tuple[PinView, ...]:
    return tuple(PinView(pin.number, document.places[pin.place], len(pin.events)) for pin in pins)


def measured_view(document: StoryDocument, chapter: ChapterDocument) -> PinView | None:
    """The place from which distances in the chapter's picture are measured; None when none are drawn."""
    pin = measured_from(document, chapter)
    return pin_views(document, (pin,))[0] if pin else None


def shape_views(chapter: ChapterDocument) -> tuple[ShapeView, ...]:
    """Each once, however many features are said to be it."""
    told = (
        ShapeView(**{word: words.get(word, "") for word in AREA_WORDS}, schematic=is_schematic(words))
        for _kind, _coordinates, words in area_features(chapter)
    )
    return tuple(dict.fromkeys(told))
