"""Colours and typefaces of the pictures: a warm paper, dark ink, two quiet colours, Noto Sans."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageColor, ImageFont

FONTS = Path(__file__).resolve().parents[4] / "node_modules" / "@fontsource"

PAPER = "#fbf9f4"
INK = "#23211d"
SOFT = "#5c574e"  # 6.8:1 on paper
RULE = "#d5cebf"  # thin lines only, never the bearer of a meaning
TINT = "#f1ebdf"
INSIDE = "#f5e4d9"  # of the plan and section: within the house
EARTH = "#e6dcc8"  # and below ground
ACCENT = "#8a3b2a"
SECOND = "#2f5d73"


class FontsMissing(RuntimeError):
    """The font files that `npm ci` installs are not there."""


def font_file(language: str, character: str, *, bold: bool) -> Path:
    """The file that has the character, in the language's typeface."""
    weight = 700 if bold else 400
    if language == "ja":
        return FONTS / "noto-sans-jp" / "files" / f"noto-sans-jp-japanese-{weight}-normal.woff2"
    subset = "latin-ext" if 0xFF < ord(character) < 0x2000 else "latin"
    return FONTS / "noto-sans" / "files" / f"noto-sans-{subset}-{weight}-normal.woff2"


@lru_cache
def font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in px. The basic layout keeps the result independent of the system's libraries."""
    if not file.exists():
        raise FontsMissing(f"The font {file.name} is missing. Run `npm ci` first: it installs the fonts.")
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache
def palette(*tints: str) -> Image.Image:
    """The colours of a finished sheet: each pure and in two paler steps for smooth edges. So few make small files.
    `tints` are grounds that only this sheet has."""
    ground = ImageColor.getrgb(PAPER)
    colours: list[tuple[int, ...]] = [ground, *(ImageColor.getrgb(tint) for tint in (TINT, RULE, *tints))]
    for name in (INK, SOFT, ACCENT, SECOND):
        pure = ImageColor.getrgb(name)
        for share in (1.0, 0.64, 0.3):
            colours.append(tuple(round(share * p + (1 - share) * g) for p, g in zip(pure, ground, strict=True)))
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in colour])
    return image
