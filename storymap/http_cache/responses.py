"""Bodies made once and stored compressed, and the answers that carry them: ETags, 304, brotli or gzip, ranges, CORS."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

import brotli
from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone

from storymap.numbers import OF_A_KEY

SHARED = 60  # seconds: shared caches learn of a takedown in a minute
YEAR = 31_536_000
BRIEF = f"public, max-age=0, s-maxage={SHARED}, must-revalidate"
ENCODINGS = ("br", "gzip", "identity")
FOREVER = f"public, max-age={YEAR}, immutable"
USUAL = 9  # quality of brotli
THOROUGH = 10  # 8 % less than the usual, which spares a usual story one round trip on a new connection
SHORT = 500_000  # bytes; of more, it would take seconds


def brief(changes: datetime | None) -> str:
    """Of a page: in no shared cache longer than until it is known to change."""
    left = _seconds_until(changes)
    return BRIEF if left >= SHARED else BRIEF.replace(f"s-maxage={SHARED}", f"s-maxage={left}")


def forever(ends: datetime | None) -> str:
    """Of what belongs to one edition: as long as its story is to be seen."""
    left = _seconds_until(ends)
    return FOREVER if left >= YEAR else f"public, max-age={left}"


def changes_soon(changes: datetime | None) -> bool:
    return _seconds_until(changes) < SHARED


def _seconds_until(moment: datetime | None) -> int:
    return YEAR if moment is None else max(0, int((moment - timezone.now()).total_seconds()))


@dataclass(frozen=True)
class Packed:
    """A body in the encodings that browsers take."""

    content_type: str
    br: bytes
    gz: bytes

    @classmethod
    def of(cls, body: bytes, content_type: str, *, quality: int = THOROUGH) -> Packed:
        """`quality` of brotli: lower for what is hardly asked for twice."""
        quality = quality if len(body) <= SHORT else min(quality, USUAL)
        return cls(content_type, brotli.compress(body, quality=quality), gzip.compress(body, 6, mtime=0))

    def encoded(self, encoding: str) -> bytes:
        if encoding == "br":
            return self.br
        return self.gz if encoding == "gzip" else zlib.decompress(self.gz, wbits=31)


def encoding_for(request: HttpRequest) -> str:
    return encoding_of(request.META.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=256)
def encoding_of(accept_encoding: str) -> str:
    """br, gzip or identity, by Accept-Encoding; a quality of 0 refuses."""
    accepted = {}
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";q=")
        accepted[name] = quality.strip("0.") != "" if quality else True
    return next((name for name in ("br", "gzip") if accepted.get(name, accepted.get("*", False))), "identity")


def not_modified(request: HttpRequest, etag: str, cache_control: str) -> HttpResponse | None:
    """304 when the reader has it, in whatever encoding."""
    held = [tag.strip().removeprefix("W/") for tag in request.META.get("HTTP_IF_NONE_MATCH", "").split(",")]
    mine = encoding_for(request)
    for encoding in (mine, *ENCODINGS):
        if f'"{etag}-{encoding}"' in held:
            response: HttpResponse = HttpResponseNotModified()
            return _headers(response, f'"{etag}-{encoding}"', cache_control)
    return None


def answer(request: HttpRequest, packed: Packed, etag: str, cache_control: str) -> HttpResponse:
    encoding = encoding_for(request)
    response = HttpResponse(packed.encoded(encoding), content_type=packed.content_type)
    if encoding != "identity":
        response["Content-Encoding"] = encoding
    return _headers(response, f'"{etag}-{encoding}"', cache_control)


def answer_body(request: HttpRequest, body: bytes, content_type: str, changes: datetime | None) -> HttpResponse:
    """With a tag of the body itself, for what belongs to no single edition; 304 when the reader has it."""
    etag, lasting = hashlib.sha256(body).hexdigest()[:16], brief(changes)
    return not_modified(request, etag, lasting) or answer(request, Packed.of(body, content_type), etag, lasting)


def _headers(response: HttpResponse, etag: str, cache_control: str) -> HttpResponse:
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = cache_control
    return response


Answer = TypeVar("Answer", bound=HttpResponseBase)
ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def for_anywhere(response: Answer) -> Answer:
    for name, value in ANYWHERE.items():
        response.headers[name] = value
    return response


_ONE_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)\Z")
LONGEST = 4 * 1024 * 1024  # a part is read into memory; the reader asks for the next


def range_response(request: HttpRequest, file: File, size: int) -> HttpResponseBase:
    """The whole file, the one range that is asked for (206), or 416. Several ranges at once get the whole."""
    asked = _ONE_RANGE.match(request.META.get("HTTP_RANGE", ""))
    start, end = asked.groups() if asked else ("", "")
    if not start and not end:
        return FileResponse(file, headers={"Accept-Ranges": "bytes"})
    first, last = _span(start, end, size)
    if first > last or first >= size:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with file:
        file.seek(first)
        part = file.read(last - first + 1)
    return HttpResponse(part, status=206, headers={"Content-Range": f"bytes {first}-{last}/{size}"})


def _span(start: str, end: str, size: int) -> tuple[int, int]:
    """First and last byte; `-500` means the last 500."""
    if not start:
        return max(0, size - _number(end)), size - 1
    first = _number(start)
    return first, min(_number(end) if end else size - 1, size - 1, first + LONGEST - 1)


def _number(digits: str) -> int:
    """With more digits than any file has bytes it is beyond every file, however many there are."""
    number = digits.lstrip("0") or "0"
    return int(number) if len(number) <= OF_A_KEY else 10**OF_A_KEY
