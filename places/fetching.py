"""Asks one address over HTTP, with bounds on everything a slow or hostile server could stretch. Pure."""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.request import HTTPErrorProcessor, HTTPHandler, HTTPSHandler, Request, build_opener

LARGEST = 1_000_000  # bytes of an answer


class EveryAnswer(HTTPErrorProcessor):
    """No status is an error here, and no redirect is followed: where to ask is for the operator to say."""

    def http_response(self, request: Request, response: http.client.HTTPResponse) -> http.client.HTTPResponse:
        return response

    https_response = http_response


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


def fetch(address: str, *, headers: Mapping[str, str], seconds: float) -> Answer:
    """The seconds are for all together. Raises OSError, http.client.HTTPException, TimeoutError or ValueError."""
    if not address.startswith(("http://", "https://")):
        raise ValueError("only http and https are asked")
    until = time.monotonic() + seconds
    opener = build_opener(EveryAnswer, _Plain(until), _Secure(until))
    with opener.open(Request(address, headers=dict(headers)), timeout=seconds) as response:  # noqa: S310
        return Answer(response.status, dict(response.headers), _body(response))


def _body(response: http.client.HTTPResponse) -> str:
    body = b""
    while chunk := response.read1(65_536):
        body += chunk
        if len(body) > LARGEST:
            raise ValueError("the answer is too large")
    if response.length:  # bytes that were announced and never came
        raise http.client.IncompleteRead(body, response.length)
    return body.decode("utf-8")


def _left(until: float) -> float:
    if (seconds := until - time.monotonic()) <= 0:
        raise TimeoutError("the answer takes too long")
    return seconds


class _UntilThen(io.RawIOBase):
    """What comes from a socket. A timeout of the socket's own begins anew with every byte; this one does not."""

    def __init__(self, connected: socket.socket, until: float) -> None:
        self._socket, self._until = connected, until
        self._raw = connected.makefile("rb", buffering=0)  # keeps the connection open for as long as this is

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(_left(self._until))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, connected: socket.socket, *arguments: Any, until: float, **options: Any) -> None:
        super().__init__(connected, *arguments, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_UntilThen(connected, until))


def _connected(address: tuple[str, int], *_rest: Any, until: float) -> socket.socket:
    """To the first of the server's addresses that answers; looking up its name is all that cannot be hurried."""
    problem: OSError = OSError("no address")
    for *_kind, found in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
        try:
            connected = socket.create_connection((str(found[0]), int(found[1])), _left(until))
        except TimeoutError:
            raise
        except OSError as refused:
            problem = refused
        else:
            connected.settimeout(_left(until))  # for a handshake, which is timed as a whole
            return connected
    raise problem


def _timed(kind: type[http.client.HTTPConnection], until: float, host: str, **options: Any) -> Any:
    connection = kind(host, **options)
    connection.response_class = partial(_Response, until=until)  # type: ignore[assignment]
    connection._create_connection = partial(_connected, until=until)  # type: ignore[attr-defined]
    return connection


class _Plain(HTTPHandler):
    def __init__(self, until: float) -> None:
        super().__init__()
        self._until = until

    def http_open(self, request: Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_timed, http.client.HTTPConnection, self._until), request)


class _Secure(HTTPSHandler):
    def __init__(self, until: float) -> None:
        super().__init__()
        self._until = until

    def https_open(self, request: Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_timed, http.client.HTTPSConnection, self._until), request)
