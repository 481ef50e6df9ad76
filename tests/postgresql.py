"""A PostgreSQL server of one's own, where its programs are on the machine: in a temporary directory, for one test.

with server() as url: run_tests("tests/…", DATABASE_URL=url)
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

ROOT = Path(__file__).resolve().parent.parent


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
        initdb = [str(programs / "initdb"), "-D", data, "-U", "storymap", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **account)
        port = _free_port()
        options = ["-h", "127.0.0.1", "-p", str(port), "-k", folder, "-F", "-c", "full_page_writes=off"]
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
            running.wait(30)


def run_tests(*paths: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """pytest over these files in a process of its own, with other settings."""
    command = [sys.executable, "-m", "pytest", *paths, "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "STORYMAP_"))}
    return subprocess.run(command, cwd=ROOT, env={**plain, **environment}, capture_output=True, text=True)


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
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # polling a process, not waiting for a behaviour
    raise RuntimeError("PostgreSQL did not start")
