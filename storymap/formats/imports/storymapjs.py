"""The JSON that Knight Lab's StoryMapJS publishes: each slide is an event at a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from storymap.formats.imports.map_table import Importer, MapFeature, MapFile, PositionPart, cell, plain, position


def sniff(file: MapFile) -> bool:
    return _slides(file.tree) is not None


def features_of(file: MapFile) -> list[MapFeature]:
    """Pictures and the title slide are not events."""
    slides = [slide for slide in _slides(file.tree) or () if isinstance(slide, dict)]
    return [_feature(slide) for slide in slides if slide.get("type") != "overview"]


def _slides(tree: Any) -> list[Any] | None:
    whole = tree.get("storymap") if isinstance(tree, dict) else None
    slides = whole.get("slides") if isinstance(whole, dict) else None
    return slides if isinstance(slides, list) else None


def _feature(slide: Mapping[str, Any]) -> MapFeature:
    where, text = (part if isinstance(part := slide.get(name), dict) else {} for name in ("location", "text"))
    words = {
        "title": plain(cell(text.get("headline")) or ""),
        "date": plain(cell(slide.get("date")) or ""),
        "place": plain(cell(where.get("name")) or ""),
        "summary": plain(cell(text.get("text")) or ""),
    }
    degrees = (where.get("lon"), where.get("lat"))
    at = position(*degrees)
    held = PositionPart.LOST if at is None and any(part not in (None, "") for part in degrees) else PositionPart.WHOLE
    return MapFeature({name: said for name, said in words.items() if said}, at, held=held)


def _leaves_out() -> str:
    return _("The title slide and the pictures were left out.")


IMPORTER = Importer(("StoryMapJS",), sniff, features_of, _leaves_out)
