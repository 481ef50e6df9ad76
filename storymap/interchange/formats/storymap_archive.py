"""Our own format, `storymap/1`: story.json with places.json, events.json, people.json, sources.json beside it and media/.

A folder or a zip of the same names. Each part may also stand inside story.json. Pure: names and bytes in, StoryFile out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from storymap.interchange.problems import CannotRead, Problem
from storymap.storyfile import FORMAT, StoryFile

PARTS = ("chapters", "events", "places", "people", "sources", "illustrations")
MEDIA = "media/"


def read(files: Mapping[str, bytes]) -> tuple[StoryFile, dict[str, bytes]]:
    """The story and its media files by name. Raises CannotRead, which names file and field."""
    if "story.json" not in files:
        raise CannotRead([Problem("story.json", "is missing")])
    whole = _parsed("story.json", files["story.json"])
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise CannotRead([Problem("story.json/format", f"must be {FORMAT!r}")])
    for part in PARTS:
        if f"{part}.json" in files:
            whole[part] = _parsed(f"{part}.json", files[f"{part}.json"])
    try:
        story = msgspec.convert(whole, StoryFile)
    except msgspec.ValidationError as invalid:
        raise CannotRead([Problem("story.json", str(invalid))]) from None
    media = {name.removeprefix(MEDIA): data for name, data in files.items() if name.startswith(MEDIA)}
    return story, media


def _parsed(name: str, data: bytes) -> Any:
    """JSON that is also storable: no NaN, no infinity, no lone surrogate, no endless nesting."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise CannotRead([Problem(name, f"is not JSON: {problem}")]) from None
