"""A picture in place of the earth, on the same map: it lies in the plane of Web Mercator.

Its upper left corner is at 0° 0′, and one pixel of it is one pixel of the map at zoom 18, to the east and to the south.
So pins, cameras and tiles need nothing of their own. These degrees say nothing of the earth: no document and no export
has them.
"""

from __future__ import annotations

import io
import math
from contextlib import suppress

from django.core.files.storage import default_storage
from PIL import Image

from places.geo import Bounds, LatLng
from storymap.maps.projection import Viewport, latitude, longitude, world_x, world_y
from storymap.maps.sheet import PAPER, SHARP
from storymap.stage import TILE, WHOLE, At, Frame, Size, Tile, halvings, size_at
from storymap.story.document import PictureFile

ZOOM = 18  # at which one pixel of the picture is one of the map; also in picture-stage.js
WORLD = 256 * 2**ZOOM  # pixels across the world there


def position(size: Size, at: At) -> LatLng:
    """Where a point of the picture, in fractions of its width and height, lies in the plane."""
    return LatLng(latitude(0.5 + at[1] * size[1] / WORLD), longitude(0.5 + at[0] * size[0] / WORLD))


def bounds_of(size: Size, frame: Frame = WHOLE) -> Bounds:
    """Of a part of the picture."""
    start, end = position(size, (frame.left, frame.top)), position(size, (frame.right, frame.bottom))
    return Bounds(start.lng, end.lat, end.lng, start.lat)


def picture_ground(view: Viewport, file: PictureFile) -> Image.Image:
    """The picture as the view shows it, SHARP times the view's size, on paper where it ends. It is put together from
    its tiles: the whole of a large one is never read."""
    ground = Image.new("RGB", (round(view.width) * SHARP, round(view.height) * SHARP), PAPER)
    size = file.width, file.height
    scale = view.scale / WORLD * SHARP  # pixels of the image for one of the picture
    left, top = (0.5 - world_x(view.center.lng)) * WORLD, (0.5 - world_y(view.center.lat)) * WORLD
    left, top = left * scale + ground.width / 2, top * scale + ground.height / 2  # of the picture's corner
    halved = max(0, min(halvings(size), math.floor(-math.log2(scale))))
    step = 2**halved  # pixels of the picture for one of the level
    box = _visible_part(ground.size, (left, top), scale * step, size_at(size, halved))
    if not box:
        return ground
    part = _part(file.name, halved, box)
    start, end = ((box[n] * scale * step, box[n + 1] * scale * step) for n in (0, 2))
    corner = round(left + start[0]), round(top + start[1])
    far = round(left + end[0]), round(top + end[1])
    shown = part.resize((max(1, far[0] - corner[0]), max(1, far[1] - corner[1])), Image.Resampling.LANCZOS)
    ground.paste(shown, corner, shown)
    return ground


WIDEST = 2560  # pixels of a picture that is shown at once


def whole_picture(file: PictureFile) -> bytes:
    """WebP of the whole picture, in a size that a page can hold."""
    size = file.width, file.height
    halved = next(n for n in range(halvings(size) + 1) if max(size_at(size, n)) <= WIDEST or n == halvings(size))
    wide, high = size_at(size, halved)
    data = io.BytesIO()
    _part(file.name, halved, (0, 0, wide, high)).save(data, "WEBP", quality=84, method=2)
    return data.getvalue()


def _visible_part(window: Size, corner: At, scale: float, level: Size) -> tuple[int, int, int, int] | None:
    """The part of the level that the window shows, in its pixels; None where it shows nothing of it."""
    edges = []
    for axis in (0, 1):
        first = max(0, math.floor(-corner[axis] / scale))
        last = min(level[axis], math.ceil((window[axis] - corner[axis]) / scale))
        if first >= last:
            return None
        edges.append((first, last))
    (west, east), (north, south) = edges
    return west, north, east, south


def _part(original: str, halved: int, box: tuple[int, int, int, int]) -> Image.Image:
    """A part of one level. A tile that the store has lost leaves a gap."""
    part = Image.new("RGBA", (box[2] - box[0], box[3] - box[1]))
    for row in range(box[1] // TILE, math.ceil(box[3] / TILE)):
        for column in range(box[0] // TILE, math.ceil(box[2] / TILE)):
            with suppress(FileNotFoundError), default_storage.open(Tile(halved, column, row).name(original)) as file:
                tile = Image.open(file).convert("RGBA")
                part.paste(tile, (column * TILE - box[0], row * TILE - box[1]))
    return part
