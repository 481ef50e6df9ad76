"""Asks one address over HTTP, with bounds on everything a slow or hostile server could stretch.

httpx is asked asynchronously: a cancelled task ends whatever the server is stretching, while a timeout of a socket
begins anew with every byte.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import anyio
import httpx

T = TypeVar("T")
LARGEST = 1_000_000  # bytes of an answer, unless more is asked for
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

logging.getLogger("httpx").setLevel(logging.WARNING)  # what people search for stays out of the log


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """Raises ValueError when it is not UTF-8."""
        return self.content.decode("utf-8")


def is_confidential(address: str) -> bool:
    """Whether nobody on the way can read or change what is asked and answered: https, or this machine itself."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _run(question: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """In a thread of its own: the caller's may have a loop that runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(question())).result()


@cache
def get_ready() -> None:
    """Load what a first answer needs: then the first takes as long as any other, and comes when it is its turn."""
    _run(_get_ready)


async def _get_ready() -> None:
    async with httpx.AsyncClient(verify=_tls_context()):
        await anyio.sleep(0)


def fetch(address: str, *, headers: Mapping[str, str], seconds: float, largest: int = LARGEST) -> Answer:
    """The answer, whatever its status; a redirect is not followed: where to ask is for the operator to say. The seconds
    are for all together, but for looking up the server's name, which cannot be hurried; `largest` is in bytes. Raises
    OSError, of which TimeoutError is one, or ValueError."""
    if not address.startswith(("http://", "https://")):
        raise ValueError("only http and https are asked")
    try:
        return _run(lambda: asyncio.wait_for(_answer(address, headers, seconds, largest), seconds))
    except TimeoutError:
        raise TimeoutError("the answer takes too long") from None
    except httpx.InvalidURL as problem:
        raise ValueError(str(problem)) from None
    except httpx.HTTPError as problem:
        raise OSError(str(problem)) from problem


@cache
def _tls_context() -> ssl.SSLContext:
    """The certificates that the machine trusts: reading them takes a while."""
    return ssl.create_default_context()


async def _answer(address: str, headers: Mapping[str, str], seconds: float, largest: int) -> Answer:
    """What is packed is refused: it may unpack to any size."""
    asking = {**headers, "Accept-Encoding": "identity"}
    async with (
        httpx.AsyncClient(verify=_tls_context(), timeout=seconds, follow_redirects=False) as client,
        client.stream("GET", address, headers=asking) as response,
    ):
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise ValueError("the answer is packed")
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > largest:
                raise ValueError("the answer is too large")
        return Answer(response.status_code, response.headers, bytes(body))
