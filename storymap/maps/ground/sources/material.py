"""What streets are read from: a file, an address, or bytes at hand; as a whole or in parts, within limits."""

from __future__ import annotations

import gzip
import io
import json
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

LARGEST_TEXT = 256_000_000  # bytes of a file that is read as a whole, unpacked
LARGEST_ANSWER = 64_000_000  # bytes from an address, all answers together
SECONDS = 180.0  # for all answers of an address together
BEGINNING = 16_384  # bytes that are asked for at once: enough to know a format by
PACKED = b"\x1f\x8b"  # gzip


class CannotReadStreets(Exception):
    """Says what is wrong with what streets are read from, and what to do."""


class Material(Protocol):
    name: str  # as people call it: a path or an address

    def part(self, start: int, length: int) -> bytes:
        """So many bytes from there on; fewer at the end. Raises CannotReadStreets."""

    def whole(self) -> bytes:
        """All of it. Raises CannotReadStreets when it is too large."""


class Bytes:
    """What was uploaded, or answered."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data

    def part(self, start: int, length: int) -> bytes:
        return self.data[start : start + length]

    def whole(self) -> bytes:
        return self.data


class File:
    def __init__(self, path: Path) -> None:
        self.name, self.path = path.name, path

    def part(self, start: int, length: int) -> bytes:
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                return file.read(length)
        except OSError as problem:
            raise CannotReadStreets(_unread(self.path, problem)) from None

    def whole(self) -> bytes:
        data = self.part(0, LARGEST_TEXT + 1)
        if len(data) > LARGEST_TEXT:
            raise CannotReadStreets(_too_large(self.name, LARGEST_TEXT))
        return data


class Address:
    """A file on a server: https, or http on this machine. One time and one size are for everything asked of it,
    until it is asked `anew`."""

    def __init__(self, address: str, seconds: float = SECONDS, largest: int = LARGEST_ANSWER) -> None:
        from places import fetching  # noqa: PLC0415  httpx is slow to import, and few processes read streets

        if not fetching.is_confidential(address):
            raise CannotReadStreets(_("%(address)s: an address begins with https://.") % {"address": address})
        self.name = address
        self._fetch = fetching.fetch
        self._seconds, self._largest = seconds, largest
        self._until, self._left = time.monotonic() + seconds, largest
        self._beginning = b""
        self._data: bytes | None = None  # once it came as a whole

    def anew(self) -> Address:
        """With all of its time and size before it: for a question that has nothing to do with the one before."""
        return Address(self.name, self._seconds, self._largest)

    def part(self, start: int, length: int) -> bytes:
        if start + length <= BEGINNING and self._data is None:
            self._beginning = self._beginning or self._part(0, BEGINNING)
            return self._beginning[start : start + length]
        return self._part(start, length)

    def _part(self, start: int, length: int) -> bytes:
        if self._data is None:
            status, content = self.answer({"Range": f"bytes={start}-{start + length - 1}"}, (200, 206))
            if status == 206:
                return content[:length]
            self._data = content  # a server that knows nothing of parts sends everything
        return self._data[start : start + length]

    def whole(self) -> bytes:
        if self._data is None:
            _status, self._data = self.answer({}, (200,))
        return self._data

    def answer(self, headers: Mapping[str, str], wanted: tuple[int, ...], query: str = "") -> tuple[int, bytes]:
        """Status and content. Raises CannotReadStreets for a status that is not wanted, and past the limits."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise self._refusal(_("no answer within %(seconds)d seconds") % {"seconds": self._seconds})
        asking = {"User-Agent": "storymap (cuts streets for a story)", **headers}
        try:
            answer = self._fetch(self.name + query, headers=asking, seconds=left, largest=self._left)
        except TimeoutError:
            raise self._refusal(_("no answer within %(seconds)d seconds") % {"seconds": self._seconds}) from None
        except OSError as problem:
            why = f" ({problem})" if str(problem) else ""
            raise self._refusal(_("the server cannot be reached.") + why) from None
        except ValueError as problem:
            raise self._refusal(str(problem)) from None
        if answer.status not in wanted:
            raise self._refusal(_status_in_words(answer.status, answer.headers.get("Location", "")))
        self._left -= len(answer.content)
        return answer.status, answer.content

    def _refusal(self, why: str) -> CannotReadStreets:
        return CannotReadStreets(f"{self.name}: {why}")


def unpacked(material: Material) -> bytes:
    """All of it, without gzip. Raises CannotReadStreets."""
    data = material.whole()
    if not data.startswith(PACKED):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            data = file.read(LARGEST_TEXT + 1)
    except (OSError, EOFError, zlib.error):
        raise CannotReadStreets(_("%(name)s: the packed file is damaged.") % {"name": material.name}) from None
    if len(data) > LARGEST_TEXT:
        raise CannotReadStreets(_too_large(material.name, LARGEST_TEXT))
    return data


def beginning(material: Material, length: int = 4096) -> bytes:
    """Enough to tell a format by, without gzip; empty where that is damaged."""
    data = material.part(0, length)
    if not data.startswith(PACKED):
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, length)
    except zlib.error:
        return b""


def tree_of(material: Material) -> Any:
    """The JSON. Raises CannotReadStreets with the line of what is wrong."""
    try:
        text = unpacked(material).decode("utf-8-sig")
        return json.loads(text, parse_constant=lambda name: None)
    except UnicodeDecodeError:
        raise CannotReadStreets(_("%(name)s: the text is not in UTF-8.") % {"name": material.name}) from None
    except json.JSONDecodeError as error:
        said = {"name": material.name, "line": error.lineno, "problem": error.msg}
        raise CannotReadStreets(_("%(name)s, line %(line)d: this is no JSON: %(problem)s.") % said) from None
    except (RecursionError, ValueError):  # nested beyond reason, or a number of thousands of digits
        raise CannotReadStreets(_("%(name)s: this JSON cannot be read.") % {"name": material.name}) from None


def _unread(path: Path, problem: OSError) -> str:
    return f"{path}: {problem.strerror or problem}"


def _too_large(name: str, largest: int) -> str:
    return _("%(name)s: more than %(size)d MB. Cut a smaller part of it first.") % {
        "name": name,
        "size": largest // 1_000_000,
    }


def _status_in_words(status: int, location: str) -> str:
    if 300 <= status < 400 and location:
        return _("the server sends on to %(address)s. Give that address.") % {"address": location}
    if status in (429, 503, 504):
        return _("the server is busy (status %(status)d). Try again later.") % {"status": status}
    return _("the server answers with status %(status)d.") % {"status": status}
