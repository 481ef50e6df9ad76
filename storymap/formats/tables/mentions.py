"""Sources as a cell of a table names them: slugs or addresses; or, in tables made from maps, whole sources."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from places.references.reading import names_from_text, storable
from storymap.services.imports.table_rows import Mention

_FIELDS = ("title", "type", "container", "issued", "url", "accessed", "archived_url", "language")


def cell_of(sources: Sequence[Any]) -> str:
    """Sources with what is said of them (see geojson_file) as one cell."""
    return json.dumps(sources, ensure_ascii=False) if sources else ""


def read(cell: str) -> tuple[Mention, ...]:
    whole = _whole(cell)
    if whole is None:
        return tuple(Mention((name,)) for name in dict.fromkeys(re.split(r"[;\s]+", cell)) if name)
    return tuple(_mention(entry) for entry in whole)


def _whole(cell: str) -> list[Mapping[str, Any]] | None:
    if not cell.startswith("[{"):
        return None
    try:
        entries = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else None


def _mention(entry: Mapping[str, Any]) -> Mention:
    said = {name: storable(value) for name, value in entry.items() if isinstance(value, str) and value.strip()}
    fields: dict[str, Any] = {name: said[name] for name in _FIELDS if name in said}
    if "author" in said:
        fields["author"] = names_from_text(said["author"].replace("; ", "\n"))
    names = tuple(said[name] for name in ("slug", "url") if name in said)
    return Mention(names, fields, said.get("locator", ""), said.get("note", ""))
