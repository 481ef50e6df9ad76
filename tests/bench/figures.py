"""A table of measured figures, each next to its limit."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Table:
    rows: list[tuple[str, str, str, bool | None]] = field(default_factory=list)

    def add(self, what: str, value: float, unit: str, limit: float | None = None, *, at_least: bool = False) -> None:
        """One figure; `limit` is the most it may be (or the least, with at_least)."""
        kept = None if limit is None else (value >= limit if at_least else value <= limit)
        sign = "≥" if at_least else "≤"
        row = (what, f"{value:,.2f} {unit}", "" if limit is None else f"{sign} {limit:g}", kept)
        self.rows.append(row)
        print(self._line(row), flush=True)

    def _line(self, row: tuple[str, str, str, bool | None]) -> str:
        what, value, limit, kept = row
        verdict = {None: "", True: "ok", False: "OVER"}[kept]
        return f"{what:<64}{value:>16}  {limit:<8}{verdict}"

    @property
    def over(self) -> list[str]:
        return [row[0] for row in self.rows if row[3] is False]
