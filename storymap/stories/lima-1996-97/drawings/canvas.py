"""A sheet of warm paper: fonts, line breaking, text, a few smooth shapes, and a WebP at the end. No Django.

An illustration is 1080 px wide and shown 360 CSS px wide on a phone, so nothing is written smaller than 36 px (12 CSS
px). A sheet that is the stage of chapters is wider, as the map shows it part by part.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFont

from ink import INK, PAPER, SOFT, font, font_file, palette

WIDTH = 1080
MARGIN = 48
INNER = WIDTH - 2 * MARGIN
SMALLEST = 36  # px: 12 CSS px on a phone
TALLEST = 3000  # px; a finished sheet is cut to what was drawn

SMOOTHING = 4  # shapes are drawn this many times larger and averaged

Point = tuple[float, float]
Stroke = Callable[[ImageDraw.ImageDraw, Callable[[Point], Point]], None]


class Canvas:
    """One sheet in one language. Positions and sizes in px; y is the top of a line of text.

    Texts in Japanese carry a "|" wherever a line may end, because nothing else tells where a phrase ends;
    in other languages a line ends at a space.
    """

    def __init__(self, language: str, width: int = WIDTH) -> None:
        self.language = language
        self.image = Image.new("RGB", (width, TALLEST), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    # --- text ------------------------------------------------------------------------------------------------
    def _runs(self, text: str, size: int, *, bold: bool) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
        for character in text.replace("|", ""):
            face = font(font_file(self.language, character, bold=bold), size)
            if runs and runs[-1][1] is face:
                runs[-1] = (runs[-1][0] + character, face)
            else:
                runs.append((character, face))
        return runs

    def length(self, text: str, size: int, *, bold: bool = False) -> float:
        return sum(face.getlength(run) for run, face in self._runs(text, size, bold=bold))

    def leading(self, size: int) -> int:
        """The height of one line."""
        return round(size * (1.38 if self.language == "ja" else 1.3))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: int = SMALLEST,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "l",
    ) -> float:
        """One line; `anchor` l, m or r says which part of it stands at x. Returns the x where it ends."""
        if size < SMALLEST:
            raise ValueError(f"{size} px is too small to read on a phone: {text}")
        x -= {"l": 0, "m": 0.5, "r": 1}[anchor] * self.length(text, size, bold=bold)
        baseline = round(y + self.leading(size) / 2 + size * 0.36)
        for run, face in self._runs(text, size, bold=bold):
            self.pen.text((round(x), baseline), run, font=face, fill=fill, anchor="ls")
            x += face.getlength(run)
        return x

    def _greedy(self, pieces: list[str], width: float, size: int, *, bold: bool) -> list[str]:
        space = "" if self.language == "ja" else " "
        lines = [pieces[0]]
        for piece in pieces[1:]:
            longer = lines[-1] + space + piece
            if self.length(longer, size, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
        return lines

    def wrapped(self, text: str, width: float, *, size: int = SMALLEST, bold: bool = False) -> list[str]:
        """The fewest lines that fit; evened out when the last would be short. ValueError when a phrase is too wide."""
        pieces = text.split("|" if self.language == "ja" else " ")
        widest = max(self.length(piece, size, bold=bold) for piece in pieces)
        if widest > width:
            raise ValueError(f"{widest:.0f} px do not fit into {width:.0f} px: {text}")
        lines = self._greedy(pieces, width, size, bold=bold)
        count, low, high = len(lines), int(widest), int(width)
        if count == 1 or self.length(lines[-1], size, bold=bold) > 0.45 * width:
            return lines
        while low < high:
            middle = (low + high) // 2
            if len(self._greedy(pieces, middle, size, bold=bold)) <= count:
                high = middle
            else:
                low = middle + 1
        return self._greedy(pieces, min(low + 1, width), size, bold=bold)

    def block(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        *,
        size: int = SMALLEST,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "l",
    ) -> float:
        """Text in as many lines as it needs; returns the y below it."""
        for line in self.wrapped(text, width, size=size, bold=bold):
            self.text(x, y, line, size=size, bold=bold, fill=fill, anchor=anchor)
            y += self.leading(size)
        return y

    def heading(self, title: str, subtitle: str) -> float:
        """Title and subtitle at the head of the sheet; returns the y below them."""
        y = self.block(MARGIN, 44, title, INNER, size=58, bold=True)
        return self.block(MARGIN, y + 10, subtitle, INNER, size=38, fill=SOFT)

    # --- shapes ----------------------------------------------------------------------------------------------
    def bar(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A crisp rectangle, right and bottom not included."""
        self.pen.rectangle((round(left), round(top), round(right) - 1, round(bottom) - 1), fill=fill)

    def _mask(self, points: Sequence[Point], room: float, stroke: Stroke) -> tuple[Image.Image, tuple[int, int]]:
        left, top = (int(min(p[i] for p in points) - room) for i in (0, 1))
        right, bottom = (int(max(p[i] for p in points) + room) + 1 for i in (0, 1))
        mask = Image.new("L", ((right - left) * SMOOTHING, (bottom - top) * SMOOTHING), 0)
        stroke(ImageDraw.Draw(mask), lambda p: ((p[0] - left) * SMOOTHING, (p[1] - top) * SMOOTHING))
        return mask.reduce(SMOOTHING), (left, top)

    def disc(self, center: Point, radius: float, fill: str) -> None:
        def stroke(pen: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
            pen.circle(at(center), radius * SMOOTHING, fill=255)

        mask, corner = self._mask([center], radius + 1, stroke)
        self.image.paste(fill, corner, mask)

    def ring(self, center: Point, radius: float, colour: str, width: float = 4, fill: str = PAPER) -> None:
        """A circle of the radius, its line inside it."""
        self.disc(center, radius, colour)
        self.disc(center, radius - width, fill)

    def line(self, points: Sequence[Point], colour: str, width: float = 3) -> None:
        def stroke(pen: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
            pen.line([at(p) for p in points], fill=255, width=round(width * SMOOTHING), joint="curve")

        mask, corner = self._mask(points, width + 1, stroke)
        self.image.paste(colour, corner, mask)

    def dashes(self, points: Sequence[Point], colour: str, width: float = 3, dash: float = 26) -> None:
        """A broken line; its gaps are as long as two thirds of its dashes."""
        for (x, y), (to_x, to_y) in pairwise(points):
            length = math.hypot(to_x - x, to_y - y)
            count = max(1, round((length / dash + 2 / 3) / (5 / 3)))
            part = 1 / (count * 5 / 3 - 2 / 3)  # it begins and ends with a dash
            for n in range(count):
                shares = (n * part * 5 / 3, (n * 5 / 3 + 1) * part)
                self.line([(x + (to_x - x) * share, y + (to_y - y) * share) for share in shares], colour, width)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        def stroke(pen: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
            pen.polygon([at(p) for p in points], fill=255)

        mask, corner = self._mask(points, 1, stroke)
        self.image.paste(fill, corner, mask)

    def hatch(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A rectangle of slanting lines with a thin frame: something between two values."""
        box = [(left, top), (right, bottom)]

        def lines(pen: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
            fall = bottom - top
            for x in range(int(left - fall) // 14 * 14, int(right), 14):
                pen.line([at((x, bottom)), at((x + fall, top))], fill=255, width=4 * SMOOTHING)

        def whole(pen: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
            pen.rectangle((*at(box[0]), *at(box[1])), fill=255)

        mask, corner = self._mask(box, 1, lines)
        self.image.paste(colour, corner, ImageChops.multiply(mask, self._mask(box, 1, whole)[0]))
        self.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], colour, 2)

    # --- the finished file -----------------------------------------------------------------------------------
    def webp(self, bottom: float, *tints: str) -> bytes:
        """The sheet down to `bottom`, lossless; the same drawing gives the same bytes. `tints`: grounds of its own."""
        sheet = self.image.crop((0, 0, self.image.width, round(bottom)))
        sheet = sheet.quantize(palette=palette(*tints), dither=Image.Dither.NONE).convert("RGB")
        file = io.BytesIO()
        sheet.save(file, "WEBP", lossless=True, quality=90, method=6)  # the last 2 % would cost 40 times the time
        return file.getvalue()
