"""Rows of a table on their way into the record: what each says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

KINDS = ("places", "events")


@dataclass(frozen=True)
class Mention:
    """A source that a row names, and where in it something stands.

    `names` are its slug and its address, as far as they are told; `fields` are those of Source: one whose title is
    told may be new.
    """

    names: tuple[str, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    locator: str = ""
    note: str = ""


@dataclass(frozen=True)
class TableRow:
    """`values` are fields of the model; texts that are translated are in the story's own language.

    Of an event, `values` may also hold "sources", a tuple of mentions, and `place` where it happened: a table row whose
    name may be that of a place that is there. `asked` is what to search where no position is given.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    place: TableRow | None = None
    asked: str = ""

    @property
    def name(self) -> str:
        return self.values.get("name") or self.values.get("title", "")

    @property
    def has_position(self) -> bool:
        return "latitude" in self.values
