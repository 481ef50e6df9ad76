"""Two people have changed one form: what each changed, put together; and where both changed the same. Pure.

A form is read as a `State`: its fields and the rows of its tables, all as the browser would send them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

Values = tuple[str, ...]
Fields = dict[str, Values]
Equal = Callable[[str, str, Values, Values], bool]  # table ("" for the form itself), field, and the values of it
DELETE = "DELETE"


@dataclass(frozen=True)
class Row:
    key: str  # of the stored row; empty for a new one
    fields: Fields
    deleted: bool = False
    at: int | None = None  # its number in what the browser has sent, where its files are


@dataclass(frozen=True)
class State:
    fields: Fields = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """Both changed it. `row` is the number of the row in the merged table; a field DELETE stands for the whole row."""

    table: str
    row: int | None
    name: str
    base: Values
    theirs: Values
    mine: Values


@dataclass
class Merged:
    state: State
    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)  # table and field that others changed


def merge(base: State, theirs: State, mine: State, equal: Equal) -> Merged:
    """Mine on top of theirs. Where both changed the same, mine stays and is among the conflicts."""
    merged = Merged(State())
    merged.state.fields.update(_fields("", None, base.fields, theirs.fields, mine.fields, equal, merged))
    for table in mine.tables:
        rows = _Rows(table, base.tables.get(table, []), theirs.tables.get(table, []), equal, merged)
        merged.state.tables[table] = rows.with_mine(mine.tables[table])
    return merged


def _fields(
    table: str, row: int | None, base: Fields, theirs: Fields, mine: Fields, equal: Equal, merged: Merged
) -> Fields:
    merged_fields: Fields = {}
    for name in dict.fromkeys([*mine, *theirs]):  # in the order of the form
        was, other, own = (fields.get(name, ()) for fields in (base, theirs, mine))
        others_changed = not equal(table, name, other, was)
        if others_changed:
            merged.taken.append((table, name))
        if equal(table, name, own, was):
            merged_fields[name] = other
            continue
        merged_fields[name] = own
        if others_changed and not equal(table, name, own, other):
            merged.conflicts.append(Conflict(table, row, name, was, other, own))
    return merged_fields


class _Rows:
    """The rows of one table."""

    def __init__(self, table: str, base: list[Row], theirs: list[Row], equal: Equal, merged: Merged) -> None:
        self.table, self.equal, self.merged = table, equal, merged
        self.base = {row.key: row for row in base}
        self.theirs = {row.key: row for row in theirs}
        self.again = self._stored_again()

    def same(self, left: Row, right: Row) -> bool:
        names = left.fields.keys() | right.fields.keys()
        return all(self.equal(self.table, n, left.fields.get(n, ()), right.fields.get(n, ())) for n in names)

    def _stored_again(self) -> dict[str, str]:
        """Rows that were stored anew under another key, as loading a file does: old key to new one."""
        new = [row for key, row in self.theirs.items() if key not in self.base]
        twins: dict[str, str] = {}
        for key, row in self.base.items():
            twin = next((n for n in new if self.same(n, row)), None) if key not in self.theirs else None
            if twin:
                new.remove(twin)
                twins[key] = twin.key
        return twins

    def with_mine(self, mine: list[Row]) -> list[Row]:
        """Stored rows in their order, then the new ones."""
        own = {self.again.get(row.key, row.key): row for row in mine if row.key}
        back = {new: old for old, new in self.again.items()}
        rows: list[Row] = []
        for key, row in self.theirs.items():
            base = self.base.get(back.get(key, key))
            rows.append(self._stored(len(rows), key, base, row, own.get(key)))
        added = [row for row in self.theirs.values() if row.key not in self.base and row.key not in back]
        for row in mine:
            if not row.key and not any(self.same(row, other) for other in added):
                rows.append(row)
            elif row.key and self.again.get(row.key, row.key) not in self.theirs:
                rows += self._gone(len(rows), row)
        return rows

    def _stored(self, number: int, key: str, base: Row | None, theirs: Row, mine: Row | None) -> Row:
        if base is None or mine is None:
            if base is None:  # somebody added it
                self.merged.taken.append((self.table, ""))
            return replace(theirs, at=None)
        if mine.deleted:
            if not self.same(theirs, base):
                self.merged.conflicts.append(Conflict(self.table, number, DELETE, (), (), ("on",)))
            return Row(key, theirs.fields, deleted=True)
        parts = (base.fields, theirs.fields, mine.fields)
        return Row(key, _fields(self.table, number, *parts, self.equal, self.merged), at=mine.at)

    def _gone(self, number: int, mine: Row) -> list[Row]:
        """Somebody deleted it: what I had changed in it stays, as a new row, until I say otherwise."""
        self.merged.taken.append((self.table, DELETE))
        base = self.base.get(mine.key)
        if mine.deleted or (base is not None and self.same(mine, base)):
            return []
        self.merged.conflicts.append(Conflict(self.table, number, DELETE, (), ("on",), ()))
        return [Row("", mine.fields, at=mine.at)]
