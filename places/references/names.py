"""The authors of a source as people write them, one a line: “García, Ana”, or the name of a body. Pure."""

from __future__ import annotations

from typing import Any


def names_to_text(names: Any) -> str:
    """A name that a comma would split stands in braces."""
    return "\n".join(_line(name) for name in names if isinstance(name, dict)) if isinstance(names, list) else ""


def names_from_text(text: str) -> list[dict[str, str]]:
    return [_name(line) for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def _line(name: dict[str, str]) -> str:
    literal, family, given = (" ".join(name.get(part, "").split()) for part in ("literal", "family", "given"))
    if family or given:
        return f"{family}, {given}".strip()
    return f"{{{literal}}}" if "," in literal or literal.startswith("{") else literal


def _name(line: str) -> dict[str, str]:
    if line.startswith("{") and line.endswith("}"):
        return {"literal": line[1:-1].strip()}
    family, comma, given = (part.strip() for part in line.partition(","))
    if not comma:
        return {"literal": line}
    return {key: part for key, part in (("family", family), ("given", given)) if part} or {"literal": line}
