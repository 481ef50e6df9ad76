"""Asks one address over HTTP, with bounds on everything a slow or hostile server could stretch. Pure."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.request import HTTPErrorProcessor, Request, build_opener

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
    """Raises OSError, http.client.HTTPException, TimeoutError or ValueError."""
    until = time.monotonic() + seconds
    if not address.startswith(("http://", "https://")):
        raise ValueError("only http and https are asked")
    with build_opener(EveryAnswer).open(Request(address, headers=dict(headers)), timeout=seconds) as response:  # noqa: S310
        return Answer(response.status, dict(response.headers), _body(response, until))


def _body(response: http.client.HTTPResponse, until: float) -> str:
    body = b""
    while chunk := response.read1(65_536):
        body += chunk
        if len(body) > LARGEST:
            raise ValueError("the answer is too large")
        if time.monotonic() > until:
            raise TimeoutError("the answer takes too long")
    if response.length:  # bytes that were announced and never came
        raise http.client.IncompleteRead(body, response.length)
    return body.decode("utf-8")
