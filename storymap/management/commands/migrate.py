"""Django's `manage.py migrate`, by one process at a time, and with SQLite's write-ahead log switched on first."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from storymap.management.alone import alone, is_file, keep_wal


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with alone(connection):
            if is_file(connection):
                keep_wal(connection)
            super().handle(*args, **options)
