"""The published page against a bare Django view returning the same bytes, in one run, under the same gunicorn."""

from __future__ import annotations

import socket
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

from tests.bench.figures import Table

CLIENTS = 4
SECONDS = 3.0
ROUNDS = 5
ASKED = 400


def rate(url: str, headers: dict[str, str]) -> float:
    """Requests a second over kept connections. By a bare socket, so that the client costs little."""
    parts = urlsplit(url)
    lines = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()

    def client(_number: int) -> int:
        done, until = 0, time.monotonic() + SECONDS
        with socket.create_connection((parts.hostname, parts.port)) as connection:
            while time.monotonic() < until:
                connection.sendall(request)
                _read_answer(connection)
                done += 1
        return done

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(client, range(CLIENTS))) / SECONDS


def _read_answer(connection: socket.socket) -> None:
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += connection.recv(65536)
    if data[9:12] == b"304":
        return
    length = int(data[:end].lower().split(b"content-length:")[1].split(b"\r\n")[0])
    left = length - (len(data) - end - 4)
    while left > 0:
        left -= len(connection.recv(65536))


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
    table.add("  ratio", unchanged / view, "x", 0.9, at_least=True)


def measure_oembed(site: str, story: str, table: Table) -> None:
    """How long a consumer waits for what it embeds; one in a hundred may wait longer."""
    parts = urlsplit(site)
    path = f"/oembed?format=json&url={quote(site + story, safe='')}"
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    times = []
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        for _ in range(ASKED):
            began = time.perf_counter()
            connection.sendall(request)
            _read_answer(connection)
            times.append((time.perf_counter() - began) * 1000)
    table.add("oEmbed, 99 of 100 within", sorted(times)[int(ASKED * 0.99)], "ms", 50)
