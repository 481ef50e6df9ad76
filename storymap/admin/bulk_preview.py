"""The preview and the report of an import, as the templates show them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from places.models import Place
from storymap.interchange.batches import Preview
from storymap.interchange.formats.columns import FIELDS, LABELS
from storymap.interchange.positions import chosen
from storymap.models import ImportBatch
from storymap.services.bulk import LEFT, LINKED, NEW, THERE, Planned, new_sources

MOST = 500  # rows shown of those that have no problem; and of those that have one
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


def lines(preview: Preview, batch: ImportBatch) -> list[Line]:
    """Every row with a problem and the others, up to a number of each, in the order of the table."""
    counted: Counter[bool] = Counter()
    shown = []
    for planned in preview.plan:
        bad = planned.verdict == LEFT
        counted[bad] += 1
        if counted[bad] <= MOST:
            shown.append(_line(planned, preview, batch))
    return shown


def numbers(preview: Preview) -> dict[str, int]:
    found = Counter(planned.verdict for planned in preview.plan)
    verdicts = {"new": found[NEW], "linked": found[LINKED], "there": found[THERE], "left": found[LEFT]}
    return {**verdicts, "sources": len(new_sources(preview.plan))}


def _line(planned: Planned, preview: Preview, batch: ImportBatch) -> Line:
    draft = planned.draft
    place = planned.row if isinstance(planned.row, Place) else planned.place or getattr(planned.row, "place", None)
    values = draft.place.values if draft.place else draft.values
    answer = batch.answers.get(draft.asked, {}) if draft.asked in preview.wanted else {}
    candidates = answer.get("candidates", [])
    return Line(
        number=draft.line,
        verdict=planned.verdict,
        word=_words()[planned.verdict],
        name=draft.name,
        when=" ".join(part for part in (draft.values.get("date"), draft.values.get("time")) if part),
        where=_where(place, values, is_event=batch.kind == "events"),
        at=f"{place.latitude},{place.longitude}" if place else "",
        reasons=planned.reasons,
        choice=preview.wanted.index(draft.asked) if candidates else None,
        candidates=candidates,
        chosen=chosen(draft.asked, batch.answers, batch.choices),
    )


def _where(place: Place | None, values: dict[str, Any], *, is_event: bool) -> str:
    said = [values.get("name", "")] if is_event else [values.get("address", "")]
    if place:
        said += [place.country, f"{place.latitude:.5f}, {place.longitude:.5f}"]
    return ", ".join(part for part in said if part)


def _words() -> dict[str, str]:
    return {NEW: _("new"), LINKED: _("will be told"), THERE: _("there already"), LEFT: _("left out")}


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


def made(batch: ImportBatch) -> dict[str, int]:
    found = Counter(one["kind"] for one in batch.created)
    return {kind: found[kind] for kind in ("place", "source", "event", "moment", "chapter")}


def kept(batch: ImportBatch) -> list[dict[str, str]]:
    return [
        {"address": reverse(_CHANGE[kind], args=[key]), "slug": slug, "reason": reason}
        for kind, key, slug, reason in batch.kept
    ]
