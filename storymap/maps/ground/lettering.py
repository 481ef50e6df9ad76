"""The names of streets, rivers, districts and squares in a drawn map, written straight along them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from storymap.maps.ground.drawing import pixels_of
from storymap.maps.ground.extract_file import Extract
from storymap.maps.ground.features import Line
from storymap.maps.projection import Viewport, world_box
from storymap.maps.sheet import LAND, SHARP, At, Style, draw, drawable, width
from storymap.maps.topology import Box, Points, cut_line

MOST = 22
STEP = 12.0  # pixels between the starts that are tried
REPEAT = 400.0  # pixels between two places of one name
CLEAR = 6.0  # pixels that a name keeps from pins
APART = 3.0  # pixels between two names
SWAY = 2.5  # pixels off the straight line, at most
CROSSING = 40.0  # what it costs to stand on a junction, in pixels off the middle of the street
EDGE = 14.0  # pixels to the edge of the picture
DISC = 8.0  # pixels between the middles of the discs that stand for a name
HALO = 2  # pixels on each side
# from a point to where its name may stand, in widths of the name and lines of 2.4 letters: beyond lies the neighbour
SPOTS = ((0, 0), (0, -1), (0, 1), (-0.3, 0), (0.3, 0), (-0.3, -1), (0.3, -1), (-0.3, 1), (0.3, 1))


@dataclass(frozen=True)
class Lettering:
    size: int  # pixels
    ink: tuple[int, int, int]
    first: float  # from this zoom on
    spacing: float = 0.0  # of the size
    capitals: bool = False
    bold: bool = False
    last: float = 99.0


STREET, AREA, CITY, WATER = (109, 101, 88), (138, 128, 110), (77, 71, 61), (92, 124, 135)
KINDS = {  # the most important first
    "city": Lettering(15, CITY, 7, bold=True, last=14),
    "water": Lettering(12, WATER, 9),
    "motorway": Lettering(13, STREET, 13),
    "main": Lettering(13, STREET, 13.5),
    "district": Lettering(11, AREA, 11, spacing=0.22, capitals=True),
    "river": Lettering(12, WATER, 11.5),
    "square": Lettering(12, STREET, 15),
    "local": Lettering(12, STREET, 15.5),
    **{f"city-{size}": Lettering(letter, CITY, 0) for size, letter in enumerate((12, 12, 13, 14))},  # at middle zooms
}


@dataclass(frozen=True)
class Stand:
    """Where a name stands: its middle in pixels, and its angle in radians clockwise."""

    text: str
    kind: str
    at: At
    angle: float
    discs: Points  # middles of discs that cover it

    @property
    def half(self) -> float:
        return 0.62 * KINDS[self.kind].size


@dataclass
class Placing:
    view: Viewport
    taken: Sequence[Box]
    placed: list[Stand] = field(default_factory=list)

    def put(self, stands: Iterable[Stand], without: Sequence[Box]) -> bool:
        """The first that is free."""
        for one in stands:
            if self._is_free(one, without):
                self.placed.append(one)
                return True
        return False

    def _is_free(self, one: Stand, without: Sequence[Box]) -> bool:
        low, high = one.discs.min(axis=0), one.discs.max(axis=0)
        if low.min() < EDGE or high[0] > self.view.width - EDGE or high[1] > self.view.height - EDGE:
            return False
        if any(_gap(one.discs, box) < one.half + CLEAR for box in self.taken):
            return False
        if any(_gap(one.discs, box) <= 0 for box in without):
            return False
        return all(self._is_apart(one, other) for other in self.placed)

    def _is_apart(self, one: Stand, other: Stand) -> bool:
        if one.text == other.text and math.dist(one.at, other.at) < REPEAT:
            return False
        away = np.hypot(*(one.discs[:, None] - other.discs[None]).transpose(2, 0, 1))
        return bool(away.min() >= one.half + other.half + APART)


def _gap(points: Points, box: Box) -> float:
    """How far the nearest of the points is from a box; 0 inside."""
    beyond = np.maximum(np.maximum(np.array(box[:2]) - points, points - np.array(box[2:])), 0)
    return float(np.hypot(*beyond.T).min())


def stands_of(view: Viewport, extracts: Iterable[Extract], taken: Sequence[Box], middle: At) -> list[Stand]:
    """At most MOST names that keep off `taken`, main roads first, then what lies near `middle`."""
    ordered = sorted(extracts, key=lambda one: one.min_zoom)
    placing = Placing(view, taken)
    wanted: list[tuple[tuple[int, float, str], Iterator[Stand], Sequence[Box]]] = []
    for number, extract in enumerate(ordered):
        finer: Sequence[Box] = [_box_of(view, other) for other in ordered[number + 1 :]]
        wanted += [(worth, stands, finer) for worth, stands in _names_to_place(view, extract, middle)]
    for _, stands, elsewhere in sorted(wanted, key=lambda one: one[0]):
        if len(placing.placed) >= MOST:
            break
        placing.put(stands, elsewhere)
    return placing.placed


def _names_to_place(
    view: Viewport, extract: Extract, middle: At
) -> Iterator[tuple[tuple[int, float, str], Iterator[Stand]]]:
    """What may be named, with how soon (the least first), and where it may stand."""
    order = list(KINDS)
    for name in extract.ground.names:
        if _is_named(name.kind, view.zoom):
            at = pixels_of(view, np.array([(name.at.lng, name.at.lat)]))[0]
            yield (order.index(name.kind), name.rank, name.text), _at_point(name.kind, name.text, at)
    paths = ((line, pixels_of(view, line.points)) for line in extract.ground.lines)
    seen = [(line, path) for line, path in paths if _meets(path, view)]
    roads = [path for line, path in seen if line.kind in ("motorway", "main", "local")]
    for line, path in seen:
        if line.name and _is_named(line.kind, view.zoom):
            far = float(np.hypot(*(path - np.array(middle)).T).min()) - min(float(np.ptp(path)), 900.0)
            yield (order.index(line.kind), far, line.name), _stands_along(view, line, path, roads)


def _is_named(kind: str, zoom: float) -> bool:
    return kind in KINDS and KINDS[kind].first <= zoom <= KINDS[kind].last


def _box_of(view: Viewport, extract: Extract) -> Box:
    scale, left, top = view.scale, view.left, view.top
    west, north, east, south = world_box(extract.bounds)
    return west * scale - left, north * scale - top, east * scale - left, south * scale - top


def _meets(path: Points, view: Viewport) -> bool:
    low, high = path.min(axis=0), path.max(axis=0)
    return bool(low[0] < view.width and low[1] < view.height and high[0] > 0 and high[1] > 0)


def _as_written(kind: str, text: str) -> str:
    shown = drawable(text)
    return shown.upper() if KINDS[kind].capitals else shown


def length_of(kind: str, text: str) -> float:
    """Pixels of a name as it is written."""
    how = KINDS[kind]
    return width(text, Style(how.size, how.bold)) + how.spacing * how.size * (len(text) - 1)


def stand(kind: str, text: str, a: Points, b: Points) -> Stand:
    """From a to b, or the other way where it would be upside down."""
    if a[0] > b[0]:
        a, b = b, a
    count = max(2, round(math.dist(a, b) / DISC))
    discs = a + np.linspace(0, 1, count + 1)[:, None] * (b - a)
    x, y = ((a + b) / 2).tolist()
    return Stand(text, kind, (x, y), math.atan2(b[1] - a[1], b[0] - a[0]), discs)


def _at_point(kind: str, text: str, at: Points) -> Iterator[Stand]:
    said = _as_written(kind, text)
    long, line = length_of(kind, said), 2.4 * KINDS[kind].size
    for across, down in SPOTS:
        middle = at + np.array((across * long, down * line))
        yield stand(kind, said, middle - np.array((long / 2, 0)), middle + np.array((long / 2, 0)))


def _stands_along(view: Viewport, line: Line, path: Points, others: Sequence[Points]) -> Iterator[Stand]:
    """Straight stretches of the line that are long enough, those between junctions and near its middle first."""
    said = _as_written(line.kind, line.name)
    long = length_of(line.kind, said) + 6
    found: list[tuple[float, Stand]] = []
    for part in cut_line(path, (EDGE, EDGE, view.width - EDGE, view.height - EDGE)):
        walked = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(part, axis=0).T))))
        if walked[-1] < long:
            continue
        crossings = _crossings(part, walked, path, others)
        centre = (walked[-1] - long) / 2
        for start in [*np.arange(0.0, walked[-1] - long, STEP).tolist(), centre]:
            ends = np.array((start, start + long))
            met = np.count_nonzero((crossings > ends[0] + 2) & (crossings < ends[1] - 2))
            inside = np.concatenate((ends, walked[(walked > ends[0]) & (walked < ends[1])]))
            points = np.column_stack([np.interp(inside, walked, part[:, k]) for k in (0, 1)])
            if _sway(points) <= SWAY:
                found.append((met * CROSSING + abs(start - centre) / 4, stand(line.kind, said, points[0], points[1])))
    yield from (one for _, one in sorted(found, key=lambda one: one[0])[:24])


def _sway(points: Points) -> float:
    """How far the points lie off the straight line between the first two."""
    a, b = points[:2]
    along = b - a
    length = max(float(np.hypot(*along)), 1e-9)
    return float(np.abs((points[:, 0] - a[0]) * along[1] - (points[:, 1] - a[1]) * along[0]).max() / length)


def _crossings(part: Points, walked: Points, own: Points, others: Sequence[Points]) -> Points:
    """Where other lines meet this one, in pixels from its start."""
    low, high = part.min(axis=0) - 1, part.max(axis=0) + 1
    near = [
        path
        for path in others
        if path is not own and (path.max(axis=0) >= low).all() and (path.min(axis=0) <= high).all()
    ]
    if not near:
        return np.zeros(0)
    c = np.concatenate([path[:-1] for path in near])
    d = np.concatenate([np.diff(path, axis=0) for path in near])
    found = []
    for n, (a, b) in enumerate(zip(part[:-1], np.diff(part, axis=0), strict=True)):
        across = b[0] * d[:, 1] - b[1] * d[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            t = ((c[:, 0] - a[0]) * d[:, 1] - (c[:, 1] - a[1]) * d[:, 0]) / across
            u = ((c[:, 0] - a[0]) * b[1] - (c[:, 1] - a[1]) * b[0]) / across
        met = (t >= -0.01) & (t <= 1.01) & (u >= -0.01) & (u <= 1.01)
        found.append(walked[n] + t[met] * (walked[n + 1] - walked[n]))
    return np.concatenate(found)


def write(image: Image.Image, one: Stand, land: tuple[int, int, int] = LAND) -> None:
    """On an image SHARP times as large as the picture, with a halo in the colour of the land."""
    how = KINDS[one.kind]
    style, spacing = Style(how.size * SHARP, how.bold), how.spacing * how.size * SHARP
    pieces, x = [], 0.0
    for piece in one.text if spacing else [one.text]:
        pieces.append((x, piece))
        x += width(piece, style) + spacing
    room = 4 * SHARP
    size = math.ceil(x - spacing) + 2 * room, 2 * how.size * SHARP
    mask = Image.new("L", size, 0)
    halo = Image.new("L", size, 0)
    for layer, around in ((mask, 0), (halo, HALO * SHARP)):
        pen = ImageDraw.Draw(layer)
        for start, piece in pieces:
            draw(pen, (room + start, how.size * SHARP * 1.36), piece, style, (255,), around)
    for layer, ink in ((halo, land), (mask, how.ink)):
        turned = layer.rotate(-math.degrees(one.angle), Image.Resampling.BICUBIC, expand=True)
        corner = round(one.at[0] * SHARP - turned.width / 2), round(one.at[1] * SHARP - turned.height / 2)
        image.paste(ink, (*corner, corner[0] + turned.width, corner[1] + turned.height), turned)
