"""The preview and the report of an import, as the templates show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from places.models import Event, Place
from storymap.admin.chapter.event_facts import date_words
from storymap.formats.tables.batches import Preview
from storymap.formats.tables.columns import FIELDS, LABELS
from storymap.formats.tables.positions import chosen_candidate
from storymap.models import ImportBatch, Story
from storymap.services.imports.known import sayings_of
from storymap.services.imports.planning import LEFT, LINKED, NEW, THERE, Planned, new_sources
from storymap.story.storyfile import EVENT_TEXTS

ROWS = 200  # of a page
_CHANGE = {
    "place": "admin:places_place_change",
    "event": "admin:places_event_change",
    "source": "admin:places_source_change",
    "chapter": "admin:storymap_chapter_change",
}


@dataclass(frozen=True)
class Line:
    number: int
    verdict: str
    word: str
    name: str
    when: str
    where: str
    at: str  # "lat,lng" for the map
    reasons: tuple[str, ...]
    choice: int | None  # of the texts that were searched
    candidates: list[list[Any]]
    chosen: int
    offers: list[tuple[int, str]]  # keys and words of events that the row may be joined to
    joined: int | None


def page_of(rows: Sequence[Any], number: str | None) -> Page:
    return Paginator(rows, ROWS).get_page(number)


def in_order_of_need(plan: Sequence[Planned]) -> list[Planned]:
    """Of a table that has no room on one page, what is left out first, then what asks something; else in its order."""
    if len(plan) <= ROWS:
        return list(plan)
    return sorted(plan, key=lambda planned: (planned.verdict != LEFT, not planned.offers))


def lines(shown: Iterable[Planned], preview: Preview, batch: ImportBatch) -> list[Line]:
    shown = list(shown)
    stories_of = stories_with(event for planned in shown for event in planned.offers)
    return [_line(planned, preview, batch, stories_of) for planned in shown]


def stories_with(events: Iterable[Event]) -> dict[int, list[str]]:
    """By the keys of events, the titles of the stories that narrate them."""
    titles: dict[int, list[str]] = defaultdict(list)
    stories = Story.objects.filter(chapters__moments__event__in={event.pk for event in events})
    pairs = stories.annotate(event=F("chapters__moments__event")).prefetch_related("translations").order_by("slug")
    for story in pairs:
        if str(story) not in titles[story.event]:
            titles[story.event].append(str(story))
    return titles


def numbers(preview: Preview) -> dict[str, int]:
    counts = Counter(planned.verdict for planned in preview.plan)
    verdicts = {"new": counts[NEW], "linked": counts[LINKED], "there": counts[THERE], "left": counts[LEFT]}
    offered = sum(bool(planned.offers) for planned in preview.plan)
    return {**verdicts, "sources": len(new_sources(preview.plan)), "offered": offered}


def _line(planned: Planned, preview: Preview, batch: ImportBatch, stories_of: dict[int, list[str]]) -> Line:
    table_row = planned.table_row
    place = planned.row if isinstance(planned.row, Place) else planned.place or getattr(planned.row, "place", None)
    values = table_row.place.values if table_row.place else table_row.values
    answer = batch.answers.get(table_row.asked, {}) if table_row.asked in preview.wanted else {}
    candidates = answer.get("candidates", [])
    return Line(
        number=table_row.line,
        verdict=planned.verdict,
        word=_verdict_words()[planned.verdict],
        name=table_row.name,
        when=" ".join(part for part in (table_row.values.get("date"), table_row.values.get("time")) if part),
        where=_place_words(place, values, is_event=batch.kind == "events"),
        at=f"{place.latitude},{place.longitude}" if place else "",
        reasons=planned.reasons,
        choice=preview.wanted.index(table_row.asked) if candidates else None,
        candidates=candidates,
        chosen=chosen_candidate(table_row.asked, batch.answers, batch.choices),
        offers=[(event.pk, _offer(event, planned, stories_of.get(event.pk, []))) for event in planned.offers],
        joined=batch.joined.get(str(table_row.line)),
    )


def _offer(event: Event, planned: Planned, stories: list[str]) -> str:
    """What an event of the record is, and what of it is not what the row says."""
    where = ", ".join(part for part in (date_words(event), str(event.place) if event.place else "") if part)
    narrated = _("narrated in %(stories)s") % {"stories": ", ".join(stories)} if stories else _("narrated in no story")
    texts = any(said[: len(EVENT_TEXTS)] == planned.said[: len(EVENT_TEXTS)] for said in sayings_of(event))
    place = any(said[-1] == planned.said[-1] for said in sayings_of(event))
    but = [words for same, words in ((texts, _("with another text")), (place, _("at another place"))) if not same]
    return " · ".join(part for part in (f"“{event}”", where, narrated, *but) if part)


def _place_words(place: Place | None, values: dict[str, Any], *, is_event: bool) -> str:
    said = [values.get("name", "")] if is_event else [values.get("address", "")]
    if place:
        said += [place.country, f"{place.latitude:.5f}, {place.longitude:.5f}"]
    return ", ".join(part for part in said if part)


def _verdict_words() -> dict[str, str]:
    return {NEW: _("new"), LINKED: _("will be narrated"), THERE: _("there already"), LEFT: _("left out")}


def columns(preview: Preview, batch: ImportBatch) -> list[dict[str, Any]]:
    """Each column with its first cells, and what it may mean."""
    options = [(field, LABELS[field]) for field in FIELDS[batch.kind]]
    samples = [[row.cells[n] for row in preview.table.rows[:20] if n < len(row.cells)] for n in range(60)]
    return [
        {
            "name": name or _("column %(number)d") % {"number": number + 1},
            "sample": next((cell.strip()[:40] for cell in samples[number] if cell.strip()), ""),
            "field": batch.columns[number],
            "options": options,
        }
        for number, name in enumerate(preview.table.header)
    ]


def created_counts(batch: ImportBatch) -> dict[str, int]:
    counts = Counter(one["kind"] for one in batch.created)
    return {kind: counts[kind] for kind in ("place", "source", "event", "moment", "chapter")}


def left_by_undo(batch: ImportBatch) -> list[dict[str, str]]:
    return [
        {"address": reverse(_CHANGE[kind], args=[key]), "slug": slug, "reason": reason}
        for kind, key, slug, reason in batch.left_in_place
    ]
