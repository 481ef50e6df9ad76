"""The picture that goes with a shared link: what the story or chapter is called, when and where, beside its map."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from storymap.maps.sheet import ACCENT, INK, MUTED, PAPER, Style, draw, lines
from storymap.maps.static_picture import chapter_sheet, story_sheet
from storymap.story.document import StoryDocument

SIZE = 1200, 630  # pixels: what Open Graph and Twitter cards show whole
PANEL = 500
MARGIN = 48
ROOM = PANEL - 2 * MARGIN + 12
TITLES = (Style(54, bold=True), Style(46, bold=True), Style(38, bold=True), Style(32, bold=True))
ABOVE, DATES, LIST, FOOT = Style(23, bold=True), Style(24), Style(21), Style(18)
COLOURS = 128
LEADING = 1.28  # from line to line
MAP = SIZE[0] - PANEL, SIZE[1]


@dataclass(frozen=True)
class CardWords:
    """Everything that is written on a card, in its language."""

    above: str  # the site, or the story that a chapter is of
    title: str
    dates: str
    places: tuple[str, ...]  # a line each
    foot: str


def card(document: StoryDocument, chapter_slug: str, words: CardWords) -> bytes:
    """PNG of 1200 x 630 pixels; of the whole story without a chapter. Raises KeyError for no such chapter."""
    chapter = document.chapter(chapter_slug) if chapter_slug else None
    if chapter_slug and chapter is None:
        raise KeyError(chapter_slug)
    sheet = chapter_sheet(document, chapter, MAP) if chapter else story_sheet(document, MAP)
    image = Image.new("RGB", SIZE, PAPER)
    image.paste(sheet.image(), (PANEL, 0))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, PANEL, SIZE[1]), fill=PAPER)
    pen.rectangle((PANEL - 6, 0, PANEL - 1, SIZE[1]), fill=ACCENT)
    _write(pen, words)
    file = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(pen: ImageDraw.ImageDraw, words: CardWords) -> None:
    y = float(MARGIN + 22)
    y = _block(pen, y, lines(words.above, ABOVE, ROOM, 2), ABOVE, ACCENT)
    style, title = _title(words.title)
    y = _block(pen, y + style.size * 0.95, title, style, INK)
    y = _block(pen, y + 22, lines(words.dates, DATES, ROOM, 2), DATES, INK) + 14
    foot = lines(words.foot, FOOT, ROOM, 2)
    end = SIZE[1] - MARGIN + 6 - (len(foot) - 1) * FOOT.size * LEADING
    for place in words.places:
        if y + 2 * LIST.size > end - FOOT.size:
            break
        y = _block(pen, y + 6, lines(place, LIST, ROOM, 2), LIST, MUTED)
    _block(pen, end, foot, FOOT, MUTED)


def _title(text: str) -> tuple[Style, list[str]]:
    """As large as three lines allow."""
    for style in TITLES:
        broken = lines(text, style, ROOM, 4)
        if len(broken) <= 3:
            break
    return style, lines(text, style, ROOM, 4)


def _block(pen: ImageDraw.ImageDraw, y: float, block: list[str], style: Style, colour: tuple[int, int, int]) -> float:
    """Lines from the base line `y` on; the base line after them."""
    for line in block:
        draw(pen, (MARGIN, y), line, style, colour)
        y += style.size * LEADING
    return y
