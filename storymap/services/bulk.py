"""What an import would do, row by row, before anything is written: the preview, and what the import carries out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from places.models import Citation, Event, Place, Source
from storymap.models import Moment, Story
from storymap.services.known import KnownPlaces, event_key, known_events
from storymap.services.known_sources import KnownSources
from storymap.services.naming import numbered, slug_of
from storymap.services.record import label_of, problems_of, speak
from storymap.services.table_rows import Draft, Mention

NEW, THERE, LINKED, LEFT = "new", "there", "linked", "left"


@dataclass(frozen=True)
class Planned:
    """`row` is new and unsaved, or the one that is there; `place` is that of an event, new or there as well."""

    draft: Draft
    verdict: str
    reasons: tuple[str, ...] = ()
    row: Any = None
    place: Place | None = None


def plan(story: Story, kind: str, drafts: Iterable[Draft], known: KnownPlaces) -> list[Planned]:
    """One entry for each draft, in its order. Writes nothing."""
    planner = _Planner(story, known)
    plan_one = planner.place if kind == "places" else planner.event
    return [plan_one(draft) if not draft.problems else Planned(draft, LEFT, draft.problems) for draft in drafts]


def new_sources(plan: Iterable[Planned]) -> list[Source]:
    """What the new events cite and the record does not have yet, each once."""
    events = [p.row for p in plan if p.verdict == NEW and isinstance(p.row, Event)]
    cited = [citation.source for event in events for citation in event.cited]
    return list({id(source): source for source in cited if not source.pk}.values())


class _Planner:
    def __init__(self, story: Story, known: KnownPlaces) -> None:
        self.language = story.default_language
        self.places = known
        self.events = known_events()
        self.told = set(Moment.objects.filter(chapter__story=story).values_list("event_id", flat=True))
        self.slugs = {
            Place: set(Place.objects.values_list("slug", flat=True)),
            Event: set(Event.objects.values_list("slug", flat=True)),
        }
        self.sources = KnownSources()
        self.lines: dict[Any, int] = {}  # of rows of the table itself

    def place(self, draft: Draft) -> Planned:
        there = self.places.like(draft)
        if there is None:
            row, problems = self._new_place(draft.values)
            if problems:
                return Planned(draft, LEFT, problems)
            self.lines[row.slug] = draft.line
            return Planned(draft, NEW, row=row)
        if reasons := self._repeats(there.slug) or _differing(there, draft.values):
            return Planned(draft, LEFT, reasons, there)
        return Planned(draft, THERE, (_("is in the record already"),), there)

    def event(self, draft: Draft) -> Planned:
        values = dict(draft.values)
        cited, problems = self._cited(values.pop("sources", ()))
        place, of_place = self._place_of(draft.place)
        key = event_key(values)
        there = self.events.get(values.get("slug") or key) or self.events.get(key)
        if there is not None and not problems:
            return self._event_that_is_there(draft, there)
        row, of_row = self._new_event(values, cited) if not problems and not of_place else (None, ())
        if problems or of_place or of_row:
            return Planned(draft, LEFT, (*problems, *of_place, *of_row))
        assert row is not None  # noqa: S101
        self.events |= {key: row, row.slug: row}
        self.lines[row.slug] = draft.line
        return Planned(draft, NEW, row=row, place=place)

    def _cited(self, mentions: Iterable[Mention]) -> tuple[list[Citation], list[str]]:
        cited: list[Citation] = []
        problems: list[str] = []
        for position, mention in enumerate(mentions):
            source, of_source = self.sources.found(mention)
            row = Citation(source=source, position=position, locator=mention.locator)
            speak(row, note={self.language: mention.note} if mention.note else {})
            problems += of_source or problems_of(row, but=("event", "source"))
            cited.append(row)
        return cited, problems

    def _event_that_is_there(self, draft: Draft, there: Event) -> Planned:
        if reasons := self._repeats(there.slug):
            return Planned(draft, LEFT, reasons, there)
        if draft.values.get("slug") == there.slug and (reasons := _differing(there, draft.values)):
            return Planned(draft, LEFT, reasons, there)
        if there.pk in self.told:
            return Planned(draft, THERE, (_("is told in the story already"),), there)
        self.lines[there.slug] = draft.line
        return Planned(draft, LINKED, (_("is in the record already and will be told here too"),), there)

    def _repeats(self, slug: str) -> tuple[str, ...]:
        line = self.lines.get(slug)
        return (_("says the same as line %(line)d") % {"line": line},) if line else ()

    def _place_of(self, draft: Draft | None) -> tuple[Place | None, tuple[str, ...]]:
        """The place that the row names, or a new one that later rows of the same name and position share."""
        if draft is None or draft.problems:
            return None, draft.problems if draft else ()
        if there := self.places.like(draft):
            return there, ()
        return self._new_place(draft.values)

    def _new_place(self, values: dict[str, Any]) -> tuple[Place, tuple[str, ...]]:
        told = {name: value for name, value in values.items() if name not in ("name", "slug")}
        row = Place(slug=self._slug(Place, values, values["name"]), **told)
        speak(row, name={self.language: values["name"]})
        problems = problems_of(row)
        if not problems:
            self.slugs[Place].add(row.slug)
            self.places.add(row, values["name"])
        return row, problems

    def _new_event(self, values: dict[str, Any], cited: list[Citation]) -> tuple[Event, tuple[str, ...]]:
        texts = {name: values.pop(name, "") for name in ("title", "summary", "attributed_to", "note")}
        row = Event(**{**values, "slug": self._slug(Event, values, texts["title"])})
        row.cited = cited  # until it is stored
        speak(row, **{name: {self.language: text} if text else {} for name, text in texts.items()})
        problems = problems_of(row)
        if not problems:
            self.slugs[Event].add(row.slug)
        return row, problems

    def _slug(self, model: type[Place] | type[Event], values: dict[str, Any], name: str) -> str:
        """The one that is given; else one of the name that nobody has."""
        if "slug" in values:
            return values["slug"]
        return numbered(slug_of(name, model._meta.model_name or ""), self.slugs[model])


def _differing(there: Any, values: dict[str, Any]) -> tuple[str, ...]:
    """Of a row that names its slug: what the table says otherwise. An import changes nothing that is there."""
    if not there.pk or "slug" not in values or there.slug != values["slug"]:
        return ()
    names = [n for n, value in values.items() if n not in ("sources", "slug") and not _says(there, n, value)]
    if not names:
        return ()
    told = {"slug": there.slug, "fields": ", ".join(label_of(there, name) for name in names)}
    return (_("“%(slug)s” is there with another %(fields)s: change it in its form") % told,)


def _says(there: Any, name: str, value: Any) -> bool:
    if name in there._parler_meta.get_all_fields():
        return any(getattr(spoken, name) == value for spoken in there.translations.all())
    return getattr(there, name) == value
