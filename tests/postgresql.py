"""`python -m tests.postgresql`: what depends on the database once more, on a PostgreSQL server of one's own.

The server lives in a temporary directory, where its programs are on the machine. Files to run may be given.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.everything import ROOT, WORKERS, spread
from tests.extent import LARGE

HEEDLESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # a power cut may take the tests along
LOCALE = ("--locale", "C.UTF-8")  # knows the capitals of every alphabet
# Not everything that touches the database, but what it may answer differently: the rest asks it nothing that these
# do not ask. `make fuzz` runs whatever touches it.
PARTS = (
    # constraints, numbers out of range, NUL and texts that are too long for their column
    "tests/places/test_models.py",
    *(f"tests/security/test_{name}.py" for name in ("bad_input", "bad_queries")),
    *(
        f"tests/storymap/services/stories/test_{name}.py"
        for name in ("save_story_file", "save_story_file_problems", "renaming", "slugs")
    ),
    # triggers: what the database refuses to change or to forget
    "tests/storymap/admin/test_audit_log.py",
    "tests/storymap/services/history/test_audit.py",
    *(f"tests/storymap/services/publishing/test_{name}.py" for name in ("publishing", "ending")),
    # locks, rows that are written or changed at the same time, what is taken back after a failure
    "tests/places/test_geocoding_together.py",
    *(f"tests/storymap/admin/editing/test_{name}.py" for name in ("at_once", "guarded")),
    *(
        f"tests/storymap/services/{name}.py"
        for name in (
            "imports/test_imports",
            "stories/test_presence",
            "media/test_files",
            "history/test_trash",
            "history/test_versions",
        )
    ),
    # search
    "tests/places/test_finds.py",
    *(f"tests/storymap/admin/record/test_{name}.py" for name in ("place_search", "source_list")),
    # JSON, and what is ordered, counted or grouped: each list and page of the admin once, by somebody who may see all
    "tests/storymap/services/stories/test_autosaves.py",
    "tests/storymap/services/history/test_restoring.py",
    "tests/storymap/api/test_stories.py",
    "tests/security/test_policy.py::test_everybody_gets_what_the_policy_says[superuser]",
)
EVERYTHING = ("tests/places", "tests/security", "tests/storymap")


def binaries() -> Path | None:
    """Where initdb and postgres are; the newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    on_path = shutil.which("initdb")
    found = [*folders, *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """Its address for DATABASE_URL. PostgreSQL refuses to run as root: then another account runs it."""
    programs = binaries()
    assert programs is not None
    account = _account()
    with tempfile.TemporaryDirectory(prefix="storymap-pg-") as folder:
        if account:
            os.chown(folder, account["user"], account["group"])
        data = f"{folder}/data"
        initdb = [
            str(programs / "initdb"),
            "-D",
            data,
            "-U",
            "storymap",
            "-A",
            "trust",
            "-E",
            "UTF8",
            *LOCALE,
            "--no-sync",
        ]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **account)
        port = _free_port()
        options = ["-h", "127.0.0.1", "-p", str(port), "-k", folder, *(f"--{setting}" for setting in HEEDLESS)]
        running = subprocess.Popen(
            [str(programs / "postgres"), "-D", data, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **account,
        )
        try:
            _wait(port, running)
            yield f"postgres://storymap@127.0.0.1:{port}/postgres"
        finally:
            running.terminate()
            running.wait(60)


def _account() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, running: subprocess.Popen) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # polling a process, not waiting for a behaviour
    raise RuntimeError("PostgreSQL did not start")


def main() -> int:
    if binaries() is None:
        print("skipped: PostgreSQL's programs (initdb, postgres) are not on this machine")
        return 0
    parts, which, workers = (EVERYTHING, "", spread(WORKERS)) if LARGE else (PARTS, " and not slow", [])
    tests = [*(sys.argv[1:] or parts), "-m", f"django_db{which}", *workers, "-rs"]
    with server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run([sys.executable, "-m", "pytest", *tests], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
