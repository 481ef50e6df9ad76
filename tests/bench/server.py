"""The published page against a bare Django view returning the same bytes, in one run, under the same gunicorn."""

from __future__ import annotations

import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tests.bench.figures import Table

CLIENTS = 4
SECONDS = 3.0
ROUNDS = 3


def rate(url: str, headers: dict[str, str]) -> float:
    """Requests a second over kept connections."""
    parts = urlsplit(url)

    def client(_number: int) -> int:
        connection = http.client.HTTPConnection(parts.netloc)
        done, until = 0, time.monotonic() + SECONDS
        while time.monotonic() < until:
            connection.request("GET", parts.path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status not in (200, 304):
                raise RuntimeError(f"{url}: {answer.status}")
            done += 1
        connection.close()
        return done

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(client, range(CLIENTS))) / SECONDS


def measure(site: str, bare: str, etag: str, table: Table) -> None:
    """Alternating rounds, so that a busy neighbour disturbs both alike."""
    packed = {"Accept-Encoding": "br"}
    rounds = [
        (rate(bare, packed), rate(site, packed), rate(site, {**packed, "If-None-Match": etag})) for _ in range(ROUNDS)
    ]
    view, page, unchanged = (statistics.median(column) for column in zip(*rounds, strict=True))
    table.add("bare Django view of the same bytes", view, "/s")
    table.add("published page", page, "/s")
    table.add("  ratio", page / view, "x", 0.8, at_least=True)
    table.add("304", unchanged, "/s")
    table.add("  ratio", unchanged / view, "x", 1.0, at_least=True)
