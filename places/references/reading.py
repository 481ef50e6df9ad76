"""What was read of a reference, and its authors as people write them, one a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _, ngettext

from places.typed_dates import LONGEST, understand
from places.when import DateProblem

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


class ReferenceProblem(ValueError):
    """Nothing could be read. The text says where, and what to do."""


@dataclass(frozen=True)
class Reading:
    """`fields` are those of places.models.Source, without empty ones; `notes` say what was passed over or guessed."""

    fields: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass
class Gathering:
    """A reading in the making: `source` is the pasted text, where lines are looked up."""

    source: str
    fields: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def put(self, name: str, value: Any) -> None:
        """Set a field unless it is empty or set."""
        value = storable(value)
        if value and name not in self.fields:
            self.fields[name] = value

    def put_date(self, name: str, text: str, line: int) -> None:
        try:
            self.put(name, understand(text[: LONGEST + 1]).edtf if text else "")
        except DateProblem as problem:
            self.note(line, str(problem))

    def put_address(self, name: str, text: str, line: int) -> None:
        text = text.strip()
        if not text or _ADDRESS.fullmatch(text):
            self.put(name, text)
        else:
            self.note(line, _("“%(text)s” is no web address.") % {"text": text[:100]})

    def note(self, line: int, text: str) -> None:
        self.notes.append(_("Line %(line)d: %(text)s") % {"line": line, "text": storable(text)})

    def left_out(self, more: int) -> None:
        if more > 0:
            words = ngettext(
                "%(number)d more reference was left out: only the first is read.",
                "%(number)d more references were left out: only the first is read.",
                more,
            )
            self.notes.append(words % {"number": more})

    def done(self) -> Reading:
        return Reading(self.fields, tuple(self.notes))


def storable_text(text: str) -> str:
    """Without what JSON may escape and no database keeps: null characters and halves of characters of UTF-16."""
    return _UNSTORABLE.sub("�", text)


def storable(value: Any) -> Any:
    """Texts in one line, without what no database keeps."""
    if isinstance(value, str):
        return " ".join(storable_text(value).split())
    if isinstance(value, list):
        return [storable(part) for part in value]
    if isinstance(value, dict):
        return {key: storable(part) for key, part in value.items() if part}
    return value


def line_of(source: str, needle: str) -> int:
    """The number of the first line that holds the text; 1 when none does."""
    return source.count("\n", 0, max(source.find(needle), 0)) + 1


def doi_address(text: str) -> str:
    """The address of a DOI; empty for another text."""
    found = _DOI.fullmatch(text.strip())
    return f"https://doi.org/{found[1]}" if found else ""


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
