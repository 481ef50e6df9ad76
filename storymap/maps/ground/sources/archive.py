"""PMTiles archives, version 3: which bytes of a file or an address are the tile that is wanted.

An own reader of some hundred lines, because the package `pmtiles` asks for header and directories anew with every tile,
which are requests here, and unpacks what a server sends without a limit.
"""

from __future__ import annotations

import json
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from storymap.maps.ground.sources.material import BEGINNING, CannotReadStreets, Material

MAGIC = b"PMTiles"
FIRST = BEGINNING  # the header and the first directory lie in it
HEADER = 127
VECTOR = 1  # Mapbox vector tiles
PLAIN, GZIP = 1, 2
DEEPEST = 24  # zoom at which no archive begins
FARTHEST = 2**60  # bytes from the beginning
LARGEST_PART = 16_000_000  # bytes of a directory or tile, unpacked
LEVELS_OF_DIRECTORIES = 4
GAP = 4_096  # bytes between two tiles that are fetched together all the same

Tile = tuple[int, int, int]  # zoom, column, row


@dataclass(frozen=True)
class Entry:
    number: int
    offset: int
    length: int
    run: int  # tiles that have these bytes; 0: not a tile but a further directory


@dataclass(frozen=True)
class _Header:
    root: tuple[int, int]  # where it begins, and its length
    metadata: tuple[int, int]
    leaves: int
    tiles: int
    packed: int
    tiles_packed: int
    tile_type: int
    min_zoom: int
    max_zoom: int


class Archive:
    """Raises CannotReadStreets whatever is wrong with it."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._start = material.part(0, FIRST)
        self._header = self._read_header()
        self._directories: dict[tuple[int, int], list[Entry]] = {}

    @property
    def zooms(self) -> tuple[int, int]:
        return self._header.min_zoom, self._header.max_zoom

    def metadata(self) -> dict[str, Any]:
        try:
            tree = json.loads(self._unpacked(self._part(*self._header.metadata), self._header.packed))
        except ValueError:
            raise self._damaged(_("its metadata are no JSON")) from None
        return tree if isinstance(tree, dict) else {}

    def tiles(self, wanted: Iterable[Tile]) -> Iterator[tuple[Tile, bytes]]:
        """Those that the archive has, unpacked; neighbours are fetched in one piece."""
        entries = [(entry, tile) for tile in wanted if (entry := self._entry(tile_number(*tile)))]
        waiting = sorted(entries, key=lambda found: found[0].offset)
        while waiting:
            together = [waiting.pop(0)]
            end = together[0][0].offset + together[0][0].length
            while waiting and waiting[0][0].offset <= end + GAP:
                together.append(waiting.pop(0))
                end = max(end, together[-1][0].offset + together[-1][0].length)
            first = together[0][0].offset
            data = self._part(self._header.tiles + first, end - first)
            for entry, tile in together:
                packed = data[entry.offset - first :][: entry.length]
                yield tile, self._unpacked(packed, self._header.tiles_packed)

    def _read_header(self) -> _Header:
        start = self._start
        if len(start) < HEADER or not start.startswith(MAGIC):
            raise self._damaged(_("its beginning is missing"))
        if start[len(MAGIC)] != 3:
            raise self._damaged(_("it is of version %(version)d, not 3") % {"version": start[len(MAGIC)]})
        places = struct.unpack_from("<8Q", start, 8)
        packed, tiles_packed, tile_type, low, high = start[97:102]
        if tile_type != VECTOR:
            raise self._damaged(_("it holds pictures, not vector tiles"))
        if low > DEEPEST:
            raise self._damaged(_("a directory cannot be understood"))
        parts = places[0:2], places[2:4], places[4], places[6]
        return _Header(*parts, packed, tiles_packed, tile_type, low, high)

    def _entry(self, number: int) -> Entry | None:
        place = self._header.root
        for _level in range(LEVELS_OF_DIRECTORIES):
            directory = self._directory(*place)
            index = bisect_right(directory, number, key=lambda entry: entry.number) - 1
            if index < 0:
                return None
            entry = directory[index]
            if entry.run:
                return entry if number < entry.number + entry.run else None
            place = self._header.leaves + entry.offset, entry.length
        raise self._damaged(_("its directories have no end"))

    def _directory(self, offset: int, length: int) -> list[Entry]:
        if (offset, length) not in self._directories:
            data = self._unpacked(self._part(offset, length), self._header.packed)
            try:
                self._directories[offset, length] = _entries(data)
            except (ValueError, IndexError):
                raise self._damaged(_("a directory cannot be understood")) from None
        return self._directories[offset, length]

    def _part(self, offset: int, length: int) -> bytes:
        if offset + length <= len(self._start):
            return self._start[offset : offset + length]
        if length > LARGEST_PART or offset > FARTHEST:
            raise self._damaged(_("a part is too large"))
        data = self.material.part(offset, length)
        if len(data) < length:
            raise self._damaged(_("it ends too early"))
        return data

    def _unpacked(self, data: bytes, packed: int) -> bytes:
        if packed == PLAIN:
            return data
        if packed != GZIP:
            raise self._damaged(_("it is packed in a way that is not known here; only gzip is"))
        try:
            unpacking = zlib.decompressobj(wbits=31)
            plain = unpacking.decompress(data, LARGEST_PART)
        except zlib.error:
            raise self._damaged(_("a packed part is damaged")) from None
        if unpacking.unconsumed_tail:
            raise self._damaged(_("a part is too large"))
        return plain

    def _damaged(self, what: str) -> CannotReadStreets:
        said = {"name": self.material.name, "what": what}
        return CannotReadStreets(_("%(name)s: this PMTiles archive cannot be read: %(what)s.") % said)


def varints(data: bytes) -> list[int]:
    """All of a text of numbers, seven bits a byte, the lowest first. Raises ValueError when it ends within one."""
    numbers, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 127) << shift
        if byte < 128:
            numbers.append(number)
            number = shift = 0
        elif (shift := shift + 7) > 63:
            raise ValueError("a number is too long")
    if shift:
        raise ValueError("it ends within a number")
    return numbers


def _entries(data: bytes) -> list[Entry]:
    count, *numbers = varints(data)
    if len(numbers) != 4 * count:
        raise ValueError("a directory lacks numbers")
    entries: list[Entry] = []
    number = end = 0
    columns = (numbers[place * count : (place + 1) * count] for place in range(4))
    for step, run, length, start in zip(*columns, strict=True):
        number += step
        offset = end if start == 0 and entries else start - 1
        end = offset + length
        entries.append(Entry(number, offset, length, run))
    return entries


def tile_number(zoom: int, column: int, row: int) -> int:
    """Along Hilbert's curve, after all tiles of the levels above."""
    number, x, y = (4**zoom - 1) // 3, column, row
    for level in reversed(range(zoom)):
        size = 1 << level
        right, below = bool(x & size), bool(y & size)
        number += ((3 * right) ^ below) << (2 * level)
        if not below:
            if right:
                x, y = size - 1 - x & size - 1, size - 1 - y & size - 1
            x, y = y, x
    return number
