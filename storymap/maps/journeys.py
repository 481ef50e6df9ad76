"""The ways that were travelled in an event: legs from stop to stop, how they are drawn, how long they are.

The record knows stops and not the way between them. A line over the globe joins them: of a flight it is the shortest
way, of anything else a mere sign that the one stop followed the other, and drawn as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from places.geo import LatLng, arc, distance, is_length_known
from storymap.maps.rings import Position, unwrapped_line
from storymap.story.document import EventDocument, PlaceDocument, StoryDocument

STEP = 100_000.0  # metres between the points of a line, which is finer than the eye on any screen


@dataclass(frozen=True)
class Leg:
    """From one stop to the next, which lies elsewhere."""

    start: PlaceDocument
    end: PlaceDocument

    @property
    def distance(self) -> float:
        """Metres over the ellipsoid between the two points by which the stops are drawn."""
        return distance(self.start.at, self.end.at)

    @property
    def metres(self) -> float | None:
        """The same for readers; None where the ends are not known well enough."""
        known = is_length_known(self.distance, self.start.radius, self.end.radius)
        return self.distance if known else None

    @property
    def line(self) -> list[Position]:
        """The shortest way over the globe as (longitude, latitude), running on across the antimeridian."""
        return arc_line([self.start.at, self.end.at])


def legs_of(document: StoryDocument, event: EventDocument) -> list[Leg]:
    """In order of travel; none where the event tells of no journey."""
    stops = [document.places[slug] for slug in (event.journey.stops if event.journey else ())]
    return [Leg(a, b) for a, b in pairwise(stops) if a.at != b.at]


def is_flown(event: EventDocument) -> bool:
    """Whether the shortest way over the globe is about the way that was taken."""
    return event.journey is not None and event.journey.mode == "air"


def length_of(legs: Sequence[Leg]) -> float | None:
    """Metres in straight lines from stop to stop; None where one has no length to tell, or there is none."""
    lengths = [leg.metres for leg in legs]
    return sum(known for known in lengths if known) if lengths and None not in lengths else None


def journey_line(legs: Sequence[Leg]) -> list[Position]:
    """The lines of all legs as one."""
    return arc_line([leg.start.at for leg in legs[:1]] + [leg.end.at for leg in legs])


def arc_line(stations: Sequence[LatLng]) -> list[Position]:
    """Arcs of great circles from each to the next as (longitude, latitude), running on across the antimeridian."""
    line: list[Position] = []
    for a, b in pairwise(stations):
        points = max(2, min(96, round(distance(a, b) / STEP)))
        line += [(point.lng, point.lat) for point in arc(a, b, points)][1 if line else 0 :]
    return unwrapped_line(line)
