"""`manage.py empty_trash`: what was deleted more than thirty days ago goes for good. `serve` does it at every start."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from storymap.models.revision import TRASH_LASTS
from storymap.services.history.trash import empty_trash


class Command(BaseCommand):
    help = "Forget for good what has been in the trash for thirty days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=TRASH_LASTS.days, help="other than thirty; 0 empties it")

    def handle(self, *args: Any, days: int, verbosity: int, **options: Any) -> None:
        count = empty_trash(before=timezone.now() - timedelta(days=max(0, days)))
        if verbosity:
            self.stdout.write(f"{count} forgotten")
