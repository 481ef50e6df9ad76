"""Events and places: what can be checked about them must be there, and they lie where they were meant to be."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from places.models import ClaimStatus
from storymap.story.document import THIN, support_of
from storymap.story.problem import Parts, Problem, missing, warning
from storymap.story.storyfile import EventEntry, PlaceEntry, StoryFile

# ids that pages use themselves
_OF_THE_PAGE = re.compile(r"story|words|fuzzy|axis-break|also-in-the-record|who-is-who|(chapter|title|when|shape)-.*")


def event_problems(event: EventEntry, story: StoryFile, parts: Parts) -> Iterator[Problem]:
    where = f"events/{event.slug}"
    if _OF_THE_PAGE.fullmatch(event.slug):
        taken = _("This name is taken by the page itself: an address could not lead to the event.")
        yield Problem(f"{where}/slug", taken)
    if parts.told[event.slug] > 1:
        yield Problem(f"{where}/slug", _("is narrated in two chapters: an address can lead to one of them only"))
    yield from missing(event.title, f"{where}/title", story)
    if event.summary:
        yield from missing(event.summary, f"{where}/summary", story)
    if not event.citations:
        yield Problem(f"{where}/citations", _("has no source"))
    yield from _thin(event, where, parts)
    if event.status != ClaimStatus.DOCUMENTED:
        yield from _lacks_attribution(event, where, story)


def _thin(event: EventEntry, where: str, parts: Parts) -> Iterator[Problem]:
    """“Documented” promises more than one retelling. Of a claim the attribution says already whose it is."""
    known = [citation for citation in event.citations if citation.source in parts.sources]
    if event.status == ClaimStatus.DOCUMENTED and known and support_of(known, parts.sources) in THIN:
        what = _("is documented, and rests on one secondary source: cite another, or say who reports it")
        yield warning(f"{where}/citations", what)


def _lacks_attribution(event: EventEntry, where: str, story: StoryFile) -> Iterator[Problem]:
    if event.attributed_to.get(story.default_language):
        yield from missing(event.attributed_to, f"{where}/attributed_to", story)
        return
    what = _("is %(status)s: say by whom") % {"status": ClaimStatus(event.status).label}
    yield Problem(f"{where}/attributed_to", what, language=story.default_language)


ZERO = 0.01  # degrees round 0, 0
FAR = 2000.0  # kilometres beyond the spread of the other places
SWAPPED_NEAR = 0.1  # of the distance: with the numbers swapped, the place would be that much nearer to the others
SQUARE = 5.0  # degrees: at most 790 km from corner to corner, which is less than FAR
EARTH = 6371.0
At = tuple[float, float]


def place_problems(story: StoryFile) -> Iterator[Problem]:
    """Of the places that readers see, those at 0, 0, and those far from all the others."""
    shown = {slug for e in story.events for slug in e.places}
    places = [place for place in story.places if place.slug in shown]
    for place in places:
        yield from missing(place.name, f"places/{place.slug}/name", story)
        if _is_zero(place):
            yield warning(
                f"places/{place.slug}/latitude", _("lies at 0, 0, in the sea off Africa: is this really meant?")
            )
    meant = [place for place in places if not _is_zero(place)]
    for place in _without_neighbours(meant):
        others = [(p.lat, p.lng) for p in meant if p is not place]
        if what := _oddity_of((place.lat, place.lng), others):
            yield warning(f"places/{place.slug}/latitude", what)


def _is_zero(place: PlaceEntry) -> bool:
    return abs(place.lat) < ZERO and abs(place.lng) < ZERO


def _without_neighbours(places: list[PlaceEntry]) -> list[PlaceEntry]:
    """Those that share their square of the earth with no other: whoever has a neighbour there is not far from all."""
    squares = [(place.lat // SQUARE, place.lng // SQUARE) for place in places]
    taken = Counter(squares)
    return [place for place, square in zip(places, squares, strict=True) if taken[square] == 1]


def _oddity_of(at: At, others: list[At]) -> str:
    """Of two places nobody can say which one is far from the other."""
    if any(_km(at, other) <= FAR for other in others):
        return ""
    nearest = min((_km(at, other) for other in others), default=0.0)
    if nearest <= FAR + _spread(others):
        return ""
    lat, lng = at
    if abs(lng) <= 90 and min(_km((lng, lat), other) for other in others) < nearest * SWAPPED_NEAR:
        return _("is far from every other place; with latitude and longitude swapped it would be among them")
    if len(others) < 2:
        return ""
    return _("is %(km)s km from every other place of the story: is this really meant?") % {"km": round(nearest)}


def _spread(places: list[At]) -> float:
    """How far apart the places lie, in kilometres: from one to the farthest of it, and on, until that gets no farther.
    All pairs would be millions."""
    spread, here = -1.0, places[0] if places else (0.0, 0.0)
    while True:
        reach, there = max(((_km(here, at), at) for at in places), default=(0.0, here))
        if reach <= spread:
            return spread
        spread, here = reach, there


def _km(a: At, b: At) -> float:
    """On a sphere: here a thousandth more or less does not matter."""
    (lat, lng), (to_lat, to_lng) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    h = math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lng - lng) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, h)))
