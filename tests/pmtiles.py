"""A PMTiles archive small enough to write by hand: land everywhere, in the zoom levels 0 and 1.

After the PMTiles specification, version 3, and the Mapbox Vector Tile specification, version 2.1.
"""

from __future__ import annotations

import struct

UNCOMPRESSED, VECTOR, HEADER = 1, 1, 127
EXTENT = 4096


def land_everywhere() -> bytes:
    tile = _layer("earth", _square(EXTENT))
    tiles = 5  # one of level 0, four of level 1
    directory = b"".join(_varint(number) for number in (1, 0, tiles, len(tile), 1))  # one entry that runs over all
    metadata = b"{}"
    places, at = [], HEADER
    for part in (directory, metadata, b"", tile):
        places += [at, len(part)]
        at += len(part)
    counts = struct.pack("<3Q", tiles, 1, 1)
    kinds = struct.pack("<6B", 1, UNCOMPRESSED, UNCOMPRESSED, VECTOR, 0, 1)  # clustered; levels 0 to 1
    bounds = struct.pack("<4iB2i", -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000, 0, 0, 0)
    return b"PMTiles\x03" + struct.pack("<8Q", *places) + counts + kinds + bounds + directory + metadata + tile


def _varint(number: int) -> bytes:
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])


def _field(number: int, value: bytes | int) -> bytes:
    """Of a protocol buffer."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _layer(name: str, geometry: bytes) -> bytes:
    feature = _field(2, b"\0\0") + _field(3, 3) + _field(4, geometry)  # tagged kind: earth; a polygon
    value = _field(1, b"earth")
    parts = (_field(15, 2), _field(1, name.encode()), _field(2, feature), _field(3, b"kind"), _field(4, value))
    return _field(3, b"".join(parts) + _field(5, EXTENT))


def _square(size: int) -> bytes:
    """Move to the corner, three lines, close; each step from where the one before ended, in zigzag."""
    there, back = size * 2, size * 2 - 1
    return b"".join(_varint(number) for number in (9, 0, 0, 26, there, 0, 0, there, back, 0, 15))
