"""`make drawing`: the floor plan in docs/architecture.md, drawn from the import contracts in pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawing -->\n", "<!-- end of drawing -->"
CONTRACT = "Imports only go down"


def layers() -> list[list[str]]:
    """The floors of the contract from the roof down, each with its rooms."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = (one for one in contracts if one["name"] == CONTRACT)
    return [re.findall(r"[\w.]+", layer) for layer in contract["layers"]]


def diagram() -> str:
    """A Mermaid flowchart: a box for each floor, and an arrow to the floor below, which it may import."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    floors = layers()
    yield "```mermaid"
    yield "flowchart TD"
    for above, rooms in enumerate(floors):
        number = len(floors) - 1 - above
        named = "<br>".join(" · ".join(rooms[n : n + 4]) for n in range(0, len(rooms), 4))
        yield f'  floor{number}["<b>{number}</b> {named}"]'
    for number in range(len(floors) - 1, 0, -1):
        yield f"  floor{number} --> floor{number - 1}"
    yield "```"


def with_diagram(page: str) -> str:
    """The page with the present diagram between its two marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + diagram() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(with_diagram(PAGE.read_text()))
