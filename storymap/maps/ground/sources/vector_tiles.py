"""Mapbox vector tiles, version 2.1: protocol buffers with layers of points, lines and polygons.

An own decoder of a hundred lines: the package `mapbox-vector-tile` brings three compiled libraries along.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from storymap.maps.ground.sources.archive import varints
from storymap.maps.topology import Points

POINT, LINE, POLYGON = 1, 2, 3
MOVE, DRAW, CLOSE = 1, 2, 7
VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5  # wire types
GRID = 4096  # units across a tile: what others have is brought to it


@dataclass(frozen=True)
class Feature:
    layer: str
    shape: int  # POINT, LINE or POLYGON
    tags: dict[str, str]
    parts: tuple[Points, ...]  # in units of the grid, y downwards; rings are open


def features_of(tile: bytes, layers: Collection[str]) -> Iterator[Feature]:
    """Of the layers that are named. Raises ValueError when it is no vector tile."""
    for number, value in _fields(tile):
        if number == 3 and isinstance(value, bytes):
            yield from _features(value, layers)


def _features(layer: bytes, wanted: Collection[str]) -> Iterator[Feature]:
    """Of one layer: its name, features, keys, values and extent are the fields 1 to 5."""
    fields: defaultdict[int, list[Any]] = defaultdict(list)
    for number, value in _fields(layer):
        fields[number].append(value)
    name = _bytes(fields[1][0]).decode() if fields[1] else ""
    extent = fields[5][0] if fields[5] else GRID
    if name not in wanted or not isinstance(extent, int) or extent <= 0:
        return
    keys = [_bytes(key).decode() for key in fields[3]]
    values = [_text(_bytes(value)) for value in fields[4]]
    for feature in fields[2]:
        yield _feature(name, _bytes(feature), keys, values, GRID / extent)


def _feature(layer: str, data: bytes, keys: list[str], values: list[str], scale: float) -> Feature:
    """Tags, shape and geometry are the fields 2 to 4."""
    fields = dict(_fields(data))
    tags, commands = (varints(_bytes(fields.get(number, b""))) for number in (2, 4))
    try:
        known = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
        parts = [np.rint(np.array(part, float) * scale) for part in _parts(commands)]
    except IndexError:
        raise ValueError("a feature names what is not there") from None
    shape = fields.get(3, 0)
    return Feature(layer, shape if isinstance(shape, int) else 0, known, tuple(parts))


def _bytes(value: int | bytes) -> bytes:
    if isinstance(value, int):
        raise ValueError("a number stands where a text belongs")
    return value


def _parts(commands: list[int]) -> list[list[tuple[int, int]]]:
    parts: list[list[tuple[int, int]]] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == CLOSE:
            continue
        if command not in (MOVE, DRAW) or at + 2 * count > len(commands):
            raise ValueError("a geometry is damaged")
        for step in range(at, at + 2 * count, 2):
            x, y = x + _signed(commands[step]), y + _signed(commands[step + 1])
            if command == MOVE:
                parts.append([(x, y)])
            else:
                parts[-1].append((x, y))
        at += 2 * count
    return parts


def _signed(number: int) -> int:
    """Zigzag: 0, -1, 1, -2 ..."""
    return (number >> 1) ^ -(number & 1)


def _text(value: bytes) -> str:
    """Of a tag, whatever its type."""
    for number, content in _fields(value):
        if isinstance(content, bytes):
            if number == 1:
                return content.decode()
            return str(struct.unpack("<f" if number == 2 else "<d", content)[0])
        if number == 7:
            return "yes" if content else "no"
        if number == 4:  # below zero in two's complement
            return str(content - (content >> 63 << 64))
        return str(_signed(content) if number == 6 else content)
    return ""


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protocol buffer: numbers, or bytes of any other type."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, wire = tag >> 3, tag & 7
        if wire == VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        length = {EIGHT_BYTES: 8, FOUR_BYTES: 4}.get(wire)
        if length is None:
            if wire != LENGTH:
                raise ValueError("this is no protocol buffer")
            length, at = _varint(data, at)
        if at + length > len(data):
            raise ValueError("it ends too early")
        yield number, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        number |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return number, at
        shift += 7
    raise ValueError("a number has no end")
