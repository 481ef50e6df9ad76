"""What the file of a basemap extract ("atlas/2") says of itself: where it is drawn, and whose data it holds.

The file is the only truth about it: a story file names it, rows and documents repeat its head.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

import msgspec

from places import when
from places.features import unstorable
from places.geo import MAX_MERCATOR_LATITUDE, Bounds

FORMAT = "atlas/2"
MAX_BYTES = 4_000_000  # one that a reader's device draws has a hundredth of it
CLOSE = 11.0  # streets are cut for views from this zoom on
BARE = 12.0  # beyond this zoom a map without them is an empty plain, and the checklist says so
MAX_ZOOM = 18  # up to here a file is made to look right


@dataclass(frozen=True)
class Credit:
    """Whose data a ground is, as it must be said wherever the ground is drawn."""

    attribution: Annotated[str, msgspec.Meta(max_length=300)]  # plain text: © OpenStreetMap contributors
    licence: Annotated[str, msgspec.Meta(max_length=60)] = ""
    source: Annotated[str, msgspec.Meta(max_length=500)] = ""  # where the data come from, often an address
    date: Annotated[str, msgspec.Meta(max_length=60)] = ""  # EDTF, of the data
    simplified: bool = False  # a sketch: uniform line weight, simplified corners


@dataclass(frozen=True)
class ExtractHead:
    bounds: Bounds
    min_zoom: float  # from here on it is drawn
    credit: Credit

    def column(self) -> dict[str, Any]:
        """As the row of an extract keeps it; `head_in` reads it."""
        return asdict(self)


def head_in(column: Any) -> ExtractHead:
    return msgspec.convert(column, ExtractHead)


class _File(msgspec.Struct, rename="camel"):
    format: Literal["atlas/2"]
    bounds: tuple[float, float, float, float]  # west, south, east, north
    min_zoom: float
    credit: Credit


def head_of(content: bytes) -> ExtractHead:
    """Raises ValueError, which names the field."""
    if len(content) > MAX_BYTES:
        raise ValueError(f"the file has {len(content)} bytes; a basemap extract has at most {MAX_BYTES}")
    try:
        file = msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise ValueError(f'not a basemap extract ("{FORMAT}"): {problem}') from None
    try:
        bounds = Bounds(*file.bounds)
    except ValueError as problem:
        raise ValueError(f"bounds: {problem}") from None
    if bounds.west == bounds.east or bounds.south == bounds.north:
        raise ValueError("bounds: they have no width or no height")
    if not max(abs(bounds.south), abs(bounds.north)) <= MAX_MERCATOR_LATITUDE:
        raise ValueError(f"bounds: a map reaches to {MAX_MERCATOR_LATITUDE:g} degrees north and south")
    if not 0 <= file.min_zoom <= MAX_ZOOM:
        raise ValueError(f"minZoom must be from 0 to {MAX_ZOOM}, not {file.min_zoom:g}")
    _check_credit(file.credit)
    return ExtractHead(bounds, file.min_zoom, file.credit)


def _check_credit(credit: Credit) -> None:
    if not credit.attribution.strip():
        raise ValueError("credit.attribution is empty: say whose data they are")
    if bad := list(unstorable(asdict(credit))):
        raise ValueError(f"credit{bad[0].replace('/', '.')} cannot be stored")
    try:
        when.parse(credit.date) if credit.date else None
    except ValueError as problem:
        raise ValueError(f"credit.date: {problem}") from None
