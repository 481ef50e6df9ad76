"""The file of a basemap extract, "atlas/2": the ground of one neighbourhood, cut, thinned and packed.

Its numbers are steps of a grid, counted from the upper left corner of its bounds: one step is a pixel of the largest
zoom that the file is made for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from places.geo import Bounds, LatLng
from storymap.maps.ground.features import AREAS, LINES, NAMES, Area, Ground, Line, Name
from storymap.maps.ground.joining import joined
from storymap.maps.projection import world_box
from storymap.maps.topology import Box, Points, area, clip_ring, cut_line, deltas, gridded, mercator, simplified
from storymap.story.extract_head import FORMAT, MAX_ZOOM, Credit, head_of

TOLERANCE = 0.6  # steps by which a line may be off
SMALLEST = {"building": 24.0}  # square steps; smaller ones are not seen
SMALLEST_OTHER = 60.0
SCALES = tuple(2 ** (8 + zoom) for zoom in range(MAX_ZOOM + 1))
WIDEST = 2**22  # steps from the corner to the farthest point: 2000 km at the finest grid


@dataclass(frozen=True)
class Extract:
    """What a file holds; ground outside the bounds is not known."""

    bounds: Bounds
    min_zoom: float
    credit: Credit
    ground: Ground


def encode(ground: Ground, bounds: Bounds, min_zoom: float, credit: Credit, *, max_zoom: int = MAX_ZOOM) -> bytes:
    """The file; equal bytes for equal input. `max_zoom`: up to where it must look right, at most 18.

    Raises ValueError when the bounds hold nothing, or the zooms contradict each other.
    """
    if not 0 <= min_zoom <= max_zoom <= MAX_ZOOM:
        raise ValueError(f"an extract is drawn from a zoom of 0 to {max_zoom} on, not {min_zoom:g}")
    with _named("bounds"):
        grid = _Grid(bounds, SCALES[max_zoom])
    names = _Names()
    areas = {kind: list(grid.areas(kind, ground.areas, names)) for kind in AREAS}
    lines = {kind: list(grid.lines(kind, ground.lines, names)) for kind in LINES}
    places = list(grid.places(ground.names, names))
    if not any(areas.values()) and not any(lines.values()):
        raise ValueError("there is no street, water, park or building within the bounds")
    return msgspec.json.encode(
        {
            "format": FORMAT,
            "scale": grid.scale,
            "origin": list(grid.origin),
            "bounds": [float(edge) for edge in bounds.edges],
            "minZoom": min_zoom,
            "credit": credit,
            "names": names.texts,
            "areas": {kind: found for kind, found in areas.items() if found},
            "lines": {kind: found for kind, found in lines.items() if found},
            "places": places,
        }
    )


class _Names:
    """Every text once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """-1 for no name."""
        if text and text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers.get(text, -1)


class _Grid:
    def __init__(self, bounds: Bounds, scale: int) -> None:
        self.scale = scale
        self._world: Box = world_box(bounds)
        west, north, east, south = (edge * scale for edge in self._world)
        self.origin = math.floor(west), math.floor(north)
        self._box: Box = (0.0, 0.0, float(math.ceil(east) - self.origin[0]), float(math.ceil(south) - self.origin[1]))
        if max(self._box) > WIDEST:
            raise ValueError(f"they are too wide for an extract of {scale} steps round the world")

    def areas(self, kind: str, areas: Iterable[Area], names: _Names) -> Iterator[list[Any]]:
        """[number of the name, ring, ring ...]; the largest first, so that a small one lies over it."""
        least = SMALLEST.get(kind, SMALLEST_OTHER)
        packed: list[tuple[float, str, list[list[int]]]] = []
        for one in areas:
            if one.kind != kind:
                continue
            rings = [self._ring(ring) for ring in one.rings]
            size = area(rings[0].astype(float)) if len(rings[0]) > 2 else 0.0
            if size >= least:
                holes = [ring for ring in rings[1:] if len(ring) > 2 and area(ring.astype(float)) >= least]
                packed.append((-size, one.name, [deltas(ring) for ring in (rings[0], *holes)]))
        for _, name, rings_of in sorted(packed):
            yield [names.number(name), *rings_of]

    def lines(self, kind: str, lines: Iterable[Line], names: _Names) -> Iterator[list[Any]]:
        """[number of the name, line]; pieces of one street are one line."""
        pieces: dict[str, list[Points]] = {}
        for line in lines:
            if line.kind == kind:
                pieces.setdefault(line.name, []).append(self._steps(line.points))
        for name in sorted(pieces):
            found = []
            for street in joined(sorted(pieces[name], key=lambda piece: piece.ravel().tolist())):
                for part in cut_line(street, self._box):
                    grid = gridded(simplified(part, TOLERANCE), 1.0)
                    if len(grid) > 1:
                        found.append(deltas(grid))
            for packed in sorted(found):
                yield [names.number(name), packed]

    def places(self, given: Iterable[Name], names: _Names) -> Iterator[list[Any]]:
        """[number of the name, kind, x, y, rank], the most important first."""
        for name in sorted(given, key=lambda name: (name.rank, NAMES.index(name.kind), name.text, name.at)):
            x, y = gridded(self._steps(np.array([(name.at.lng, name.at.lat)])), 1.0)[0].tolist()
            if self._box[0] <= x <= self._box[2] and self._box[1] <= y <= self._box[3]:
                yield [names.number(name.text), name.kind, x, y, name.rank]

    def degrees(self, steps: Points) -> Points:
        """Positions of points of the grid. Raises ValueError for one that lies outside the bounds."""
        if (steps < self._box[:2]).any() or (steps > self._box[2:]).any():
            raise ValueError("it leaves the bounds")
        world = (steps + np.array(self.origin)) / self.scale
        lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * world[:, 1]))))
        return np.column_stack((world[:, 0] * 360 - 180, lat))

    def _steps(self, points: Points) -> Points:
        """Steps from the corner, on the turn of the world that is nearest to the bounds."""
        world = mercator(points)
        middle = float(world[:, 0].min() + world[:, 0].max()) / 2
        world[:, 0] += round((self._world[0] + self._world[2]) / 2 - middle)
        return world * self.scale - np.array(self.origin)

    def _ring(self, ring: Points) -> NDArray[np.int64]:
        """Open, cut at the bounds, thinned; fewer than three points when nothing is left."""
        steps = clip_ring(_opened(self._steps(ring)), self._box)
        if len(steps) < 3:
            return np.zeros((0, 2), np.int64)
        start = int(np.lexsort((steps[:, 1], steps[:, 0]))[0])  # the same wherever the source began
        closed = np.vstack((steps[start:], steps[: start + 1]))
        grid = gridded(simplified(closed, TOLERANCE), 1.0)
        return _opened(grid)


def _opened(ring: Any) -> Any:
    return ring[:-1] if len(ring) > 1 and (ring[0] == ring[-1]).all() else ring


Step = Annotated[int, msgspec.Meta(ge=-WIDEST, le=WIDEST)]
Corner = Annotated[int, msgspec.Meta(ge=-(2**28), le=2**28)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    bounds: Any  # these and the next two are read by `head_of`
    minZoom: Any
    credit: Any
    scale: int
    origin: tuple[Corner, Corner]
    names: list[Text]
    areas: dict[str, list[list[int | list[Step]]]]
    lines: dict[str, list[tuple[int, list[Step]]]]
    places: list[tuple[int, str, Step, Step, Step]]


def decode(content: bytes) -> Extract:
    """The file as ground in degrees. Raises ValueError, which names the field that is wrong."""
    known = head_of(content)
    file = _parsed(content)
    if file.scale not in SCALES:
        raise ValueError(f"scale must be a power of two from {SCALES[0]} to {SCALES[-1]}, not {file.scale}")
    with _named("bounds"):
        grid = _Grid(known.bounds, file.scale)
    if grid.origin != file.origin:
        raise ValueError(f"origin must be {list(grid.origin)}, the corner of the bounds, not {list(file.origin)}")
    reader = _Reader(file, grid)
    ground = Ground(tuple(reader.areas()), tuple(reader.lines()), tuple(reader.places()))
    return Extract(known.bounds, known.min_zoom, known.credit, ground)


def _parsed(content: bytes) -> _File:
    try:
        return msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f'not a basemap extract ("{FORMAT}"): {error}') from error


@contextmanager
def _named(field: str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from error


class _Reader:
    def __init__(self, file: _File, grid: _Grid) -> None:
        self._file, self._grid = file, grid

    def areas(self) -> Iterator[Area]:
        for kind, found in self._file.areas.items():
            for n, packed in enumerate(found):
                with _named(f"areas.{kind}[{n}]"):
                    number, rings = packed[0] if packed else None, packed[1:]
                    if not isinstance(number, int) or any(isinstance(ring, int) for ring in rings):
                        raise ValueError("it must be the number of a name, then rings")
                    points = tuple(self._points(ring) for ring in rings if isinstance(ring, list))
                    one = Area(kind, points, self._name(number))
                yield one

    def lines(self) -> Iterator[Line]:
        for kind, found in self._file.lines.items():
            for n, (number, line) in enumerate(found):
                with _named(f"lines.{kind}[{n}]"):
                    one = Line(kind, self._points(line), self._name(number))
                yield one

    def places(self) -> Iterator[Name]:
        for n, (number, kind, x, y, rank) in enumerate(self._file.places):
            with _named(f"places[{n}]"):
                lng, lat = self._points([x, y])[0].tolist()
                one = Name(self._name(number), kind, LatLng(lat, lng), rank)
            yield one

    def _name(self, number: int) -> str:
        if not -1 <= number < len(self._file.names):
            raise ValueError(f"there is no name {number}; names has {len(self._file.names)}")
        return self._file.names[number] if number >= 0 else ""

    def _points(self, packed: list[int]) -> Points:
        if not packed or len(packed) % 2:
            raise ValueError("x and y must come in pairs")
        return self._grid.degrees(np.cumsum(np.asarray(packed, float).reshape(-1, 2), axis=0))
