"""`manage.py import_story PATH`: load a story folder or zip of our own format as a draft."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from storymap.formats.load import load_path
from storymap.services.publishing.publish import CannotPublish, publish
from storymap.services.stories.save_story_file import CannotSave
from storymap.story.problem import CannotRead


class Command(BaseCommand):
    help = "Load a story folder or zip as a draft; parts that are already there and equal are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--publish", action="store_true", help="publish it, when something has changed")

    def handle(self, *args: Any, path: Path, publish: bool, **options: Any) -> None:
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        _check_tables()
        try:
            report = load_path(path)
        except (CannotRead, CannotSave) as problem:
            raise CommandError(f"Nothing was loaded.\n{problem}") from None
        self.stdout.write(
            f"{report.story.slug}: {report.created} created, {report.changed} changed, {report.unchanged} unchanged"
        )
        if publish and (report.created or report.changed or not report.story.editions.exists()):
            self._publish(report.story)

    def _publish(self, story: Any) -> None:
        try:
            edition = publish(story=story, by=None)
        except CannotPublish as refused:
            raise CommandError(f"It was loaded, but not published.\n{refused}") from None
        self.stdout.write(f"{story.slug}: published as edition {edition.number}")


def _check_tables() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("Nothing was loaded. The database lacks tables of this release: run migrate first.")
