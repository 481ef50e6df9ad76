"""The sketch maps under the story: what each is cut from, where it lies, and the function that packs them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from places.geo import Bounds
from storymap.maps.ground.extract_file import encode
from storymap.maps.ground.features import Credit, Ground
from storymap.maps.ground.sources import grounds_from
from storymap.maps.ground.sources.gathering import Wanted
from storymap.maps.ground.sources.material import File

HERE = Path(__file__).resolve().parent
STREETS = Credit(
    attribution="© OpenStreetMap contributors",
    licence="ODbL-1.0",
    source="Street positions after OpenStreetMap contributors (state of 2013), ODbL; drawn by Storymap editors, "
    "simplified",
    date="2013",
    simplified=True,
)
STREETS_AND_COAST = replace(
    STREETS,
    attribution="GSHHG (coast) and © OpenStreetMap contributors",
    licence="ODbL-1.0; coast: LGPL-3.0-or-later",
    source=f"{STREETS.source}; coast after GSHHG 2.3.6 (Wessel and Smith), LGPL",
)


@dataclass(frozen=True)
class Sketch:
    sources: tuple[str, ...]  # GeoJSON beside this file
    bounds: Bounds
    min_zoom: float
    credit: Credit = STREETS


SKETCHES = {
    "city": Sketch(
        ("main-roads.geojson", "city.geojson"),
        Bounds(west=-77.29, south=-12.35, east=-76.85, north=-11.9),
        min_zoom=10,
        credit=STREETS_AND_COAST,
    ),
    "old-centre": Sketch(
        ("main-roads.geojson", "old-centre.geojson"),
        Bounds(west=-77.06, south=-12.073, east=-77.005, north=-12.032),
        min_zoom=13,
    ),
    "residence": Sketch(
        ("main-roads.geojson", "residence.geojson"),
        Bounds(west=-77.076, south=-12.114, east=-77.022, north=-12.069),
        min_zoom=14,
    ),
}


def file_name(slug: str) -> str:
    return f"ground-{slug}.json"


def packed(sketch: Sketch) -> bytes:
    """The basemap extract of a sketch. Raises CannotReadStreets, which names the feature that is wrong."""
    grounds = [grounds_from(File(HERE / name), [Wanted(sketch.bounds)]).grounds[0] for name in sketch.sources]
    whole = Ground(
        areas=tuple(area for ground in grounds for area in ground.areas),
        lines=tuple(line for ground in grounds for line in ground.lines),
        names=tuple(name for ground in grounds for name in ground.names),
    )
    return encode(whole, sketch.bounds, sketch.min_zoom, sketch.credit)


def write_all(folder: Path) -> Iterator[tuple[str, int]]:
    """Write every sketch into a folder; yields name and bytes of each file. Raises CannotReadStreets."""
    for slug, sketch in SKETCHES.items():
        content, name = packed(sketch), file_name(slug)
        (folder / name).write_bytes(content)
        yield name, len(content)
