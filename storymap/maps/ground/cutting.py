"""Cutting streets: from boxes and a source to files of basemap extracts, each small enough for a reader's telephone."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from places.when import DateProblem, parse
from storymap.maps.ground.boxes import Box
from storymap.maps.ground.extract_file import encode
from storymap.maps.ground.features import Credit, Ground
from storymap.maps.ground.sources import grounds_from
from storymap.maps.ground.sources.gathering import Say, Wanted, meet
from storymap.maps.ground.sources.material import CannotReadStreets, Material
from storymap.maps.topology import Box as Extent

LARGEST = 60_000  # bytes packed: what a reader loads for one neighbourhood
LEFT_OUT_FIRST = ("building", "path", "block")  # where a neighbourhood is too large


@dataclass(frozen=True)
class Cut:
    """The file for one box."""

    box: Box
    content: bytes
    packed: int  # bytes, as it is sent
    left_out: tuple[str, ...] = ()  # kinds of the ground, so that it is small enough
    coarser: bool = False  # lines are thinned more than the zoom asks for, for the same reason

    @property
    def is_large(self) -> bool:
        return self.packed > LARGEST


@dataclass(frozen=True)
class Result:
    cuts: tuple[Cut, ...]
    credit: Credit
    notes: tuple[str, ...]  # what whoever cuts should know
    empty: tuple[Box, ...]  # where the source has nothing


@dataclass(frozen=True)
class SaidCredit:
    """What whoever cuts says of the data; where it is empty, the source's own word counts."""

    attribution: str = ""
    licence: str = ""
    date: str = ""  # EDTF


def cut(boxes: Sequence[Box], material: Material, said: SaidCredit, say: Say = lambda said: None) -> Result:
    """The files, with nothing stored. Raises CannotReadStreets when the source cannot be read, does not say whose data
    it holds, or has nothing of any box."""
    reading = grounds_from(material, [Wanted(box.bounds, box.kinds, round(box.zoom)) for box in boxes], say)
    credit = _credit(reading.credit, said, material.name)
    say("packing")
    cuts: list[Cut] = []
    empty: list[Box] = []
    for box, ground in zip(boxes, reading.grounds, strict=True):
        try:
            cuts.append(_fitted(box, ground, credit))
        except ValueError:  # nothing that can be seen lies within the bounds
            empty.append(box)
    if not cuts:
        raise CannotReadStreets(_why_nothing(material.name, reading.held, boxes))
    return Result(tuple(cuts), credit, reading.notes, tuple(empty))


def _why_nothing(name: str, held: Extent | None, boxes: Sequence[Box]) -> str:
    """In words; `held` is round all that was seen of the source."""
    said = _("%(name)s has no streets within these bounds.") % {"name": name}
    wanted = [box.bounds.edges for box in boxes]
    if held is None:
        return said
    west, south, east, north = held
    if any(meet(held, one) for one in wanted):
        more = _("Nothing there has a tag that is drawn at this zoom, such as highway=residential, or a “ground”.")
    elif any(meet((south, west, north, east), one) for one in wanted):
        more = _("Are longitude and latitude the wrong way round? Longitude comes first.")
    else:
        edges = {"west": f"{west:g}", "south": f"{south:g}", "east": f"{east:g}", "north": f"{north:g}"}
        more = _("What was found lies between %(west)s,%(south)s and %(east)s,%(north)s (longitude, latitude).") % edges
    return f"{said} {more}"


def _credit(own: Credit, said: SaidCredit, name: str) -> Credit:
    credit = replace(
        own,
        attribution=said.attribution or own.attribution,
        licence=said.licence or own.licence,
        date=said.date or own.date,
    )
    if not credit.attribution.strip():
        raise CannotReadStreets(_("%(name)s does not say whose data it holds. Give an attribution.") % {"name": name})
    try:
        if credit.date:
            parse(credit.date)
    except DateProblem:
        wrong = {"date": credit.date}
        raise CannotReadStreets(_("“%(date)s” is no EDTF date; write 2026, 2026-11 or 2026-11-30.") % wrong) from None
    return credit


def _fitted(box: Box, ground: Ground, credit: Credit) -> Cut:
    """As much of the ground as is small enough; only the most important where even that is too large. Raises ValueError
    when there is nothing."""
    kinds = {area.kind for area in ground.areas} | {line.kind for line in ground.lines}
    coarse = max(box.min_zoom, box.max_zoom - 1)
    steps = [(LEFT_OUT_FIRST[:count], box.max_zoom) for count in range(len(LEFT_OUT_FIRST) + 1)]
    for left_out, max_zoom in (*steps, (LEFT_OUT_FIRST, coarse)):
        thinner = _without(ground, left_out)
        content = encode(thinner, box.bounds, box.min_zoom, credit, max_zoom=max_zoom)
        there = tuple(kind for kind in left_out if kind in kinds)
        found = Cut(box, content, len(gzip.compress(content, mtime=0)), there, max_zoom < box.max_zoom)
        if not found.is_large:
            break
    return found


def _without(ground: Ground, kinds: Sequence[str]) -> Ground:
    areas = tuple(area for area in ground.areas if area.kind not in kinds)
    return Ground(areas, tuple(line for line in ground.lines if line.kind not in kinds), ground.names)
