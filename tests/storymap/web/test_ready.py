"""Readiness of a process of its own, when what it stands on is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow
ASK = """
import django, json
django.setup()
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
ready, lives = client.get("/readyz"), client.get("/healthz")
print(json.dumps([ready.status_code, ready.json(), lives.status_code]))
"""


def asked(data: Path, **environment: str) -> list[object]:
    variables = {
        "DJANGO_SETTINGS_MODULE": "storymap.settings",
        "STORYMAP_DATA_DIR": str(data),
        "STORYMAP_SECRET_KEY": "a-key-for-one-process-" + "0" * 40,
        **environment,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STORYMAP_")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        cwd=settings.BASE_DIR,
        env={**kept, **variables},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout.splitlines()[-1])


def test_a_process_whose_database_is_gone_lives_and_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    gone = f"sqlite:///{tmp_path}/nowhere/db.sqlite3"
    assert asked(tmp_path, DATABASE_URL=gone) == [503, {"ready": False}, 200]


def test_a_process_whose_database_is_no_database_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "db.sqlite3").write_bytes(b"this is no database" * 100)
    assert asked(tmp_path) == [503, {"ready": False}, 200]


def test_a_process_with_an_empty_database_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    assert asked(tmp_path) == [503, {"ready": False}, 200]
