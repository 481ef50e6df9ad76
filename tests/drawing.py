"""`make drawing`: docs/floors.svg, the plan of the house, drawn from the import contracts in pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "docs" / "floors.svg"
CONTRACT = "Imports only go down"
# pixels
WIDTH, LEFT, PAD = 960, 56, 12
SIZE, LETTER = 14, 8.45  # of the monospaced lettering
BOX, GAP = 30, 8


def layers() -> list[list[str]]:
    """The floors of the contract from the roof down, each with its rooms."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = (one for one in contracts if one["name"] == CONTRACT)
    return [re.findall(r"[\w.]+", layer) for layer in contract["layers"]]


def drawing() -> str:
    """An SVG: a band for each floor, numbered from the ground, with a box for each room."""
    bands, top, number = [], 0, len(layers())
    for rooms in layers():
        number -= 1
        boxes, height = _boxes(rooms, top + PAD)
        fill = "#f4f1ea" if number % 2 else "#ebe6da"
        bands += [
            f'<rect y="{top}" width="{WIDTH}" height="{height + 2 * PAD}" fill="{fill}"/>',
            f'<text x="{LEFT / 2:g}" y="{top + PAD + BOX / 2 + SIZE / 3:.0f}" class="floor">{number}</text>',
            *boxes,
        ]
        top += height + 2 * PAD
    style = f"text{{font:{SIZE}px monospace;fill:#23211d}}.floor{{font-weight:bold;text-anchor:middle}}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" viewBox="0 0 {WIDTH} {top}">'
    return "\n".join([head, f"<style>{style}</style>", *bands, "</svg>", ""])


def _boxes(rooms: list[str], top: float) -> tuple[list[str], int]:
    """The boxes of one floor in as many lines as they need, and the height of all."""
    boxes, height = [], BOX
    for room, x, line in _placed(rooms):
        y, width = top + line * (BOX + GAP), len(room) * LETTER + 2 * PAD
        colour = "#8a3b2a" if room.startswith("places") else "#2f5d73"  # the record; stories
        boxes.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="4" fill="#fff" stroke="{colour}"/>'
            f'<text x="{x + PAD:.0f}" y="{y + BOX / 2 + SIZE / 3:.0f}">{room}</text>'
        )
        height = line * (BOX + GAP) + BOX
    return boxes, height


def _placed(rooms: list[str]) -> Iterator[tuple[str, float, int]]:
    """Each room with its left edge and the number of its line."""
    x, line = float(LEFT), 0
    for room in rooms:
        width = len(room) * LETTER + 2 * PAD
        if x + width > WIDTH - PAD:
            x, line = float(LEFT), line + 1
        yield room, x, line
        x += width + GAP


if __name__ == "__main__":
    DRAWING.write_text(drawing())
