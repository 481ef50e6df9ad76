"""All drawings of the story by slug, the names of their files, and the function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import echoes_distance
import facts
import hostages_held
import residence_sheet
import two_embassies
import who_decided
import who_says_what

PICTURES: dict[str, Callable[[facts.Facts, str], bytes]] = {
    "two-embassies": two_embassies.draw,
    "hostages-held": hostages_held.draw,
    "echoes-distance": echoes_distance.draw,
    "who-says-what": who_says_what.draw,
    "who-decided": who_decided.draw,
    "residence-in-siege": residence_sheet.before,
    "residence-22-april": residence_sheet.on_the_day,
}


def file_name(slug: str, language: str) -> str:
    return f"{slug}.{language}.webp"


def write_all(folder: Path) -> Iterator[tuple[str, int]]:
    """Write every drawing in every language into a folder; yields name and bytes of each file. Raises FontsMissing."""
    known = facts.read()
    for slug, draw in PICTURES.items():
        for language in facts.LANGUAGES:
            picture, name = draw(known, language), file_name(slug, language)
            (folder / name).write_bytes(picture)
            yield name, len(picture)
