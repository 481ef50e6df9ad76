"""Several processes begin on one empty database: each is ready, and what is done once is done once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
COUNT = "from storymap.models import Edition, Story; print(Story.objects.count(), Edition.objects.count())"
OPEN = """
import sys, django
django.setup()
from django.db import connection
print("ready", flush=True)
sys.stdin.readline()
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS seen (name text)")
"""


@pytest.fixture
def database(db: None, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'db.sqlite3'}"
        return
    name = f"empty_{uuid.uuid4().hex}"
    with connection._nodb_cursor() as cursor:  # outside of any transaction
        cursor.execute(f"CREATE DATABASE {name}")
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    yield f"{server}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(data: Path, database: str, *command: str) -> subprocess.Popen[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("STORYMAP_")},
        "DJANGO_SETTINGS_MODULE": "storymap.settings",
        "STORYMAP_DATA_DIR": str(data),
        "STORYMAP_SECRET_KEY": "a-key-for-one-process-" + "0" * 40,
        "DATABASE_URL": database,
    }
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, text=True, **streams)


def results(processes: list[subprocess.Popen[str]]) -> list[int]:
    for process in processes:
        _out, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
    return [process.returncode for process in processes]


def test_two_sites_that_start_at_once_both_start_and_load_the_first_story_once(tmp_path: Path, database: str) -> None:
    """As two machines with one PostgreSQL do, or a service that is started twice."""
    shutil.copytree(settings.STORYMAP_DATA_DIR / "atlas", tmp_path / "atlas")
    serving = [start(tmp_path, database, "manage.py", "serve", "--prepare") for _ in range(2)]
    assert results(serving) == [0, 0]
    counting = start(tmp_path, database, "manage.py", "shell", "--no-imports", "--command", COUNT)
    assert counting.communicate(timeout=60)[0].split() == ["1", "1"]
    if database.startswith("sqlite"):
        with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as file:
            assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_processes_that_open_a_new_file_at_once_do_not_refuse_each_other(tmp_path: Path, database: str) -> None:
    """A worker, a command and a job of the night, before anybody has migrated."""
    processes = [start(tmp_path, database, "-c", OPEN) for _ in range(4)]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    assert results(processes) == [0] * 4
