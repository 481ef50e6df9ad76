"""The ground of a drawn map: sea, land, coasts and borders of the atlas in a view."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from storymap.maps.atlas import lines_in, polygons_in
from storymap.maps.clipping import Box, Points, area, gridded
from storymap.maps.neighbourhoods import FAR_ZOOM, MIDDLE_ZOOM
from storymap.maps.projection import View
from storymap.maps.sheet import BORDER, COAST, LAND, OWN_LAND, SEA, SHALLOWS, SHARP
from storymap.maps.topology import shapes

MARGIN = 24  # pixels drawn beyond the view, so that strokes do not end in sight
SHELF = 9  # pixels: how far the shallows reach from the coast
COARSE = 8  # the shallows are blurred on a sheet so many times smaller


def ground(view: View, countries: Collection[str]) -> Image.Image:
    """An image SHARP times the view's size; `countries` (ISO 3166-1 alpha-2) are a little lighter than others."""
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
    return image


def _sea(land: Image.Image) -> Image.Image:
    """Paler towards the land, as on a printed chart."""
    near = land.reduce(COARSE).filter(ImageFilter.GaussianBlur(SHELF * SHARP / COARSE))
    near = near.point([min(255, value * 2) for value in range(256)]).resize(land.size, Image.Resampling.BILINEAR)
    return Image.composite(Image.new("RGB", land.size, SHALLOWS), Image.new("RGB", land.size, SEA), near)


def _box(view: View) -> Box:
    west, north, east, south = view.box
    margin = MARGIN / view.scale
    return west - margin, north - margin, east + margin, south + margin


def _path(points: Points, view: View) -> list[float]:
    """Pixels of the image, without those that fall on the pixel before."""
    pixels = (points * view.scale - np.array((view.left, view.top))) * SHARP
    return gridded(pixels, 1.0).astype(float).ravel().tolist()
