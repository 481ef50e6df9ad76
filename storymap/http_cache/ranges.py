"""Parts of files (RFC 9110, section 14): a reader who seeks in a recording need not fetch all of it."""

from __future__ import annotations

import re

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from storymap.numbers import OF_A_KEY

_ONE_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)\Z")
LONGEST = 4 * 1024 * 1024  # a part is read into memory; the reader asks for the next


def ranged(request: HttpRequest, file: File, size: int) -> HttpResponseBase:
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
