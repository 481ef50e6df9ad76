"""What streets can be cut from: one list. Whoever cuts names a source, and the first that knows it reads it.

A new kind is a module with `knows` and `read`, named in SOURCES.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from storymap.maps.ground.sources import geojson, osm_pbf, overpass, pmtiles
from storymap.maps.ground.sources.gathering import Reading, Say, Wanted
from storymap.maps.ground.sources.material import Address, CannotReadStreets, File, Material


@dataclass(frozen=True)
class Source:
    name: str  # as people call it
    knows: Callable[[Material], bool]
    read: Callable[[Material, Sequence[Wanted], Say], Reading]


SOURCES = (
    Source("Overpass server", overpass.is_server, overpass.ask),  # first: it has no beginning to look at
    Source(pmtiles.NAME, pmtiles.knows, pmtiles.read),
    Source(osm_pbf.NAME, osm_pbf.knows, osm_pbf.read),
    Source(overpass.NAME, overpass.knows, overpass.read),
    Source(geojson.NAME, geojson.knows, geojson.read),
)


def material_of(named: str) -> Material:
    """A path or an address as something to read. Raises CannotReadStreets."""
    if "://" in named:
        return Address(named)
    path = Path(named)
    if not path.is_file():
        raise CannotReadStreets(_("There is no file %(path)s.") % {"path": named})
    return File(path)


def grounds_from(material: Material, wanted: Sequence[Wanted], say: Say = lambda said: None) -> Reading:
    """The ground of each bounds. Raises CannotReadStreets."""
    source = next((source for source in SOURCES if source.knows(material)), None)
    if source is None:
        said = {"name": material.name, "kinds": ", ".join(source.name for source in SOURCES)}
        raise CannotReadStreets(_("%(name)s is none of these: %(kinds)s.") % said)
    return source.read(material, wanted, say)
