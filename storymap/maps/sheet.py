"""A sheet of paper to draw a map on with Pillow: smooth shapes first, crisp letters last, in Noto Sans."""

from __future__ import annotations

import io
import json
import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

FONTS = settings.BASE_DIR / "node_modules" / "@fontsource"
MISSING = "\uffff"  # no character, so a font draws what it draws for any that it does not have
FAMILIES = ("noto-sans", "noto-sans-jp")
NOT_FIRST = frozenset("、。，．・：；？！」』）】〉》”’ー…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々%,.!?:;)]}")
WIDE = 0x2E80  # from here on writing has no spaces, and a line may end after any character


@dataclass(frozen=True)
class Style:
    size: int  # pixels
    bold: bool = False


@cache
def _parts(family: str) -> tuple[tuple[int, int, str], ...]:
    """First and last code point, and the part of the family that has them, as the package tells it."""
    parts = json.loads((FONTS / family / "unicode.json").read_text("utf-8"))
    spans = [(span.removeprefix("U+").partition("-"), name) for name, all in parts.items() for span in all.split(",")]
    return tuple(sorted((int(a, 16), int(b or a, 16), name.strip("[]")) for (a, _dash, b), name in spans))


@cache
def _file(character: str, *, bold: bool) -> Path | None:
    """The font file that has the character; None when no installed one has."""
    code, weight = ord(character), 700 if bold else 400
    for family in FAMILIES:
        for first, last, part in _parts(family):
            file = FONTS / family / "files" / f"{family}-{part}-{weight}-normal.woff2"
            if first <= code <= last and file.exists() and _shape(file, character) != _shape(file, MISSING):
                return file
    return None


def _shape(file: Path, character: str) -> bytes:
    """How the font draws it: a package tells of characters that its files do not have."""
    mask = _typeface(file, 24).getmask(character)
    return repr(mask.size).encode() + bytes(mask)


@cache
def _typeface(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """The text in one line, without what cannot be drawn: control and direction marks, pictographs."""
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    shown = "".join(c for c in plain if unicodedata.category(c)[0] != "C" and _file(c, bold=False))
    return " ".join(shown.split())


def _runs(text: str, style: Style) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
    for file, characters in groupby(text, lambda c: _file(c, bold=style.bold)):
        if file is not None:
            yield _typeface(file, style.size), "".join(characters)


def width(text: str, style: Style) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, style))


def draw(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, style: Style, colour: tuple[int, ...], stroke: int = 0
) -> None:
    """`at` is the left end of the base line, so that typefaces stand on one line; `stroke`: pixels added all round."""
    x, y = at
    for font, run in _runs(text, style):
        pen.text((x, y), run, colour, font, "ls", stroke_width=stroke)
        x += font.getlength(run)


def lines(text: str, style: Style, room: float, most: int) -> list[str]:
    """At most so many lines that fit the room; the last one ends with … when there is more."""
    broken = [""]
    for piece in _pieces(drawable(text)):
        if width((broken[-1] + piece).rstrip(), style) > room and broken[-1].strip():
            broken.append("")
        broken[-1] += piece if broken[-1] or not piece.isspace() else ""
    broken = [cut for line in broken for cut in _cut(line.strip(), style, room)]
    return broken if len(broken) <= most else [*broken[: most - 1], _shorten(broken[most - 1], style, room)]


def _pieces(text: str) -> Iterator[str]:
    """What is not parted between two lines: a word with the space behind it, a character of Japanese."""
    piece = ""
    for character in text:
        wide = ord(character) >= WIDE and character not in NOT_FIRST
        if piece and (wide or piece[-1] == " " or (ord(piece[-1]) >= WIDE and character not in NOT_FIRST)):
            yield piece
            piece = ""
        piece += character
    yield piece


def _cut(line: str, style: Style, room: float) -> Iterator[str]:
    """A word that is too long for a line is parted where the line ends."""
    while len(line) > 1 and width(line, style) > room:
        fits = max(1, bisect_right(range(len(line)), room, key=lambda n: width(line[:n], style)) - 1)
        yield line[:fits]
        line = line[fits:]
    yield line


def _shorten(line: str, style: Style, room: float) -> str:
    while line and width(line + "…", style) > room:
        line = line[:-1]
    return line.rstrip() + "…"


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
    """Pillow's own has no sign of multiplication, with which events at one place are counted."""
    file = _file("×", bold=False)
    return _typeface(file, size) if file else ImageFont.load_default(size)
