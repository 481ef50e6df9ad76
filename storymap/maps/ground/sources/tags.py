"""OpenStreetMap's tags and the kinds of the ground: one table for every source that has such tags.

After the wiki of OpenStreetMap, "Map features".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Tags = Mapping[str, str]


def _each(kind: str, values: str) -> dict[str, str]:
    return dict.fromkeys(values.split(), kind)


LINES_BY_TAG: dict[str, dict[str, str]] = {
    "highway": {
        **_each("motorway", "motorway motorway_link trunk trunk_link"),
        **_each("main", "primary primary_link secondary secondary_link"),
        **_each("local", "tertiary tertiary_link residential unclassified living_street pedestrian road busway"),
        **_each("path", "footway path steps cycleway bridleway track service"),
    },
    "railway": _each("rail", "rail light_rail tram narrow_gauge funicular monorail subway"),
    "waterway": _each("river", "river stream canal"),
}
AREAS_BY_TAG: dict[str, dict[str, str]] = {
    "highway": {"pedestrian": "square"},
    "natural": {**_each("water", "water"), **_each("park", "wood scrub grassland heath")},
    "waterway": _each("water", "riverbank dock"),
    "landuse": {
        **_each("water", "reservoir basin"),
        **_each("park", "cemetery forest grass meadow recreation_ground village_green allotments orchard vineyard"),
        **_each("block", "residential commercial retail industrial institutional education military religious"),
    },
    "leisure": _each("park", "park garden golf_course nature_reserve common dog_park playground"),
    "amenity": {**_each("park", "grave_yard"), **_each("block", "school university college hospital")},
}
NAMES_BY_PLACE = {  # kind and rank
    **{place: ("city", rank) for rank, place in enumerate(("city", "town", "village", "hamlet"))},
    **{place: ("district", rank) for rank, place in enumerate(("borough", "suburb", "quarter", "neighbourhood"))},
    "square": ("square", 0),
}
HIDDEN = {  # what is not seen from above, or only says of a street what its line says already
    "footway": {"sidewalk", "crossing", "access_aisle"},
    "service": {"parking_aisle", "driveway", "drive-through", "yard", "siding", "spur", "crossover"},
}
UNDERGROUND = {"yes", "culvert", "building_passage", "covered"}
NO = {"", "no"}


@dataclass(frozen=True)
class Meaning:
    """What tags ask to be drawn: as a line, as an area, as a name at a point; empty where they ask nothing."""

    line: str = ""
    area: str = ""
    name: str = ""
    rank: int = 0


def meaning_of(tags: Tags) -> Meaning:
    line, area = _line(tags), _area(tags)
    if line and tags.get("area") == "yes":  # a square
        line = ""
    name, rank = NAMES_BY_PLACE.get(tags.get("place", ""), ("", 0))
    return Meaning(line, area, name, rank)


def is_coast(tags: Tags) -> bool:
    return tags.get("natural") == "coastline"


def _line(tags: Tags) -> str:
    kind = next((kinds[tags[key]] for key, kinds in LINES_BY_TAG.items() if tags.get(key) in kinds), "")
    if not kind or any(tags.get(key) in values for key, values in HIDDEN.items()):
        return ""
    below = kind in ("rail", "river") and tags.get("tunnel", "") in UNDERGROUND
    return "" if below else kind


def _area(tags: Tags) -> str:
    if tags.get("building", "") not in NO:
        return "building"
    if tags.get("area") == "yes" and _line(tags) in ("local", "path"):
        return "square"
    return next((kinds[tags[key]] for key, kinds in AREAS_BY_TAG.items() if tags.get(key) in kinds), "")
