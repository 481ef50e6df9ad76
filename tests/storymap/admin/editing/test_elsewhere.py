"""Where several connections write at once, on a SQLite file; on PostgreSQL tests/postgresql.py runs the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.slow
def test_several_processes_share_a_file(tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "STORYMAP_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/storymap/admin/editing/test_at_once.py", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={**plain, "TEST_DATABASE": str(tmp_path / "test.sqlite3")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "skipped" not in done.stdout, done.stdout + done.stderr
