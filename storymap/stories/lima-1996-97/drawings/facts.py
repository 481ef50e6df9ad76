"""What the pictures draw: the events and places of the story's own files, so that no number is typed twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from places.geo import LatLng, distance, is_length_known

STORY = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "es", "ja")

Words = Mapping[str, str]  # language -> text

_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June")
    + ("July", "August", "September", "October", "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio")
    + ("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
}


@dataclass(frozen=True)
class Figure:
    """A number of a picture and the event whose English words hold it; `written` when it stands there in letters."""

    value: int
    event: str
    written: str = ""


@dataclass(frozen=True)
class Facts:
    """The story's events and places by slug, as they stand in its files."""

    events: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, Mapping[str, Any]]
    day_zero: date

    def at(self, place: str) -> LatLng:
        return LatLng(self.places[place]["lat"], self.places[place]["lng"])

    def metres(self, a: str, b: str) -> float:
        """How far two places are apart. Raises ValueError when they are not known well enough to say so."""
        metres = distance(self.at(a), self.at(b))
        if not is_length_known(metres, self.places[a]["radius"], self.places[b]["radius"]):
            raise ValueError(f"{a} and {b} are not known well enough to be measured")
        return metres

    def day(self, event: str) -> int:
        """Days that had passed since day zero when a dated event happened."""
        return (date.fromisoformat(self.events[event]["date"]) - self.day_zero).days


def read(folder: Path = STORY) -> Facts:
    def rows(name: str) -> dict[str, Mapping[str, Any]]:
        return {row["slug"]: row for row in json.loads((folder / name).read_text(encoding="utf-8"))}

    story = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    return Facts(rows("events.json"), rows("places.json"), date.fromisoformat(story["day_zero"]))


def month(when: str, language: str) -> str:
    """A month "2001-03" in words."""
    year, number = when.split("-")
    if language == "ja":
        return f"{year}年{int(number)}月"
    name = _MONTHS[language][int(number) - 1]
    return f"{name} de {year}" if language == "es" else f"{name} {year}"


def day(when: str, language: str) -> str:
    """A day "2002-05-13" or a month "2001-03" in words."""
    if len(when) == len("2001-03"):
        return month(when, language)
    words, number = month(when[:7], language), int(when[8:])
    if language == "ja":
        return f"{words}{number}日"
    return f"{number} de {words}" if language == "es" else f"{number} {words}"
