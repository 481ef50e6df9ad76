"""What the picker of the place form asks: where a text is."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language, gettext as _

from places.coordinates import read
from places.geo import LatLng
from places.geocoding import Candidate, find
from places.models import Place, Precision

MOST_NEIGHBOURS = 2000


def answer_to(request: HttpRequest) -> JsonResponse:
    """A position that was pasted, a question whether it is swapped, candidates, or a problem with the next step."""
    if request.method != "GET":
        return JsonResponse({"problem": _("Only GET is answered here.")}, status=405)
    text = request.GET.get("q", "")
    if (reading := read(text)) is None:
        results = find(text, get_language() or "en")
        called = Counter(one.name for one in results.candidates)
        shown = [
            {
                "name": _distinct_name(one, called[one.name]),
                "at": [one.lat, one.lng],
                "precision": one.precision,
                "radius": one.radius,
            }
            for one in results.candidates
        ]
        problem = f"{results.problem} {_('Or click the map.')}" if results.problem else ""
        return JsonResponse({"candidates": shown, "attribution": results.attribution, "problem": problem})
    said = {"at": _pair(reading.at), "swapped": _pair(reading.swapped), "problem": reading.problem}
    return JsonResponse({**said, "precision": Precision.POINT, "radius": reading.radius})


def _distinct_name(one: Candidate, namesakes: int) -> str:
    return f"{one.name} ({one.lat:.2f}, {one.lng:.2f})" if namesakes > 1 else one.name


def _pair(at: LatLng | None) -> list[float] | None:
    return [at.lat, at.lng] if at else None


def neighbours(place: Place) -> list[list[float]]:
    """Where the other places are of the stories that use this one, or of all when none does yet."""
    others = Place.objects.exclude(pk=place.pk)
    stories = place.events.values("moments__chapter__story").exclude(moments=None) if place.pk else None
    if stories:
        others = others.filter(events__moments__chapter__story__in=stories)
    return [[lat, lng] for lat, lng in others.values_list("latitude", "longitude").distinct()[:MOST_NEIGHBOURS]]


def picker_words() -> dict[str, str]:
    return {
        "search": _("Find an address or name, or paste coordinates or a map link"),
        "find": _("Find"),
        "undo": _("Undo"),
        "map": _("Map: click it or drag the pin; arrow keys move the pin, with Shift ten times as far"),
        "searching": _("Searching …"),
        "failed": _("The search cannot be reached. Click the map, or type the coordinates."),
        "swap": _("Yes, swap them"),
        "zero": _("0, 0 lies in the sea off Africa: is this really meant?"),
        "far": _("This is {number} km from every other place of the story: is this really meant?"),
        "moved": _("The pin is at {at}, known to within {radius} m. If you know better, change precision and radius."),
        "results": _("Found places"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
    }
