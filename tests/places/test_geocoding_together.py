"""Several processes ask one service: its clock, not ours, says that a second lies between any two questions."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
ASKING = """
import sys, django
django.setup()
from places.geocoding import find
print("ready", flush=True)
sys.stdin.readline()
for name in sys.argv[1:]:
    print(len(find(name, "en", patience=60).candidates))
"""


@pytest.fixture
def arrivals() -> Iterator[tuple[str, list[float]]]:
    """The address of a service, and when it was asked."""
    times: list[float] = []
    body = json.dumps([{"display_name": "Lima", "lat": "-12.05", "lon": "-77.04"}]).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            times.append(time.monotonic())
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", times
    server.shutdown()
    server.server_close()


def asker(file: Path, service: str, *names: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{file}",
        "STORYMAP_GEOCODER_URL": service,
        "STORYMAP_GEOCODER_CONTACT": "maps@example.org",
    }
    command = [sys.executable, "-c", ASKING, *names]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.django_db
@pytest.mark.slow
def test_two_processes_together_ask_once_a_second(tmp_path: Path, arrivals: tuple[str, list[float]]) -> None:
    """They begin at the same moment, and every question is answered."""
    if connection.vendor != "sqlite":
        pytest.skip("the processes share a file")
    with connection.cursor() as ours, closing(sqlite3.connect(tmp_path / "db.sqlite3")) as theirs:
        ours.execute("SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'places_g%' OR tbl_name LIKE 'places_c%'")
        theirs.executescript(";".join(sql for (sql,) in ours.fetchall() if sql))
    service, times = arrivals
    names = (("Los Laureles 181", "Los Laureles 182"), ("Los Laureles 183",))
    askers = [asker(tmp_path / "db.sqlite3", service, *some) for some in names]
    assert [each.stdout.readline() for each in askers if each.stdout] == ["ready\n", "ready\n"]
    for each in askers:
        assert each.stdin
        each.stdin.write("\n")
        each.stdin.flush()
    assert [each.communicate(timeout=120)[0].split() for each in askers] == [["1", "1"], ["1"]]
    assert len(times) == 3
    # turns lie 1.2 seconds apart; a busy machine may deliver one question late and the next on time
    assert [later - earlier for earlier, later in pairwise(times) if later - earlier < 0.75] == []
