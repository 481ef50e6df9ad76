"""What an author has drawn on a chapter's map: points, lines and areas, each named as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from places.geo import LatLng, distance
from storymap.maps.geometries import Geometry, shape
from storymap.story.document import ChapterDocument

Kind = Literal["point", "line", "area"]
KINDS: dict[str, Kind] = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}
WORDS = ("name", "note", "source", "credit")  # what it may say of itself


@dataclass(frozen=True)
class Drawn:
    """One geometry of a feature. Coordinates are the author's, of the GeoJSON type `type` (RFC 7946)."""

    type: str
    coordinates: Any
    words: dict[str, str]

    @property
    def kind(self) -> Kind:
        return KINDS[self.type]

    @property
    def schematic(self) -> bool:
        """Whether it is drawn freely: its outline is a measured fact only when it names a source."""
        return not self.words.get("source", "").strip()

    @property
    def geometry(self) -> Geometry:
        """As the standard wants it: cut at the antimeridian, turned, without heights."""
        return shape(self.type, self.coordinates)

    @property
    def metres(self) -> float:
        """The length of a line over the ellipsoid, as it is drawn; 0 of anything else."""
        if self.kind != "line":
            return 0.0
        lines = [self.coordinates] if self.type == "LineString" else self.coordinates
        return sum(distance(_at(a), _at(b)) for line in lines for a, b in pairwise(line))


def drawn_in(chapter: ChapterDocument) -> Iterator[Drawn]:
    """Everything in the chapter's overlay; the parts of a collection one by one, with the words of the whole."""
    for feature in (chapter.overlay or {}).get("features") or ():
        words = feature.get("properties") or {}
        texts = {key: words[key] for key in WORDS if isinstance(words.get(key), str)}
        for part in _parts(feature.get("geometry") or {}):
            if part.get("type") in KINDS and part.get("coordinates"):
                yield Drawn(part["type"], part["coordinates"], texts)


def _parts(geometry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if geometry.get("type") == "GeometryCollection":
        for part in geometry.get("geometries") or ():
            yield from _parts(part)
    else:
        yield geometry


def _at(position: list[float]) -> LatLng:
    return LatLng(position[1], position[0])
