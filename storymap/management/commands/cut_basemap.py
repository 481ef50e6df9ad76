"""`manage.py cut_basemap STORY --from SOURCE`: lays streets under the close views of a story."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from places.geo import Bounds
from places.models import Stale
from storymap.maps.ground.boxes import Box, box_of_bounds, boxes_of
from storymap.maps.ground.cutting import LARGEST, Cut, Result, SaidCredit, cut
from storymap.maps.ground.sources import material_of
from storymap.maps.ground.sources.material import CannotReadStreets
from storymap.models import Story
from storymap.services.history.versions import changing
from storymap.services.media.extracts import ExtractProblem
from storymap.services.media.files import CannotStore
from storymap.services.stories.save_extracts import overlaps_in_words, set_extract
from storymap.story.from_models import read_story
from storymap.story.localizing import localize

DEFAULT_NAME = "streets"


class Command(BaseCommand):
    help = "Cuts street data for the close views of a story, and lays it under them. Say --dry-run to see sizes only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", help="slug of the story")
        parser.add_argument(
            *("--from", "-f"),
            dest="source",
            required=True,
            help="a file (.osm.pbf, .pmtiles, GeoJSON, answer of Overpass), or the https address of a PMTiles archive "
            "or of an Overpass server (…/api/interpreter)",
        )
        parser.add_argument(
            *("--bounds",),
            type=_bounds,
            metavar="W,S,E,N",
            help="degrees; unless given, what the chapters and moments from zoom 11 on show (write --bounds=-77.1,…)",
        )
        parser.add_argument("--name", default="", help="of the extract; unless given, the chapter that shows it first")
        parser.add_argument("--attribution", default="", help="whose data it is; unless given, what the source says")
        parser.add_argument("--licence", default="", help="SPDX identifier; ODbL-1.0 for OpenStreetMap")
        parser.add_argument("--date", default="", help="state of the data: 2026, 2026-11, 2026-11-30")
        parser.add_argument("--output", type=Path, help="write the extract to this file, and leave the story as it is")
        parser.add_argument("--dry-run", action="store_true", help="store nothing")

    def handle(self, *args: Any, story: str, source: str, bounds: Bounds | None, **options: Any) -> None:
        row = Story.objects.filter(slug=story).first()
        if row is None:
            raise CommandError(f"There is no story {story!r}.")
        boxes = [_box_of(bounds)] if bounds else _close_views(row)
        said = SaidCredit(options["attribution"], options["licence"], options["date"])
        try:
            result = cut(boxes, material_of(source), said, self._say)
        except CannotReadStreets as problem:
            raise CommandError(f"Nothing was cut. {problem}") from None
        finally:
            self._say("")
        names = _names(result.cuts, options["name"])
        self._tell(result, names)
        if options["dry_run"]:
            self.stdout.write("Nothing was stored (--dry-run).")
        elif options["output"]:
            self._write(result.cuts, options["output"])
        else:
            self._store(row, result.cuts, names)

    def _say(self, said: str) -> None:
        """On one line of a terminal; nothing elsewhere."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{said}", ending="")
            self.stderr.flush()

    def _tell(self, result: Result, names: list[str]) -> None:
        credit = result.credit
        self.stdout.write(" · ".join(filter(None, [credit.attribution, credit.licence, credit.date])))
        for one, name in zip(result.cuts, names, strict=True):
            sizes = f"{len(one.content):,} bytes, {one.packed:,} packed"
            self.stdout.write(f"{name}: {_in_words(one.box)}: {sizes}")
            less = [f"without {kind}" for kind in one.left_out] + ["with coarser lines"] * one.coarser
            if less:
                self.stdout.write(f"  {', '.join(less)}, so that it is small enough")
            if one.is_large:
                self.stderr.write(f"  more than {LARGEST:,} bytes packed: choose a closer view, or smaller bounds")
        for box in result.empty:
            self.stderr.write(f"{_in_words(box)}: the source has no streets there")
        for note in result.notes:
            self.stderr.write(note)

    def _write(self, cuts: tuple[Cut, ...], output: Path) -> None:
        for number, one in enumerate(cuts, start=1):
            target = output if len(cuts) == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
            partial = target.with_name(f"{target.name}.{os.getpid()}.part")
            try:
                partial.write_bytes(one.content)
                partial.replace(target)
            except OSError as problem:
                partial.unlink(missing_ok=True)
                raise CommandError(f"{target} cannot be written: {problem.strerror}.") from None
            self.stdout.write(f"{target}: written")

    def _store(self, story: Story, cuts: tuple[Cut, ...], names: list[str]) -> None:
        """All or nothing, as one change of the story."""
        try:
            with changing(story, by=None, what="Streets cut") as changed:
                rows = [
                    set_extract(story=changed, name=name, content=one.content, by=None)
                    for one, name in zip(cuts, names, strict=True)
                ]
        except (ExtractProblem, CannotStore, Stale) as problem:
            raise CommandError(f"Nothing was stored. {problem}") from None
        for row in rows:
            if said := overlaps_in_words(row):
                self.stdout.write(f"{row.slug}: {said}")
        self.stdout.write(f"{story.slug}: {len(cuts)} stored. Publish the story to show them.")


def _bounds(text: str) -> Bounds:
    try:
        numbers = [float(number) for number in text.split(",")]
        if len(numbers) != 4:
            raise ValueError(f"there are {len(numbers)} numbers, not 4")
        return Bounds(*numbers)
    except ValueError as problem:
        raise ArgumentTypeError(f"{text!r} is not west,south,east,north in degrees: {problem}") from None


def _box_of(bounds: Bounds) -> Box:
    try:
        return box_of_bounds(bounds)
    except ValueError as problem:
        raise CommandError(f"Nothing was cut. {problem}.") from None


def _close_views(story: Story) -> list[Box]:
    read = read_story(story)
    boxes = boxes_of(localize(read.file, story.default_language, read.pictures))
    if not boxes:
        raise CommandError("No chapter or moment of this story has a view from zoom 11 on. Give --bounds=W,S,E,N.")
    return list(boxes)


def _names(cuts: tuple[Cut, ...], given: str) -> list[str]:
    """Each different: an extract of the same name is replaced."""
    names: list[str] = []
    for one in cuts:
        name = given or one.box.name or DEFAULT_NAME
        numbered = (f"{name} {number}" for number in count(2))
        names.append(name if name not in names else next(other for other in numbered if other not in names))
    return names


def _in_words(box: Box) -> str:
    edges = ",".join(f"{edge:g}" for edge in box.bounds.edges)
    return f"{edges} from zoom {box.min_zoom} on"
