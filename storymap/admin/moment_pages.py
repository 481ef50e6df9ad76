"""The moments of a very long chapter, so many at a time: its form shows one page of them, and a save moves no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest

from places.models import Place
from storymap.models import Chapter
from storymap.numbers import OF_A_KEY, whole

ROWS = 100  # of a page
PARAMETER = "moments"  # of the address: which page


@dataclass(frozen=True)
class Window:
    """What a form shows of the moments. `keys` are those of all, in the order in which they are told."""

    keys: list[int]
    shown: list[int]
    page: Page

    @property
    def before(self) -> list[int]:
        """Those that are told before the first that is shown."""
        return self.keys[: self.keys.index(self.shown[0])] if self.shown else self.keys

    @property
    def after(self) -> list[int]:
        """Those that are told after it and not shown."""
        hidden = {*self.before, *self.shown}
        return [key for key in self.keys if key not in hidden]

    @property
    def first(self) -> int:
        """The number of the first that is shown, counted from 1."""
        return len(self.before) + 1


def window_of(request: HttpRequest, chapter: Chapter | None) -> Window | None:
    """None where all have room. What was sent is the page that was shown then, whatever has been added since."""
    if chapter is None or not chapter.pk:
        return None
    keys = list(chapter.moments.order_by("position", "pk").values_list("pk", flat=True))
    if len(keys) <= ROWS:
        return None
    page = Paginator(keys, ROWS).get_page(request.GET.get(PARAMETER))
    if "moments-TOTAL_FORMS" not in request.POST:
        return Window(keys, list(page.object_list), page)
    names = (name for name in request.POST if name.startswith("moments-") and name.endswith("-id"))
    sent = {whole(request.POST[name], digits=OF_A_KEY) for name in names}
    return Window(keys, [key for key in keys if key in sent], page)


def beyond(window: Window, chapter: Chapter) -> list[dict[str, Any]]:
    """Where the moments lie that are not shown: what the map needs to show all places."""
    there = Q(events__moments__chapter=chapter)
    places = Place.objects.filter(there).exclude(events__moments__in=window.shown).distinct()
    return [{"lat": lat, "lng": lng, "radius": radius} for lat, lng, radius in places.values_list(*_WHERE)]


_WHERE = ("latitude", "longitude", "radius")
