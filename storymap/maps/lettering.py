"""Letters on a drawing: the typeface that has a character, lines that fit a width, words drawn. Noto Sans.

Text is an author's: it is only ever drawn, and characters that no installed typeface has are left out.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from PIL import ImageDraw, ImageFont

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
    mask = _font(file, 24).getmask(character)
    return repr(mask.size).encode() + bytes(mask)


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """The text in one line, without what cannot be drawn: control and direction marks, pictographs."""
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    shown = "".join(c for c in plain if unicodedata.category(c)[0] != "C" and _file(c, bold=False))
    return " ".join(shown.split())


def _runs(text: str, style: Style) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
    for file, characters in groupby(text, lambda c: _file(c, bold=style.bold)):
        if file is not None:
            yield _font(file, style.size), "".join(characters)


def width(text: str, style: Style) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, style))


def draw(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, style: Style, colour: tuple[int, ...]) -> None:
    """`at` is the left end of the base line, so that typefaces stand on one line."""
    x, y = at
    for font, run in _runs(text, style):
        pen.text((x, y), run, colour, font, "ls")
        x += font.getlength(run)


def lines(text: str, style: Style, room: float, most: int) -> list[str]:
    """At most so many lines that fit the room; the last one ends with … when there is more."""
    broken = [""]
    for piece in _pieces(drawable(text)):
        if width((broken[-1] + piece).rstrip(), style) > room and broken[-1].strip():
            broken.append("")
        broken[-1] += piece if broken[-1] or not piece.isspace() else ""
    broken = [cut for line in broken for cut in _cut(line.strip(), style, room)]
    return broken if len(broken) <= most else [*broken[: most - 1], _shortened(broken[most - 1], style, room)]


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


def _shortened(line: str, style: Style, room: float) -> str:
    while line and width(line + "…", style) > room:
        line = line[:-1]
    return line.rstrip() + "…"
