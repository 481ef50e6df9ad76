"""Basemap extracts in a drawn map: land, water, parks, buildings, and roads by their weight."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from storymap.maps.ground.extract_file import Extract, decode
from storymap.maps.ground.features import Area, Line
from storymap.maps.projection import Viewport, world_box, world_x
from storymap.maps.sheet import LAND, SEA, SHARP
from storymap.maps.topology import Points, clip_ring, cut_line, gridded, mercator

log = logging.getLogger(__name__)

# As in tokens.css, a shade deeper as the sheet is. Widths and zooms are also in ground.js; a test holds both together.
SHORE, PARK = (150, 172, 179), (220, 227, 204)
BUILT, BUILT_EDGE, RAIL = (229, 222, 206), (213, 203, 182), (180, 171, 155)
STREET, STREET_EDGE = (255, 255, 255), (217, 207, 186)
ROADS = {  # the broader over the narrower: colour, edge
    "path": ((255, 255, 255), None),
    "local": (STREET, STREET_EDGE),
    "main": ((255, 246, 223), (211, 198, 168)),
    "motorway": ((245, 226, 189), (201, 183, 143)),
}
WIDTHS = {  # (zoom, pixels); between them in a straight line, beyond them as the ground itself grows
    "path": ((15, 1.0), (16, 1.2), (18, 3.0)),
    "local": ((13, 0.8), (14, 1.2), (16, 4.0), (18, 10.0)),
    "main": ((10, 1.0), (12, 2.0), (14, 4.0), (16, 8.0), (18, 16.0)),
    "motorway": ((8, 1.0), (10, 2.0), (12, 4.0), (14, 6.0), (16, 11.0), (18, 20.0)),
    "river": ((10, 1.0), (12, 1.6), (14, 3.0), (16, 6.0), (18, 14.0)),
    "rail": ((11, 0.7), (14, 1.0), (18, 1.4)),
}
# smaller zooms leave them out
FROM = {"building": 15.0, "block": 13.0, "square": 14.0, "path": 15.0, "local": 12.5, "rail": 11.0}
BROAD = 2.6  # pixels: a road that is narrower has no room for edges, and is a line of their colour
REACH = 36  # pixels beyond the picture from which a broad road still shows


def line_width(kind: str, zoom: float) -> float:
    """Pixels of a road, river or railway."""
    (first, least), (last, most) = WIDTHS[kind][0], WIDTHS[kind][-1]
    if zoom <= first:
        return float(least * 2 ** ((zoom - first) / 2))
    if zoom >= last:
        return float(most * 2 ** (zoom - last))
    zooms, pixels = zip(*WIDTHS[kind], strict=True)
    return float(np.interp(zoom, zooms, pixels))


def is_drawn(kind: str, zoom: float) -> bool:
    return zoom >= FROM.get(kind, 0.0)


def draw_extracts(
    image: Image.Image, view: Viewport, extracts: Iterable[Extract], land: tuple[int, int, int] = LAND
) -> None:
    """Over the atlas, whose land has this colour, each within its bounds; those for closer views come later."""
    for extract in sorted(extracts, key=lambda one: one.min_zoom):
        box = world_box(extract.bounds)
        west, north = _pixels(view, np.array((box[:2],)))[0].tolist()
        east, south = _pixels(view, np.array((box[2:],)))[0].tolist()
        window = (
            max(0, round(west)),
            max(0, round(north)),
            min(image.width, round(east)),
            min(image.height, round(south)),
        )
        if window[0] >= window[2] or window[1] >= window[3]:
            continue
        sheet = Image.new("RGB", image.size, land)
        _Drawing(sheet, view, (west, north, east, south)).draw(extract)
        image.paste(sheet.crop(window), window[:2])


def stored_extracts(files: Iterable[str]) -> tuple[Extract, ...]:
    """Those that the media store has and that can be read: without its streets a map is still a map."""
    found = []
    for file in files:
        try:
            found.append(_stored_extract(file))
        except (OSError, ValueError) as problem:
            log.warning("The streets in %s are not drawn: %s", file, problem)
    return tuple(found)


@lru_cache(maxsize=8)  # the chapters of a story share few files, which never change
def _stored_extract(file: str) -> Extract:
    with default_storage.open(file) as stored:
        return decode(stored.read())


def pixels_of(view: Viewport, degrees: Points) -> Points:
    """Of the picture; longitude first, on the turn of the world that lies nearest to its middle."""
    world = mercator(degrees)
    middle = float(world[:, 0].min() + world[:, 0].max()) / 2
    world[:, 0] += round(world_x(view.center.lng) - middle)
    return world * view.scale - np.array((view.left, view.top))


def _pixels(view: Viewport, world: Points) -> Points:
    """Of the image, from world coordinates."""
    turn = round(world_x(view.center.lng) - float(world[:, 0].mean()))
    return ((world + (turn, 0)) * view.scale - np.array((view.left, view.top))) * SHARP


class _Drawing:
    def __init__(self, image: Image.Image, view: Viewport, edges: tuple[float, float, float, float]) -> None:
        """`edges` of the extract in pixels of the image."""
        self._pen, self._view, self._edges = ImageDraw.Draw(image), view, edges
        reach = REACH * SHARP
        self._box = (-reach, -reach, float(image.width + reach), float(image.height + reach))

    def draw(self, extract: Extract) -> None:
        ground, zoom = extract.ground, self._view.zoom
        self._fill((one for one in ground.areas if one.kind == "block" and is_drawn("block", zoom)), BUILT)
        self._fill((one for one in ground.areas if one.kind == "park"), PARK)
        rivers = self._paths(ground.lines, "river")
        self._stroke(rivers, SHORE, line_width("river", zoom) + 1.5)
        self._stroke(rivers, SEA, line_width("river", zoom))
        wet = [one for one in ground.areas if one.kind in ("sea", "water")]
        self._fill(wet, SEA)
        self._stroke([shore for one in wet for ring in one.rings for shore in self._shores(ring)], SHORE, 1.0)
        if is_drawn("square", zoom):
            squares = [one for one in ground.areas if one.kind == "square"]
            self._stroke([ring for one in squares for ring in self._rings(one)], STREET_EDGE, 1.5)
            self._fill(squares, STREET)
        if is_drawn("building", zoom):
            built = [one for one in ground.areas if one.kind == "building"]
            self._fill(built, BUILT)
            self._stroke([ring for one in built for ring in self._rings(one)], BUILT_EDGE, 0.75)
        if is_drawn("rail", zoom):
            self._stroke(self._paths(ground.lines, "rail"), RAIL, line_width("rail", zoom))
        self._roads(ground.lines)

    def _roads(self, lines: Iterable[Line]) -> None:
        zoom, lines = self._view.zoom, tuple(lines)
        drawn = [(kind, self._paths(lines, kind), line_width(kind, zoom)) for kind in ROADS if is_drawn(kind, zoom)]
        for kind, paths, width in drawn:
            if (edge := ROADS[kind][1]) and width >= BROAD:
                self._stroke(paths, edge, width + 2)
        for kind, paths, width in drawn:
            ink, edge = ROADS[kind]
            narrow = edge is not None and width < BROAD
            self._stroke(paths, edge if edge and narrow else ink, 0.8 * width if narrow else width)

    def _paths(self, lines: Iterable[Line], kind: str) -> list[Points]:
        pixels = (self._degrees(line.points) for line in lines if line.kind == kind)
        return [part for line in pixels for part in cut_line(line, self._box)]

    def _rings(self, area: Area) -> Iterator[Points]:
        for ring in area.rings:
            clipped = clip_ring(self._degrees(ring), self._box)
            if len(clipped) > 2:
                yield np.vstack((clipped, clipped[:1]))

    def _shores(self, ring: Points) -> Iterator[Points]:
        """What of a ring is a shore: not the edge at which the extract was cut, nor that of the picture."""
        closed = self._degrees(ring)
        closed = np.vstack((closed, closed[:1]))
        step = 1.5 * self._view.scale * SHARP / 2**26
        near = np.abs(closed[:, [0, 1, 0, 1]] - np.array(self._edges)) <= step
        is_cut = (near[:-1] & near[1:]).any(axis=1)
        for n in np.flatnonzero(~is_cut):
            yield from cut_line(closed[n : n + 2], self._box)

    def _degrees(self, points: Points) -> Points:
        return pixels_of(self._view, points) * SHARP

    def _fill(self, areas: Iterable[Area], ink: tuple[int, int, int]) -> None:
        for area in areas:
            rings = [ring.ravel().tolist() for ring in self._rings(area)]
            if len(rings) == 1:
                self._pen.polygon(rings[0], fill=ink)
            elif rings:  # an island stays what lies under the water
                mask = Image.new("L", self._pen.im.size, 0)
                pen = ImageDraw.Draw(mask)
                for number, ring in enumerate(rings):
                    pen.polygon(ring, fill=0 if number else 255)
                self._pen.bitmap((0, 0), mask, fill=ink)

    def _stroke(self, paths: Iterable[Points], ink: tuple[int, int, int], width: float) -> None:
        broad = max(1, round(width * SHARP))
        for path in paths:
            line = gridded(path, 1.0).astype(float)
            if len(line) < 2:
                continue
            self._pen.line(line.ravel().tolist(), fill=ink, width=broad, joint="curve")
            if broad > 3:
                half = (broad - 1) / 2
                for x, y in (line[0], line[-1]):
                    self._pen.ellipse((x - half, y - half, x + half, y + half), fill=ink)
