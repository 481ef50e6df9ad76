"""What an import would do, row by row, before anything is written: the preview, and what the import carries out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from places.models import Citation, Event, Place, Precision, Source
from storymap.models import Story
from storymap.services.imports.known import KnownEvents, KnownPlaces, KnownSources, Said, said_by
from storymap.services.imports.table_rows import Mention, TableRow
from storymap.services.stories.record import label_of, problems_of, set_texts
from storymap.services.stories.slugs import numbered, slug_of
from storymap.story.storyfile import EVENT_TEXTS

_PARTS = {"sources", "also_there", "journey", "slug"}  # of a row's values: what is no field of the model
NEW, THERE, LINKED, LEFT = "new", "there", "linked", "left"


@dataclass(frozen=True)
class Planned:
    """`row` is new and unsaved, or the one that is there; `place` is that of an event, new or there as well. `offers`
    are events of the record that the row may mean, and be joined to."""

    table_row: TableRow
    verdict: str
    reasons: tuple[str, ...] = ()
    row: Any = None
    place: Place | None = None
    offers: tuple[Event, ...] = ()
    said: Said = ()  # of an event


def plan(
    story: Story, kind: str, table_rows: Sequence[TableRow], known: KnownPlaces, joined: Mapping[int, int] | None = None
) -> list[Planned]:
    """One entry for each table row, in its order. Writes nothing. `joined` has, by the lines of the table, the keys of
    the events that its editor takes in place of new ones."""
    planner = (
        _PlacesPlanner(story, known) if kind == "places" else _EventsPlanner(story, known, table_rows, joined or {})
    )
    return [
        planner.plan(table_row) if not table_row.problems else Planned(table_row, LEFT, table_row.problems)
        for table_row in table_rows
    ]


def new_sources(plan: Iterable[Planned]) -> list[Source]:
    """What the new events cite and the record does not have yet, each once."""
    events = [p.row for p in plan if p.verdict == NEW and isinstance(p.row, Event)]
    cited = [citation.source for event in events for citation in event.cited]
    return list({id(source): source for source in cited if not source.pk}.values())


class _Planner:
    def __init__(self, story: Story, known: KnownPlaces) -> None:
        self.language = story.default_language
        self.places = known
        self.slugs: dict[type[Place] | type[Event], set[str]] = {Place: {*known.by_slug}}
        self.lines: dict[Any, int] = {}  # of rows of the table itself

    def _repeats(self, what: Any, line: int) -> tuple[str, ...]:
        """Why a row says nothing new; else it is remembered as the one that has said it."""
        if before := self.lines.get(what):
            return (_("says the same as line %(line)d") % {"line": before},)
        self.lines[what] = line
        return ()

    def _new_place(self, values: dict[str, Any]) -> tuple[Place, tuple[str, ...]]:
        told = {name: value for name, value in values.items() if name not in ("name", "slug")}
        row = Place(slug=self._slug(Place, values, values["name"]), **told)
        set_texts(row, name={self.language: values["name"]})
        problems = problems_of(row)
        if not problems:
            self.slugs[Place].add(row.slug)
            self.places.add(row, values["name"])
        return row, problems

    def _slug(self, model: type[Place] | type[Event], values: Mapping[str, Any], name: str) -> str:
        """The one that is given, else one of the name; with a number where another row has it."""
        return numbered(values.get("slug") or slug_of(name, model._meta.model_name or ""), self.slugs[model])


class _PlacesPlanner(_Planner):
    def plan(self, table_row: TableRow) -> Planned:
        there = self.places.like(table_row)
        if there is None:
            row, problems = self._new_place(table_row.values)
            if problems:
                return Planned(table_row, LEFT, problems)
            self.lines[row.slug] = table_row.line
            return Planned(table_row, NEW, row=row)
        if there.slug in self.lines:
            return Planned(table_row, LEFT, self._repeats(there.slug, table_row.line), there)
        if reasons := _differences(there, table_row.values):
            return Planned(table_row, LEFT, reasons, there)
        return Planned(table_row, THERE, (_("is in the record already"),), there)


class _EventsPlanner(_Planner):
    def __init__(
        self, story: Story, known: KnownPlaces, table_rows: Sequence[TableRow], joined: Mapping[int, int]
    ) -> None:
        super().__init__(story, known)
        self.events = KnownEvents(story, [table_row.values for table_row in table_rows if not table_row.problems])
        self.slugs[Event] = {*self.events.slugs}
        self.sources = KnownSources()
        self.joined = joined

    def plan(self, table_row: TableRow) -> Planned:
        values = dict(table_row.values)
        cited, problems = self._citations_of(values.pop("sources", ()))
        place, of_place = self._place_of(table_row.place)
        if problems or of_place:
            return Planned(table_row, LEFT, (*problems, *of_place))
        said = said_by(values, place)
        if there := self.events.of_the_story(values, said):
            return self._known_again(table_row, there)
        offers = self.events.likely_events(values, said)
        chosen = next((event for event in offers if event.pk == self.joined.get(table_row.line)), None)
        planned = self._plan_joined(table_row, chosen) if chosen else self._new(table_row, cited, place, said)
        return replace(planned, offers=offers, said=said)

    def _known_again(self, table_row: TableRow, there: Event) -> Planned:
        if reasons := _differences(there, table_row.values):
            return Planned(table_row, LEFT, reasons, there)
        return Planned(table_row, THERE, (_("is in the story already"),), there)

    def _plan_joined(self, table_row: TableRow, event: Event) -> Planned:
        if event.pk in self.events.told:
            return Planned(table_row, THERE, (_("is in the story already"),), event)
        if reasons := self._repeats(event.pk, table_row.line):
            return Planned(table_row, LEFT, reasons, event)
        return Planned(table_row, LINKED, (_("is in the record already and will be narrated here too"),), event)

    def _new(self, table_row: TableRow, cited: list[Citation], place: Place | None, said: Said) -> Planned:
        also, way, unknown = self._elsewhere(table_row.values)
        row, problems = self._new_event(table_row.values, cited)
        if not way:
            row.journey_mode = row.journey_date = ""
        row.also, row.way = also, way  # until it is stored
        if reasons := problems or self._repeats(said, table_row.line):
            return Planned(table_row, LEFT, reasons)
        self.slugs[Event].add(row.slug)
        return Planned(table_row, NEW, (*_slug_notes(row, table_row.values), *unknown), row, place)

    def _elsewhere(self, values: Mapping[str, Any]) -> tuple[list[Place], list[Place], tuple[str, ...]]:
        """Places also concerned and the stops of the journey; and what of them is left out because nothing is known
        of that name. Half a journey would be another one."""
        also, unknown = self._places_named(values.get("also_there", ()))
        way, unknown_stops = self._places_named(values.get("journey", ()))
        told = [_("without “%(place)s”, which is no place of the record") % {"place": text} for text in unknown]
        if unknown_stops:
            names = {"places": "; ".join(unknown_stops)}
            told.append(_("without its journey, because the record has no place called “%(places)s”") % names)
        return list(dict.fromkeys(also)), [] if unknown_stops else way, tuple(told)

    def _places_named(self, names: Iterable[str]) -> tuple[list[Place], list[str]]:
        """The places of these names or slugs, and the names of none."""
        found = [(name, self.places.like(TableRow(0, {"name": name}))) for name in names]
        return [place for _name, place in found if place], [name for name, place in found if not place]

    def _citations_of(self, mentions: Iterable[Mention]) -> tuple[list[Citation], list[str]]:
        cited: list[Citation] = []
        problems: list[str] = []
        for position, mention in enumerate(mentions):
            source, of_source = self.sources.source_for(mention)
            row = Citation(source=source, position=position, locator=mention.locator)
            set_texts(row, note={self.language: mention.note} if mention.note else {})
            problems += of_source or problems_of(row, but=("event", "source"))
            cited.append(row)
        return cited, problems

    def _place_of(self, table_row: TableRow | None) -> tuple[Place | None, tuple[str, ...]]:
        """The place that the row names, or a new one that later rows of the same name and position share."""
        if table_row is None or table_row.problems:
            return None, table_row.problems if table_row else ()
        if there := self.places.like(table_row):
            return there, ()
        return self._new_place(table_row.values)

    def _new_event(self, values: Mapping[str, Any], cited: list[Citation]) -> tuple[Event, tuple[str, ...]]:
        texts = {name: values.get(name, "") for name in EVENT_TEXTS}
        fields = {name: value for name, value in values.items() if name not in (*EVENT_TEXTS, *_PARTS)}
        row = Event(**{**fields, "slug": self._slug(Event, values, texts["title"])})
        row.cited = cited  # until it is stored
        set_texts(row, **{name: {self.language: text} if text else {} for name, text in texts.items()})
        return row, problems_of(row)


def _slug_notes(row: Event, values: Mapping[str, Any]) -> tuple[str, ...]:
    """That the slug which a row names is another event's, which is neither overwritten nor told in its place."""
    if row.slug == values.get("slug", row.slug):
        return ()
    slugs = {"slug": values["slug"], "own": row.slug}
    return (_("“%(slug)s” is the slug of another event: this one gets “%(own)s”") % slugs,)


def _differences(there: Any, values: dict[str, Any]) -> tuple[str, ...]:
    """Of a row that names its slug: what the table says otherwise. An import changes nothing that is there."""
    if not there.pk or "slug" not in values or there.slug != values["slug"]:
        return ()
    # that a position is a point is what an import takes it for where nothing is said
    unsaid = {"precision", "radius"} if values.get("precision") == Precision.POINT else set()
    names = [n for n, value in values.items() if n not in _PARTS | unsaid and not _says(there, n, value)]
    if not names:
        return ()
    told = {"slug": there.slug, "fields": ", ".join(label_of(there, name) for name in names)}
    return (_("“%(slug)s” is there with another %(fields)s: change it in its form") % told,)


def _says(there: Any, name: str, value: Any) -> bool:
    if name in there._parler_meta.get_all_fields():
        return any(getattr(spoken, name) == value for spoken in there.translations.all())
    return getattr(there, name) == value
