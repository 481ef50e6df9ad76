"""What still uses a part, and so keeps it from being deleted."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from places.models import Event, Person, Place, Source
from storymap.models import Chapter, Edition, Illustration, Story

MOST = 50


def uses_of(row: Any) -> list[Any]:
    """Events and chapters that name it; of a story, its editions."""
    match row:
        case Place():
            there = Q(place=row) | Q(stops__place=row) | Q(elsewhere__place=row)
            return list(Event.objects.filter(there).distinct()[:MOST])
        case Person():
            return list(Event.objects.filter(involvements__person=row).distinct()[:MOST])
        case Source():
            return list(Event.objects.filter(citations__source=row).distinct()[:MOST])
        case Event():
            return list(Chapter.objects.filter(moments__event=row).distinct()[:MOST])
        case Illustration():
            return list(Chapter.objects.filter(illustration=row)[:MOST])
        case Story():
            return list(Edition.objects.filter(story=row).order_by("-number")[:MOST])
    return []
