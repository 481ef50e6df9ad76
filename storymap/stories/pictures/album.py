"""All pictures of the story by slug, and the names of their files."""

from __future__ import annotations

from collections.abc import Callable

from . import echoes_distance, hostages_held, two_embassies, who_decided, who_says_what
from .facts import Facts

PICTURES: dict[str, Callable[[Facts, str], bytes]] = {
    "two-embassies": two_embassies.draw,
    "hostages-held": hostages_held.draw,
    "echoes-distance": echoes_distance.draw,
    "who-says-what": who_says_what.draw,
    "who-decided": who_decided.draw,
}


def file_name(slug: str, language: str) -> str:
    return f"{slug}.{language}.webp"
