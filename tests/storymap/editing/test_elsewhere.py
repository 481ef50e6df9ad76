"""The same tests where several connections write at once: on a SQLite file, and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgresql import binaries, run_tests, server

HERE = "tests/storymap/editing"


def test_several_processes_share_a_file(tmp_path: Path) -> None:
    done = run_tests(f"{HERE}/test_at_once.py", TEST_DATABASE=str(tmp_path / "test.sqlite3"))
    assert done.returncode == 0 and "skipped" not in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL's programs (initdb, postgres) are not on this machine")
def test_the_same_holds_on_postgresql() -> None:
    files = [f"{HERE}/{name}.py" for name in ("test_at_once", "test_doors", "test_interleavings")]
    with server() as url:
        done = run_tests(
            *files, "-k", "vanishes or asked or service or overwrites", DATABASE_URL=url, INTERLEAVINGS="20"
        )
    assert done.returncode == 0 and "skipped" not in done.stdout, done.stdout + done.stderr
