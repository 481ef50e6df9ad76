"""One process at a time: what a site does once, at its first start, must not be done by two that start together."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

KEY = int.from_bytes(b"storymap")  # of PostgreSQL's advisory lock
PATIENCE = 20  # seconds
PAUSE = 0.05  # seconds


@contextmanager
def alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Whoever comes second waits until the first is done, on whatever machine it runs. Not to be nested."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
    elif is_file(connection):
        settings.STORYMAP_DATA_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.STORYMAP_DATA_DIR / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
            yield
    else:
        yield


def is_file(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "sqlite" and not connection.is_in_memory_db()  # type: ignore[attr-defined]


def keep_wal(connection: BaseDatabaseWrapper) -> None:
    """SQLite's file keeps a write-ahead log from now on, which it remembers: readers and a writer do not wait for each
    other. The switch needs the file for itself and does not wait by the connection's timeout, so it is tried again."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)
