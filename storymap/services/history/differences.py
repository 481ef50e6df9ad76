"""Two texts compared word by word, two story files field by field, and what an edition changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal

from django.utils.translation import get_language
from msgspec import UNSET

from places.when import DateProblem, words
from storymap.story.storyfile import PARTS, MomentEntry, StoryFile, entries_in

SHORT = 2000  # words; longer texts are compared as difflib's heuristics like it, or it would take minutes
LARGEST = 4_000_000  # words times words: more would keep a process busy for seconds
CONTEXT = 12  # words shown around a change
_DATES = ("date", "period", "issued", "accessed", "day_zero", "day_last")  # fields of a story file
_ONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # scripts without spaces: every character is a word
_WORDS = re.compile(rf"\s+|[{_ONE}]|[^\W{_ONE}]+|[^\w\s]")
_SENTENCES = re.compile(r"[^\n.!?。！？]*[\n.!?。！？]*")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: in both, only before, or only after."""

    kind: Literal["same", "del", "ins"]
    text: str


@dataclass(frozen=True)
class FieldDifference:
    name: str
    language: str  # empty where the field has none
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PartDifference:
    verb: str  # added, changed, removed
    kind: str  # story, chapters, events …
    slug: str
    fields: tuple[FieldDifference, ...]


def words_between(before: str, after: str) -> tuple[Piece, ...]:
    """Sentences first, then the words of those that differ: fast on a whole chapter, and easier to read."""
    pieces: list[Piece] = []
    old, new = (_SENTENCES.findall(text) for text in (before, after))
    for same, left, right in _blocks(old, new):
        if same:
            pieces.append(Piece("same", "".join(left)))
            continue
        for alike, gone, come in _blocks(_WORDS.findall("".join(left)), _WORDS.findall("".join(right))):
            pieces += [Piece("same", "".join(gone))] if alike else _both("".join(gone), "".join(come))
    return _join_pieces(pieces)


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    if len(old) * len(new) > LARGEST:
        yield False, old, new
        return
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > SHORT)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", old[a:b], new[c:d]


def _both(gone: str, come: str) -> list[Piece]:
    return [piece for piece in (Piece("del", gone), Piece("ins", come)) if piece.text]


def _join_pieces(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one piece; a lone space between two changes is part of both."""
    found: list[Piece] = []
    gone = come = ""
    for number, piece in enumerate(pieces):
        follows = number + 1 < len(pieces) and pieces[number + 1].kind != "same"
        if piece.kind == "same" and not (piece.text.isspace() and follows and (gone or come)):
            found += [*_both(gone, come), piece]
            gone = come = ""
            continue
        gone += piece.text if piece.kind != "ins" else ""
        come += piece.text if piece.kind != "del" else ""
    return tuple(_merge_pieces([*found, *_both(gone, come)]))


def _merge_pieces(pieces: list[Piece]) -> Iterator[Piece]:
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        if text := "".join(piece.text for piece in run):
            yield Piece(kind, text)


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The same with long stretches that stayed cut down to a few words beside each change."""
    last = len(pieces) - 1
    return [
        Piece("same", _cut(piece.text, begins=at == 0, ends=at == last)) if piece.kind == "same" else piece
        for at, piece in enumerate(pieces)
    ]


def _cut(text: str, *, begins: bool, ends: bool) -> str:
    words = _WORDS.findall(text)
    if len(words) <= CONTEXT * 2:
        return text
    before = "" if begins else "".join(words[:CONTEXT])
    after = "" if ends else "".join(words[-CONTEXT:])
    return f"{before} … {after}"


def differences(before: StoryFile, after: StoryFile) -> list[PartDifference]:
    """All that differs, in the order of the story: its own fields, its chapters, then the record."""
    own = {name: (getattr(before, name), getattr(after, name)) for name in _own_fields(after)}
    own["order of chapters"] = (_order(before, after), _order(after, before))
    found = [PartDifference("changed", "story", after.slug, tuple(_fields(own)))]
    for kind in KINDS:
        found += _parts(kind, *({e.slug: e for e in entries_in(file, kind)} for file in (before, after)))
    return [part for part in found if part.fields]


def _own_fields(file: StoryFile) -> list[str]:
    """All but the lists of parts."""
    return [name for name in file.__dataclass_fields__ if name not in KINDS]


def _order(file: StoryFile, other: StoryFile) -> tuple[str, ...]:
    """The chapters that both have; which are new or gone is said elsewhere."""
    others = {chapter.slug for chapter in other.chapters}
    return tuple(chapter.slug for chapter in file.chapters if chapter.slug in others)


def _parts(kind: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[PartDifference]:
    for slug in [*new, *(slug for slug in old if slug not in new)]:
        before, after = old.get(slug), new.get(slug)
        if before != after:
            verb = "added" if before is None else "removed" if after is None else "changed"
            names = [
                name for name in (after if after is not None else old[slug]).__dataclass_fields__ if name != "slug"
            ]
            pairs = {name: (getattr(before, name, None), getattr(after, name, None)) for name in names}
            yield PartDifference(verb, kind, slug, tuple(_fields(pairs)))


def _fields(pairs: dict[str, tuple[Any, Any]]) -> Iterator[FieldDifference]:
    for name, (before, after) in pairs.items():
        if before != after:
            old, new = flat(before, name), flat(after, name)
            for language in sorted(old.keys() | new.keys()):
                pieces = words_between(old.get(language, ""), new.get(language, ""))
                if any(piece.kind != "same" for piece in pieces):
                    yield FieldDifference(name, language, pieces)


def flat(value: Any, name: str = "") -> dict[str, str]:
    """A value as texts by language; one without a language where it has none."""
    if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
        return value
    return {"": _text(value, name)}


def _text(value: Any, name: str = "") -> str:
    """What an editor can read of a field: a list has a line for each entry, a date its words."""
    if value is None or value is UNSET or value == {} or value == ():
        return ""
    if isinstance(value, MomentEntry) and not (value.camera or value.spot or value.frame or value.is_key):
        return value.event
    if isinstance(value, tuple):
        return "\n".join(_text(entry) for entry in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {name: part for name, part in asdict(value).items() if part not in (None, UNSET, "", {})}
        return ", ".join(f"{name}: {_text(part, name)}" for name, part in parts.items())
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return _date_words(value) if name in _DATES and value else str(value)


def _date_words(edtf: str) -> str:
    try:
        return words(edtf, get_language() or "en")
    except DateProblem:  # of an old revision
        return edtf


KINDS = tuple(PARTS)
Change = tuple[str, str, str]  # verb, kind, slug


def changes_between(before: StoryFile | None, after: StoryFile) -> list[Change]:
    """[(added|changed|removed, kind, slug), …]; empty for a first edition."""
    if before is None:
        return []
    changes: list[Change] = []
    differing = [name for name in _own_fields(after) if getattr(before, name) != getattr(after, name)]
    changes += [("changed", "story", name) for name in differing]
    if _is_reordered(before, after):
        changes.append(("changed", "story", "order of chapters"))
    for kind in KINDS:
        changes += _compare_kind(kind, entries_in(before, kind), entries_in(after, kind))
    return changes


def _is_reordered(before: StoryFile, after: StoryFile) -> bool:
    old, new = ([chapter.slug for chapter in story.chapters] for story in (before, after))
    return [slug for slug in old if slug in new] != [slug for slug in new if slug in old]


def _compare_kind(kind: str, before: Iterable, after: Iterable) -> list[Change]:
    old, new = ({entry.slug: entry for entry in entries} for entries in (before, after))
    return [
        *(("added", kind, slug) for slug in new if slug not in old),
        *(("changed", kind, slug) for slug in new if slug in old and new[slug] != old[slug]),
        *(("removed", kind, slug) for slug in old if slug not in new),
    ]
