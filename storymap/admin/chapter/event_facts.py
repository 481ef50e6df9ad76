"""What the chapter page says of an event: when, where, how far established, and where to put pins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language, gettext as _

from places import when
from places.models import AlsoThere, Event, JourneyStop, Place
from storymap.admin.editing.fields import KeySelect
from storymap.numbers import OF_A_KEY, whole_number

MOST = 500  # events that are asked about at once


def events_answer(request: HttpRequest) -> JsonResponse:
    """The facts of the events whose keys are given, for those who may see events."""
    if not request.user.has_perm("places.view_event"):
        raise PermissionDenied
    if request.method != "GET":
        return JsonResponse({"problem": _("Only GET is answered here.")}, status=405)
    keys = [whole_number(key, digits=OF_A_KEY) for key in request.GET.getlist("id")[:MOST]]
    return JsonResponse({"events": facts_of([key for key in keys if key is not None])})


def facts_of(keys: list[int]) -> list[dict[str, Any]]:
    """In the order of the keys, without those of no event."""
    known = {"stops": JourneyStop.objects, "elsewhere": AlsoThere.objects}
    read = [Prefetch(n, o.select_related("place").prefetch_related("place__translations")) for n, o in known.items()]
    events = Event.objects.filter(pk__in=keys).select_related("place")
    rows = {event.pk: event for event in events.prefetch_related("translations", "place__translations", *read)}
    return [_facts(rows[key]) for key in keys if key in rows]


def _facts(event: Event) -> dict[str, Any]:
    there = dict.fromkeys([*([event.place] if event.place else []), *(stop.place for stop in event.stops.all())])
    aside = dict.fromkeys(other.place for other in event.elsewhere.all() if other.place not in there)
    return {
        "id": event.pk,
        "slug": event.slug,
        "title": str(event),
        "words": facts_in_words(event),
        "places": [*(_place(place, aside=False) for place in there), *(_place(place, aside=True) for place in aside)],
    }


def _place(place: Place, *, aside: bool) -> dict[str, Any]:
    at = {"lat": place.latitude, "lng": place.longitude, "radius": place.radius}
    return {"slug": place.slug, "name": str(place), "aside": aside, **at}


def facts_in_words(event: Event) -> str:
    """17 December 1996, 20:20 · Residence of the Japanese ambassador · reported"""
    place = str(event.place) if event.place else _("no place")
    return " · ".join([date_words(event) or _("no date"), place, str(event.get_status_display())])


def date_words(event: Event) -> str:
    if not event.date:
        return ""
    day = when.words(event.date, get_language() or "en")
    return f"{day}, {event.time}" if event.time else day


class EventChoices(AutocompleteJsonView):
    """Django's answers to the search for an event, each with its date: several events may bear one title."""

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("translations")

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        day = date_words(obj)
        return {**result, "text": f"{result['text']} · {day}" if day else result["text"]}


class EventSelect(KeySelect):
    """The widget that asks EventChoices. `chosen` is the event that is stored: a form may have a hundred."""

    url_name = "%s:storymap_chapter_find_events"
    chosen: Event | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        if self.chosen is None or list(value) != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        option = self.create_option(name, self.chosen.pk, str(self.chosen), True, 0)  # noqa: FBT003  Django's signature
        return [(None, [option], 0)]
