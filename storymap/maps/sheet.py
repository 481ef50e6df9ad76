"""A sheet of paper to draw a map on with Pillow: smooth shapes first, crisp text last. No author's text."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

SHARP = 2  # shapes are drawn so many times larger, then averaged
Colour = tuple[int, int, int] | tuple[int, int, int, int]
At = tuple[float, float]

SEA, SHALLOWS = (205, 219, 224), (228, 236, 237)
LAND, OWN_LAND = (238, 234, 223), (249, 246, 238)
COAST, BORDER, GRID = (128, 147, 154), (196, 186, 166), (108, 120, 120)
INK, MUTED, PAPER = (29, 27, 24), (93, 87, 77), (255, 253, 248)
ACCENT = (140, 42, 27)


def fade(colour: tuple[int, int, int], alpha: float) -> Colour:
    return (*colour, round(255 * alpha))


class Sheet:
    """Coordinates are pixels of the finished picture."""

    def __init__(self, ground: Image.Image) -> None:
        """`ground`: the map's background, SHARP times as large as the picture."""
        self._image = ground
        self._pen = ImageDraw.Draw(ground, "RGBA")
        self._words: list[tuple[At, str, int, Colour, Colour | None, str]] = []

    def line(self, points: Sequence[At], colour: Colour, width: float = 1.0) -> None:
        self._pen.line(_sharp(points), fill=colour, width=max(1, round(width * SHARP)), joint="curve")

    def dashes(self, points: Sequence[At], colour: Colour, width: float = 1.0, dash: float = 5.0) -> None:
        """A broken line: `dash` pixels drawn, as many left out."""
        walked, stroke = 0.0, [points[0]]
        for a, b in pairwise(points):
            length = math.dist(a, b)
            at = 0.0
            while length - at > 1e-9:
                step = min(dash - walked % dash, length - at)
                at += step
                here = a[0] + (b[0] - a[0]) * at / length, a[1] + (b[1] - a[1]) * at / length
                if int(walked / dash) % 2 == 0:
                    self.line([stroke[-1], here], colour, width)
                stroke = [here]
                walked += step + 1e-9

    def shape(self, points: Sequence[At], colour: Colour) -> None:
        self._pen.polygon(_sharp(points), fill=colour)

    def disc(self, at: At, radius: float, colour: Colour) -> None:
        x, y, r = at[0] * SHARP, at[1] * SHARP, radius * SHARP
        self._pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def ring(self, at: At, radius: float, colour: Colour, width: float = 1.0) -> None:
        x, y, r = at[0] * SHARP, at[1] * SHARP, radius * SHARP
        self._pen.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=max(1, round(width * SHARP)))

    def box(self, low: At, high: At, colour: Colour) -> None:
        self._pen.rectangle(_sharp([low, high]), fill=colour)

    def words(
        self, at: At, text: str, size: int = 13, colour: Colour = INK, *, halo: Colour | None = None, anchor: str = "mm"
    ) -> None:
        """Digits and signs; they lie over every shape."""
        self._words.append((at, text, size, colour, halo, anchor))

    def webp(self) -> bytes:
        file = io.BytesIO()
        self.image().save(file, "WEBP", quality=84, method=2)
        return file.getvalue()

    def image(self) -> Image.Image:
        image = self._image.reduce(SHARP)
        pen = ImageDraw.Draw(image)
        for at, text, size, colour, halo, anchor in self._words:
            around = 3 if halo else 0
            pen.text(at, text, colour, _font(size), anchor, stroke_width=around, stroke_fill=halo)
        return image


def _sharp(points: Sequence[At]) -> list[float]:
    return [number * SHARP for point in points for number in point]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
