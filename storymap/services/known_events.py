"""Events as an import knows them again: in its own story by text, place and date; in the record only as offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from places.models import Event, Place
from places.models.gazetteer import fold
from storymap.models import Story

TEXTS = ("title", "summary", "attributed_to", "note")
MOST = 5  # events that are offered for a row
Said = tuple[str, ...]  # all that an event says: its texts, its date and time, the slug of its place
Key = tuple[str, str, str]  # by which events look alike: folded title, date, time


def said_by(values: Mapping[str, Any], place: Place | None) -> Said:
    """What a row says. Equal for two rows that tell the same; spaces and ends of lines say nothing."""
    texts = (" ".join(values.get(name, "").split()) for name in TEXTS)
    return (*texts, values.get("date", ""), values.get("time", ""), place.slug if place else "")


def sayings_of(event: Event) -> Iterator[Said]:
    """What an event of the record says, in each of its languages."""
    when = {"date": event.date, "time": event.time}
    for spoken in event.translations.all():
        yield said_by({name: getattr(spoken, name) for name in TEXTS} | when, event.place)


class KnownEvents:
    """Those that a table may mean. One event is told once in a story, so there it is known again; two stories may each
    have an "Introduction", so an event that only others tell is nothing but an offer."""

    def __init__(self, story: Story, rows: Iterable[Mapping[str, Any]]) -> None:
        """`rows` are the values of the table's rows."""
        of_story = Q(moments__chapter__story=story) | Q(pk__in=story.also_recorded.order_by().values("pk"))
        self.told = {event.pk: event for event in _with_texts(Event.objects.filter(of_story).distinct())}
        self.slugs = dict(Event.objects.values_list("slug", "pk"))
        self._by_slug = {event.slug: event for event in self.told.values()}
        self._by_saying = {said: event for event in self.told.values() for said in sayings_of(event)}
        self._alike = _alike(rows)
        wanted = {key for keys in self._alike.values() for key in keys}
        wanted |= {self.slugs[values["slug"]] for values in rows if values.get("slug") in self.slugs}
        self._offered = {event.pk: event for event in _with_texts(Event.objects.filter(pk__in=wanted))}

    def of_the_story(self, values: Mapping[str, Any], said: Said) -> Event | None:
        """The one that the row tells again: by the slug that it names, or by all that it says."""
        return self._by_slug.get(values.get("slug", "")) or self._by_saying.get(said)

    def offered(self, values: Mapping[str, Any], said: Said) -> tuple[Event, ...]:
        """Events of the record that the row may mean: the likeliest first."""
        keys = [*self._alike.get(_key_of(values), ())]
        if (named := self.slugs.get(values.get("slug", ""))) and named not in keys:
            keys.append(named)
        found = [self._offered[key] for key in keys]
        found.sort(key=lambda event: (said not in set(sayings_of(event)), event.pk != named))
        return tuple(found[:MOST])


def _with_texts(events: Any) -> Any:
    return events.select_related("place").prefetch_related("translations", "place__translations")


def _key_of(values: Mapping[str, Any]) -> Key:
    return fold(values.get("title", "")), values.get("date", ""), values.get("time", "")


def _alike(rows: Iterable[Mapping[str, Any]]) -> dict[Key, list[int]]:
    """Keys of the events that have title, date and time of a row."""
    wanted = {_key_of(values) for values in rows}
    dates = {date for _title, date, _time in wanted}
    found: dict[Key, list[int]] = defaultdict(list)
    spoken = Event.objects.order_by("pk").values_list("pk", "translations__title", "date", "time")
    for pk, title, date, time in spoken.iterator():
        if date in dates and (key := (fold(title or ""), date, time)) in wanted and pk not in found[key]:
            found[key].append(pk)
    return found
