"""The JSON that Knight Lab's StoryMapJS publishes: each slide is an event at a place. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storymap.formats.imports.map_table import Found, Spot, cell, plain, position


def read(whole: Mapping[str, Any]) -> list[Found] | None:
    """None when it is no StoryMapJS. Pictures and the title slide are not events."""
    map_ = whole.get("storymap")
    slides = map_.get("slides") if isinstance(map_, dict) else None
    if not isinstance(slides, list):
        return None
    told = [slide for slide in slides if isinstance(slide, dict) and slide.get("type") != "overview"]
    return [_found(slide) for slide in told]


def _found(slide: Mapping[str, Any]) -> Found:
    where, text = (part if isinstance(part := slide.get(name), dict) else {} for name in ("location", "text"))
    words = {
        "title": plain(cell(text.get("headline")) or ""),
        "date": plain(cell(slide.get("date")) or ""),
        "place": plain(cell(where.get("name")) or ""),
        "summary": plain(cell(text.get("text")) or ""),
    }
    told = (where.get("lon"), where.get("lat"))
    at = position(*told)
    spot = Spot.LOST if at is None and any(said not in (None, "") for said in told) else Spot.WHOLE
    return Found({name: said for name, said in words.items() if said}, at, spot=spot)
