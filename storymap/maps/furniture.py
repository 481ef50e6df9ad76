"""The ground of a drawn map, and what gives it measure: graticule, rings of distance, scale bar, edge."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from places.geo import LatLng, is_length_known, unwrapped
from storymap.maps.atlas import FAR_ZOOM, MIDDLE_ZOOM, lines_in, polygons_in
from storymap.maps.ground.drawing import draw_extracts
from storymap.maps.ground.extract_file import Extract
from storymap.maps.projection import Viewport, circle, metres_per_pixel
from storymap.maps.sheet import (
    BORDER,
    COAST,
    GRID,
    INK,
    LAND,
    MUTED,
    OWN_LAND,
    PAPER,
    SEA,
    SHALLOWS,
    SHARP,
    At,
    Sheet,
    fade,
)
from storymap.maps.topology import Box, Points, area, gridded, shapes

MARGIN = 24  # pixels drawn beyond the view, so that strokes do not end in sight
SHELF = 9  # pixels: how far the shallows reach from the coast
COARSE = 8  # the shallows are blurred on a sheet so many times smaller


def ground(view: Viewport, countries: Collection[str], extracts: Iterable[Extract] = ()) -> Image.Image:
    """An image SHARP times the view's size; `countries` (ISO 3166-1 alpha-2) are a little lighter than others.

    Within the bounds of `extracts`, streets and water take the place of the atlas.
    """
    level = "110m" if view.zoom <= FAR_ZOOM - 0.5 else "50m" if view.zoom <= MIDDLE_ZOOM - 0.5 else "10m"
    atlas, box = shapes(level), _box(view)
    size = round(view.width) * SHARP, round(view.height) * SHARP
    land, mask = Image.new("RGB", size, LAND), Image.new("L", size, 0)
    land_pen, mask_pen = ImageDraw.Draw(land), ImageDraw.Draw(mask)
    # a hole may be a country of its own: the smaller is drawn over the larger
    for polygon in sorted(polygons_in(atlas.polygons, box), key=lambda found: -area(found.rings[0].points)):
        colour = OWN_LAND if polygon.id in countries else LAND
        for number, ring in enumerate(polygon.rings):
            path = _path(ring.points, view)
            if len(path) >= 6:
                land_pen.polygon(path, fill=LAND if number else colour)
                mask_pen.polygon(path, fill=0 if number else 255)
    image = Image.composite(land, _sea(mask), mask)
    pen = ImageDraw.Draw(image)
    for lines, ink, width in ((atlas.border, BORDER, 0.8), (atlas.coast, COAST, 0.8)):
        for line in lines_in(lines, box):
            path = _path(line.points, view)
            if len(path) >= 4:
                pen.line(path, fill=ink, width=round(width * SHARP), joint="curve")
    draw_extracts(image, view, extracts, OWN_LAND if countries else LAND)
    return image


def _sea(land: Image.Image) -> Image.Image:
    """Paler towards the land, as on a printed chart."""
    near = land.reduce(COARSE).filter(ImageFilter.GaussianBlur(SHELF * SHARP / COARSE))
    near = near.point([min(255, value * 2) for value in range(256)]).resize(land.size, Image.Resampling.BILINEAR)
    return Image.composite(Image.new("RGB", land.size, SHALLOWS), Image.new("RGB", land.size, SEA), near)


def _box(view: Viewport) -> Box:
    west, north, east, south = view.box
    margin = MARGIN / view.scale
    return west - margin, north - margin, east + margin, south + margin


def _path(points: Points, view: Viewport) -> list[float]:
    """Pixels of the image, without those that fall on the pixel before."""
    pixels = (points * view.scale - np.array((view.left, view.top))) * SHARP
    return gridded(pixels, 1.0).astype(float).ravel().tolist()


GRID_STEP = 150  # pixels between lines, about
RING_STEP = 95  # pixels between rings, about
RINGS = 6
RING_POINTS = 120
LABEL_BEARINGS = (0, 60, 90, 30, 45, 75)  # of the ring's points; the first in view: north, south, west, east
BAR = 150  # pixels, the longest scale bar
BAR_FROM_ZOOM = 4.0  # farther away no one length is right for the whole picture
BAND = 7.0  # pixels: the edge


def draw_graticule(sheet: Sheet, view: Viewport, *, labels: bool = True) -> None:
    step = nice_angle(360 * GRID_STEP / view.scale)
    for seconds, x in _meridians(view, step):
        sheet.line([(x, 0), (x, view.height)], fade(GRID, 0.3), 0.7)
        if labels and 60 < x < view.width - 60:
            words = angle_words((seconds + 648_000) % 1_296_000 - 648_000)
            sheet.words((x, view.height - BAND - 9), words, 11, MUTED, halo=PAPER)
    for seconds, y in _parallels(view, step):
        sheet.line([(0, y), (view.width, y)], fade(GRID, 0.3), 0.7)
        if labels and 40 < y < view.height - 60:
            sheet.words((view.width - BAND - 6, y), angle_words(seconds), 11, MUTED, halo=PAPER, anchor="rm")


def ring_lengths(view: Viewport, center: LatLng, radius: float) -> list[float]:
    """In metres, the widest first: those that are known round a place which lies within `radius` metres of `center`."""
    step = nice_length(RING_STEP * 1.3 * metres_per_pixel(center.lat, view.zoom))
    return [n * step for n in range(RINGS, 0, -1) if is_length_known(n * step, radius)]


def draw_rings(sheet: Sheet, view: Viewport, center: LatLng, radius: float, taken: Sequence[At]) -> None:
    """Rings round the main place, their distances kept off `taken`; the ground grows lighter towards it."""
    center = LatLng(center.lat, unwrapped(center.lng, view.center.lng))
    lengths = ring_lengths(view, center, radius)
    rings = [(metres, [view.pixel(p) for p in circle(center, metres, RING_POINTS)]) for metres in lengths]
    for _, points in rings:
        sheet.shape(points, fade(PAPER, 0.16))
    for metres, points in rings:
        sheet.line([*points, points[0]], fade(GRID, 0.5), 0.8)
        seen = next((points[i] for i in LABEL_BEARINGS if _has_room(view, points[i], taken)), None)
        if seen:
            sheet.words(seen, length_words(metres), 12, MUTED, halo=PAPER)


def _has_room(view: Viewport, at: At, taken: Sequence[At]) -> bool:
    inside = 40 < at[0] < view.width - 70 and 20 < at[1] < view.height - 40
    return inside and all(abs(at[0] - x) > 52 or abs(at[1] - y) > 34 for x, y in taken)


def draw_scale(sheet: Sheet, view: Viewport) -> None:
    if view.zoom < BAR_FROM_ZOOM:
        return
    pixel = metres_per_pixel(view.center.lat, view.zoom)
    metres = nice_length(BAR * pixel)
    x, y, half = 26.0, view.height - 30, metres / pixel / 2
    sheet.box((x - 2, y - 2), (x + 2 * half + 2, y + 7), fade(PAPER, 0.9))
    sheet.box((x, y), (x + 2 * half, y + 5), INK)
    sheet.box((x + half, y + 1), (x + 2 * half - 1, y + 4), PAPER)
    sheet.words((x, y - 10), "0", 12, INK, halo=PAPER)
    sheet.words((x + 2 * half, y - 10), length_words(metres), 12, INK, halo=PAPER)


def draw_edge(sheet: Sheet, view: Viewport) -> None:
    """The edge of a printed map: a band of dark and light steps, each half a step of the graticule."""
    step = max(1, nice_angle(360 * GRID_STEP / view.scale) // 2)
    width, height = view.width, view.height
    sheet.box((0, 0), (width, BAND), PAPER)
    sheet.box((0, height - BAND), (width, height), PAPER)
    sheet.box((0, 0), (BAND, height), PAPER)
    sheet.box((width - BAND, 0), (width, height), PAPER)
    inner = [(BAND, BAND), (width - BAND, BAND), (width - BAND, height - BAND), (BAND, height - BAND), (BAND, BAND)]
    sheet.line(inner, fade(MUTED, 0.6), 0.5)
    for start, end in _dark(_meridians(view, step), width):
        sheet.box((start, 2.5), (end, BAND - 2), MUTED)
        sheet.box((start, height - BAND + 2), (end, height - 2.5), MUTED)
    for start, end in _dark(((-seconds, y) for seconds, y in _parallels(view, step)), height):
        sheet.box((2.5, start), (BAND - 2, end), MUTED)
        sheet.box((width - BAND + 2, start), (width - 2.5, end), MUTED)


def _dark(lines: Iterator[tuple[int, float]], length: float) -> Iterator[tuple[float, float]]:
    """Every other interval between the lines, those at the ends included; the same ones wherever the view lies."""
    stations = sorted((at, seconds) for seconds, at in lines)
    if len(stations) < 2:
        return
    step = abs(stations[1][1] - stations[0][1])
    for (start, seconds), (end, _) in zip(stations, [*stations[1:], (length, 0)], strict=True):
        if seconds // step % 2 == 0 and start < length - BAND and end > BAND:
            yield max(start, BAND), min(end, length - BAND)
    if (stations[0][1] - step) // step % 2 == 0:
        yield BAND, max(BAND, stations[0][0])


def _meridians(view: Viewport, step: int) -> Iterator[tuple[int, float]]:
    west, _, east, _ = view.box
    first, last = (math.ceil((x * 360 - 180) * 3600 / step) for x in (west, east))
    for number in range(first, last):
        yield number * step, ((number * step / 3600 + 180) / 360 - west) * view.scale


def _parallels(view: Viewport, step: int) -> Iterator[tuple[int, float]]:
    bounds = view.bounds
    for number in range(math.ceil(bounds.south * 3600 / step), math.ceil(bounds.north * 3600 / step)):
        yield number * step, view.pixel(LatLng(number * step / 3600, view.center.lng))[1]


# seconds of arc
ANGLES = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000, 54_000, 108_000)


def nice_length(most: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above `most` metres."""
    power = 10 ** math.floor(math.log10(most))
    return float(next(n * power for n in (5, 2, 1) if n * power <= most * (1 + 1e-9)))


def nice_angle(least: float) -> int:
    """The smallest handsome angle, in seconds of arc, that is not below `least` degrees."""
    return next((angle for angle in ANGLES if angle >= least * 3600), ANGLES[-1])


def length_words(metres: float) -> str:
    """In the signs of the International System, which every language reads: "350 m", "1.5 km", "10 200 km"."""
    if metres < 995:
        return f"{round(metres, -1 if metres >= 100 else 0):.0f} m"
    kilometres = metres / 1000
    if kilometres < 9.95:
        return f"{kilometres:.1f}".removesuffix(".0") + " km"
    return f"{kilometres:,.0f} km".replace(",", " ")


def angle_words(seconds: int) -> str:
    """Without north or west, which are words; parts that are nought at the end are left out."""
    degrees, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    words = f"{degrees}°"
    if minutes or rest:
        words += f"{minutes:02}'"
    return words + (f'{rest:02}"' if rest else "")
