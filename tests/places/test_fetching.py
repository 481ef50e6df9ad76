"""One deadline for the whole of an answer, however the server stretches it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from places.fetching import fetch

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
SLOW = {  # what comes at once, and what then comes byte by byte, each soon enough for a timeout that begins anew
    "the status": (b"", b"HTTP/1.1 200 " + b"O" * 400),
    "the headers": (b"HTTP/1.1 200 OK\r\n", b"X-Long: " + b"x" * 400),
    "the body": (b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n", b" " * 400),
    "a body in chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n" * 80),
}


class Dripping:
    """A server that takes half a minute for one answer, and notes how far it came before the other side had gone."""

    def __init__(self, at_once: bytes, then: bytes, pause: float = 0.05) -> None:
        self.at_once, self.then, self.pause = at_once, then, pause
        self.sent = 0
        self.over, self.left = Event(), Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}/"
        Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        asking, _address = self.socket.accept()
        with asking, contextlib.suppress(OSError):
            asking.sendall(self.at_once)
            for byte in self.then:
                asking.sendall(bytes([byte]))
                self.sent += 1
                self.over.wait(self.pause)
        self.left.set()

    def stop(self) -> None:
        self.over.set()
        self.socket.close()


@pytest.fixture
def servers() -> Iterator[list[Dripping]]:
    running: list[Dripping] = []
    yield running
    for server in running:
        server.stop()


@pytest.mark.parametrize("part", SLOW)
def test_a_slow_answer_is_left_before_its_end(part: str, servers: list[Dripping]) -> None:
    """Whichever part of it drips, the connection is closed while there is more to come."""
    servers.append(server := Dripping(*SLOW[part]))
    with pytest.raises(TimeoutError):
        fetch(f"http://{server.address}", headers={}, seconds=0.3)
    assert server.left.wait(30)
    assert server.sent < len(server.then)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_left(scheme: str) -> None:
    """Before the answer, and before the handshake."""
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError, match="timed out|too long"):
        fetch(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/", headers={}, seconds=0.3)


def test_it_may_be_asked_where_a_loop_runs_already(servers: list[Dripping]) -> None:
    async def ask(address: str) -> int:
        return fetch(address, headers={}, seconds=30).status

    servers.append(server := Dripping(HEAD, b"{}", pause=0))
    with ThreadPoolExecutor(1) as thread:  # in this one the browsers' loop may run
        assert thread.submit(lambda: asyncio.run(ask(f"http://{server.address}"))).result() == 200


def test_a_quick_answer_is_read_to_its_end(servers: list[Dripping]) -> None:
    servers.append(server := Dripping(HEAD, b"{}", pause=0))
    answer = fetch(f"http://{server.address}", headers={}, seconds=30)
    assert (answer.status, answer.headers["Content-Length"], answer.text) == (200, "2", "{}")
