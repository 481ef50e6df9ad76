"""Layers of vector tiles and the kinds of the ground: the schemas of Protomaps (basemap) and OpenMapTiles.

After docs.protomaps.com/basemaps/layers and openmaptiles.org/schema. Both take most values from OpenStreetMap's tags;
the names of their layers tell them apart.
"""

from __future__ import annotations

from storymap.maps.ground.sources.tags import AREAS_BY_TAG, LINES_BY_TAG, NAMES_BY_PLACE
from storymap.maps.ground.sources.vector_tiles import LINE, POINT, POLYGON, Feature

ROAD_NAMES = "transportation_name"  # OpenMapTiles: names apart from the roads that have them
ROADS = {
    **LINES_BY_TAG["highway"],
    "highway": "motorway",
    "major_road": "main",
    "medium_road": "main",
    "minor_road": "local",
    "minor": "local",
    "other": "path",
    "rail": "rail",
    "transit": "rail",
}
AREAS = {value: kind for kinds in AREAS_BY_TAG.values() for value, kind in kinds.items() if kind != "water"}
AREAS |= {"national_park": "park", "zoo": "park", "urban_area": "block"}
SEA = {"ocean", "sea"}
DRY = {"playa", "swimming_pool", "fountain"}
PLACES = {**NAMES_BY_PLACE, "macrohood": ("district", 1), "locality": ("city", 2)}
HIDDEN_RAIL = {"yard", "siding", "spur", "crossover"}
BELOW = {"tunnel", "yes"}
LAYERS = {  # what each holds; some in both schemas
    "water": "water",
    "waterway": "water",
    "physical_line": "water",
    "water_name": "water",
    "landuse": "land",
    "landcover": "land",
    "park": "land",
    "natural": "land",
    "roads": "road",
    "transportation": "road",
    "transit": "road",
    ROAD_NAMES: "road",
    "buildings": "building",
    "building": "building",
    "places": "place",
    "place": "place",
}


def kind_of(feature: Feature) -> tuple[str, int]:
    """The kind of line, area or name, by its shape, and the rank of a name; "" where nothing is drawn of it."""
    holds = LAYERS.get(feature.layer)
    if holds == "water":
        return _water(feature), 0
    if holds == "place" and feature.shape == POINT:
        return _place(feature)
    if holds == "road" and feature.shape == LINE:
        return _road(feature), 0
    if feature.shape != POLYGON:
        return "", 0
    if holds == "building":
        return ("" if _value(feature) in ("building_part", "address") else "building"), 0
    values = (feature.tags.get("subclass", ""), _value(feature)) if holds == "land" else ()
    return next((AREAS[value] for value in values if value in AREAS), ""), 0


def _value(feature: Feature) -> str:
    tags = feature.tags
    return tags.get("kind") or tags.get("pmap:kind") or tags.get("class") or ""


def _detail(feature: Feature) -> str:
    tags = feature.tags
    return tags.get("kind_detail") or tags.get("pmap:kind_detail") or tags.get("subclass") or ""


def _water(feature: Feature) -> str:
    value = _value(feature)
    if feature.shape == LINE:
        return "river" if {value, _detail(feature)} & LINES_BY_TAG["waterway"].keys() and not _is_below(feature) else ""
    if feature.shape == POINT:
        return "water"
    return "" if value in DRY else "sea" if value in SEA else "water"


def _place(feature: Feature) -> tuple[str, int]:
    values = (_detail(feature), _value(feature))
    return next((PLACES[value] for value in values if value in PLACES), ("", 0))


def _road(feature: Feature) -> str:
    value, detail = _value(feature), _detail(feature)
    kind = ROADS.get(detail) or ROADS.get(value) or ""
    if value in ("rail", "transit"):
        return "" if _is_below(feature) or feature.tags.get("service") in HIDDEN_RAIL else "rail"
    return kind


def _is_below(feature: Feature) -> bool:
    tags = feature.tags
    below = {tags.get("brunnel", ""), tags.get("is_tunnel", "")} & BELOW
    return bool(below) or tags.get("pmap:level") == "-1"
