"""The key to a chapter's map, in words: its places by number, and what is drawn besides. For every reader."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _, pgettext

from places import when
from places.cities import CITIES_CREDIT, GEONAMES
from storymap.maps.scene import WORDS, Kind, Pin, Scene, drawn_on_map, is_flown, legs_of, name_of
from storymap.maps.static_picture import CHAPTER_SIZE, measured_from, names_cities
from storymap.pages.moments import rough_length
from storymap.story.document import ChapterDocument, StoryDocument
from storymap.story.extract_head import Credit


@dataclass(frozen=True)
class PinView:
    number: int
    name: str  # of the place; on a picture, of what happened there
    events: int  # of this chapter, there
    aside: bool  # nothing happened there: it is only also concerned


@dataclass(frozen=True)
class ShapeView:
    """A point, a line or an area of the chapter, and how far it is a fact."""

    what: str  # which of the three, and how long a line is drawn
    name: str
    note: str
    source: str
    credit: str
    schematic: bool


def pin_views(document: StoryDocument, pins: tuple[Pin, ...]) -> tuple[PinView, ...]:
    return tuple(PinView(pin.number, name_of(document, pin), len(pin.events), pin.aside) for pin in pins)


def measured_view(document: StoryDocument, chapter: ChapterDocument) -> PinView | None:
    """The place from which distances in the chapter's picture are measured; None when none are drawn."""
    pin = measured_from(document, chapter)
    return pin_views(document, (pin,))[0] if pin else None


def shape_views(chapter: ChapterDocument) -> tuple[ShapeView, ...]:
    """Each once, however many features are said to be it."""
    metres: dict[tuple[Kind, tuple[str, ...], bool], float] = defaultdict(float)
    for one in drawn_on_map(chapter):
        metres[one.kind, tuple(one.words.get(word, "") for word in WORDS), one.schematic] += one.metres
    return tuple(
        ShapeView(_shape_words(kind, length), **dict(zip(WORDS, words, strict=True)), schematic=schematic)
        for (kind, words, schematic), length in metres.items()
    )


def _shape_words(kind: Kind, metres: float) -> str:
    if metres:
        return _("line, about %(length)s") % {"length": rough_length(metres)}
    words = {"point": pgettext("on a map", "point"), "line": pgettext("on a map", "line"), "area": _("area")}
    return words[kind]


@dataclass(frozen=True)
class GroundView:
    """Whose streets lie under the map, or whose names of cities stand in it."""

    words: str
    url: str  # where the data come from; empty where that is no address


def ground_views(document: StoryDocument) -> tuple[GroundView, ...]:
    """Each once, however many extracts are cut from it."""
    credits = dict.fromkeys(extract.credit for extract in document.extracts or ())
    has_names = any(names_cities(document, chapter, CHAPTER_SIZE) for chapter in document.chapters)
    return (GroundView(CITIES_CREDIT, GEONAMES),) * has_names + tuple(
        GroundView(_credit(one, document.language), _address(one.source)) for one in credits
    )


def _credit(credit: Credit, language: str) -> str:
    date = _("data of %(date)s") % {"date": when.words(credit.date, language)} if credit.date else ""
    return ", ".join(
        filter(None, (credit.attribution, credit.licence, date, _("simplified") if credit.simplified else ""))
    )


def _address(source: str) -> str:
    return source if source.startswith(("https://", "http://")) else ""


def legend_of(document: StoryDocument, scene: Scene) -> frozenset[str]:
    """flown, joined (journeys), aside (pins), point, line, area, schematic: whatever a chapter draws."""
    narrated = (document.events[moment.event] for chapter in document.chapters for moment in chapter.moments)
    signs = {"flown" if is_flown(event) else "joined" for event in narrated if legs_of(document, event)}
    signs |= {"aside" for chapter in scene.chapters for pin in chapter.pins if pin.aside}
    for chapter in document.chapters:
        for one in drawn_on_map(chapter):
            signs |= {one.kind, "schematic"} if one.schematic else {one.kind}
    return frozenset(signs)
