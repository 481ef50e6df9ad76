"""Places, sources and events as an import knows them again: by slug, position, address, text or date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from places.cities import fold
from places.models import Event, Place, Source
from storymap.models import Story
from storymap.services.imports.table_rows import Mention, TableRow
from storymap.services.stories.record import problems_of
from storymap.services.stories.slugs import numbered, slug_of
from storymap.story.storyfile import EVENT_TEXTS

NEAR = 0.0001  # degrees, some ten metres: positions are written with four decimals and more


class KnownPlaces:
    def __init__(self) -> None:
        self.by_slug: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        for row in Place.objects.prefetch_related("translations"):
            self.by_slug[row.slug] = row
            for name in {fold(spoken.name) for spoken in row.translations.all()}:
                self.by_name[name].append(row)

    def add(self, row: Place, name: str) -> None:
        """A new place, which later rows may name."""
        self.by_slug[row.slug] = row
        self.by_name[fold(name)].append(row)

    def like(self, table_row: TableRow) -> Place | None:
        """By its slug; or by its name, which may be written as a slug, where the position is the same or not given."""
        slug, name = table_row.values.get("slug"), table_row.values.get("name", "")
        if slug:
            return self.by_slug.get(slug)
        named = self.by_name.get(fold(name), [])
        if not table_row.has_position:
            return named[0] if len(named) == 1 else self.by_slug.get(name)
        return next((place for place in [*named, *self._of_slug(name)] if _is_near(place, table_row.values)), None)

    def _of_slug(self, slug: str) -> list[Place]:
        return [self.by_slug[slug]] if slug in self.by_slug else []

    def places_named(self, table_row: TableRow) -> list[Place]:
        """All of the name; where there are several, a row without a position must say which."""
        return self.by_name.get(fold(table_row.values.get("name", "")), [])


def _is_near(place: Place, values: dict[str, Any]) -> bool:
    across = abs(place.longitude - values["longitude"])
    return abs(place.latitude - values["latitude"]) < NEAR and min(across, 360 - across) < NEAR


class KnownSources:
    def __init__(self) -> None:
        self.slugs: dict[str, Source] = {}
        self.addresses: dict[str, Source] = {}
        self.titles: dict[str, Source] = {}
        for row in Source.objects.only("slug", "title", "url"):
            self._add(row)

    def source_for(self, mention: Mention) -> tuple[Source | None, tuple[str, ...]]:
        """The one that is there, or a new one which later rows share; or what is wrong with it."""
        if there := self._like(mention):
            return there, ()
        if "title" not in mention.fields:
            name = mention.names[0][:100] if mention.names else "?"
            return None, (_("there is no source “%(name)s”") % {"name": name},)
        row = self._new(mention)
        if problems := problems_of(row):
            return None, tuple(
                _("source “%(name)s”: %(problem)s") % {"name": row.title[:100], "problem": p} for p in problems
            )
        self._add(row)
        return row, ()

    def _like(self, mention: Mention) -> Source | None:
        """By its address; or by its slug or its title, unless what is told of it is of another source."""
        by_slug = next((self.slugs[name] for name in mention.names if name in self.slugs), None)
        by_address = next((self.addresses[name] for name in mention.names if name in self.addresses), None)
        if "title" not in mention.fields:
            return by_slug or by_address
        title, address = fold(mention.fields["title"]), mention.fields.get("url", "")
        if by_slug and (fold(by_slug.title) == title or (address and by_slug.url == address)):
            return by_slug
        by_title = self.titles.get(title)
        return by_address or (by_title if by_title and not (address and by_title.url) else None)

    def _new(self, mention: Mention) -> Source:
        fields = {"type": "webpage" if "url" in mention.fields else "document", **mention.fields}
        named = next((name for name in mention.names if name != mention.fields.get("url")), "")
        return Source(slug=numbered(named or slug_of(fields["title"], "source"), self.slugs), **fields)

    def _add(self, row: Source) -> None:
        self.slugs[row.slug] = row
        self.titles.setdefault(fold(row.title), row)
        if row.url:
            self.addresses.setdefault(row.url, row)


MOST = 5  # events that are offered for a row
Said = tuple[str, ...]  # all that an event says: its texts, its date and time, the slug of its place
Key = tuple[str, str, str]  # by which events look alike: folded title, date, time


def said_by(values: Mapping[str, Any], place: Place | None) -> Said:
    """What a row says. Equal for two rows that tell the same; spaces and ends of lines say nothing."""
    texts = (" ".join(values.get(name, "").split()) for name in EVENT_TEXTS)
    return (*texts, values.get("date", ""), values.get("time", ""), place.slug if place else "")


def sayings_of(event: Event) -> Iterator[Said]:
    """What an event of the record says, in each of its languages."""
    when = {"date": event.date, "time": event.time}
    for spoken in event.translations.all():
        yield said_by({name: getattr(spoken, name) for name in EVENT_TEXTS} | when, event.place)


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
        self._alike = _keys_alike(rows)
        wanted = {key for keys in self._alike.values() for key in keys}
        wanted |= {self.slugs[values["slug"]] for values in rows if values.get("slug") in self.slugs}
        self._offered = {event.pk: event for event in _with_texts(Event.objects.filter(pk__in=wanted))}

    def of_the_story(self, values: Mapping[str, Any], said: Said) -> Event | None:
        """The one that the row tells again: by the slug that it names, or by all that it says."""
        return self._by_slug.get(values.get("slug", "")) or self._by_saying.get(said)

    def likely_events(self, values: Mapping[str, Any], said: Said) -> tuple[Event, ...]:
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


def _keys_alike(rows: Iterable[Mapping[str, Any]]) -> dict[Key, list[int]]:
    """Keys of the events that have title, date and time of a row."""
    wanted = {_key_of(values) for values in rows}
    dates = {date for _title, date, _time in wanted}
    found: dict[Key, list[int]] = defaultdict(list)
    spoken = Event.objects.order_by("pk").values_list("pk", "translations__title", "date", "time")
    for pk, title, date, time in spoken.iterator():
        if date in dates and (key := (fold(title or ""), date, time)) in wanted and pk not in found[key]:
            found[key].append(pk)
    return found
