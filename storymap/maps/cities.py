"""Cities by name at the middle zooms, the largest first: for the atlas's files, and written in drawn maps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.conf import settings
from PIL import Image, ImageDraw

from places.cities import City, cities
from storymap.maps.ground.extract_file import Extract
from storymap.maps.ground.lettering import CITY, KINDS, Placing, Stand, length_of, stand, write
from storymap.maps.projection import Viewport, world_box, world_x, world_y
from storymap.maps.sheet import SHARP, At, drawable
from storymap.maps.topology import Box, Points

PEOPLE = (50_000, 300_000, 1_000_000)  # from which a city is of class 1, 2 and 3; a capital is of the next one
FIRST, LAST = 3.5, 11.5  # zooms between which cities are named; also in cities.js
CLASS_BY_ZOOM = ((6.5, 3), (8.5, 2), (LAST, 1))  # up to a zoom, the least class; also in cities.js
FEW = 8  # so many are named even where no city is of the class
MOST = 12  # in a picture
FAR_VIEW, MOST_FAR = 4.5, 5  # up to a zoom, so many, between the names of countries; also in cities.js
TURNS = (-1, 0, 1, -2, 2)
DOT, RING = 2.0, 3.2  # pixels, radius of a dot, and of the room in a capital's ring
CLEAR = 5.0, 5.0  # pixels between the middle of a dot and its name: across and down
PIN_CLEAR = 31.0, 22.0  # the same for a pin, which stands for the dot
NEAR_PIN = 8.0  # pixels from the edge of a pin, which stands for the largest city so near


@dataclass(frozen=True)
class Seen:
    """A city in world coordinates, on the turn of the world that is looked at."""

    city: City
    size: int  # class, 0 to 3
    x: float
    y: float


def cities_in(box: Box, language: str, *, apart: float, most: int, least: int = 0) -> list[Seen]:
    """The largest in a box, at least so far `apart` from each other (world coordinates) and of class `least`; FEW
    smaller ones where there are none."""
    every, x, y = _on_the_world(language)
    inside = (y >= box[1]) & (y <= box[3])
    turns = np.full(len(x), np.nan)
    for turn in TURNS:
        turns[inside & np.isnan(turns) & (x + turn >= box[0]) & (x + turn <= box[2])] = turn
    found: list[Seen] = []
    sizes = sorted((-class_of(every[n]), n) for n in np.flatnonzero(~np.isnan(turns)).tolist())
    for size, n in sizes:
        if len(found) >= (most if -size >= least else FEW):
            break
        here = Seen(every[n], -size, float(x[n] + turns[n]), float(y[n]))
        if all(abs(here.x - one.x) >= apart or abs(here.y - one.y) >= apart for one in found):
            found.append(here)
    return found


def class_of(city: City) -> int:
    return min(3, sum(city.population >= people for people in PEOPLE) + city.is_capital)


@lru_cache(maxsize=4)
def _on_the_world(language: str) -> tuple[tuple[City, ...], Points, Points]:
    every = cities(language)
    x = np.array([world_x(city.at.lng) for city in every])
    return every, x, np.array([world_y(city.at.lat) for city in every])


def are_named(view: Viewport) -> bool:
    """Whether a drawn map names cities: whoever shows it says whose names they are."""
    return settings.STORYMAP_ATLAS_LABELS and FIRST <= view.zoom < LAST


@dataclass(frozen=True)
class Named:
    """A city in a drawn map: where its dot is, unless a pin stands there, and its name."""

    dot: At | None
    is_capital: bool
    name: Stand


def named_cities(
    view: Viewport, language: str, extracts: Sequence[Extract], pins: Sequence[Box], taken: Sequence[Box] = ()
) -> list[Named]:
    """At most MOST, from far away fewer, whose names keep off `pins` and what else is `taken`; none where streets have
    names of their own, or where a name could not be written."""
    if not are_named(view):
        return []
    least = next(least for zoom, least in CLASS_BY_ZOOM if view.zoom < zoom)
    most = MOST_FAR if view.zoom < FAR_VIEW else MOST
    placing = Placing(view, [*pins, *taken])
    named: list[Named] = []
    free = list(pins)
    for seen in cities_in(view.box, language, apart=20 / view.scale, most=3 * most, least=least):
        at = seen.x * view.scale - view.left, seen.y * view.scale - view.top
        text, kind = seen.city.name, f"city-{seen.size}"
        if len(named) >= most or drawable(text) != text or any(_holds(one, seen) for one in extracts):
            continue
        hiding = next((pin for pin in free if _is_near(pin, at)), None)
        if placing.put((_under_a_pin if hiding else _stands_beside)(kind, text, at), ()):
            named.append(Named(None if hiding else at, seen.city.is_capital, placing.placed[-1]))
            placing.taken = [*placing.taken, (*at, *at)]
            free = [pin for pin in free if not hiding or not _is_near(pin, at)]
    return named


def _is_near(pin: Box, at: At) -> bool:
    west, north, east, south = pin
    return west - NEAR_PIN <= at[0] <= east + NEAR_PIN and north - NEAR_PIN <= at[1] <= south + NEAR_PIN


def _holds(extract: Extract, seen: Seen) -> bool:
    west, north, east, south = world_box(extract.bounds)
    return north <= seen.y <= south and any(west <= seen.x + turn <= east for turn in TURNS)


def _stands_beside(kind: str, text: str, at: At) -> Iterator[Stand]:
    """After its dot, before, below and above it; the dot needs room as the name does."""
    for one in _stands_around(kind, text, at, CLEAR):
        yield replace(one, discs=np.vstack((one.discs, np.array([at]))))


def _under_a_pin(kind: str, text: str, at: At) -> Iterator[Stand]:
    return _stands_around(kind, text, at, PIN_CLEAR)


def _stands_around(kind: str, text: str, at: At, room: tuple[float, float]) -> Iterator[Stand]:
    across, long, line = room[0], length_of(kind, text), room[1] + 0.6 * KINDS[kind].size
    for left, down in ((across, 0.0), (-across - long, 0.0), (-long / 2, line), (-long / 2, -line)):
        start = np.array((at[0] + left, at[1] + down))
        yield stand(kind, text, start, start + np.array((long, 0.0)))


def draw_cities(image: Image.Image, named: Sequence[Named], land: tuple[int, int, int]) -> None:
    """On an image SHARP times as large as the view; a capital's dot has a ring."""
    pen = ImageDraw.Draw(image)
    for one in named:
        write(image, one.name, land)
        if one.dot is None:
            continue
        for radius, ink in [(RING + 1, CITY), (RING, land)] * one.is_capital + [(DOT, CITY)]:
            (x, y), r = one.dot, radius
            pen.ellipse([(n - r) * SHARP for n in (x, y)] + [(n + r) * SHARP for n in (x, y)], fill=ink)
