"""What changed between two texts, word by word; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

LARGEST = 4_000_000  # words times words: more would keep a process busy for seconds
CONTEXT = 12  # words shown around a change
# signs of scripts that are written without spaces count as words of their own
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    kind: Literal["same", "del", "ins"]
    text: str


def words_changed(before: str, after: str) -> list[Piece]:
    """Both texts in pieces: what stayed, what went, what came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = _compared(old[head : len(old) - tail], new[head : len(new) - tail])
    pieces = [Piece("same", "".join(old[:head])), *middle, Piece("same", "".join(old[len(old) - tail :]))]
    return [piece for piece in pieces if piece.text]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The same with long stretches that stayed cut down to a few words beside each change."""
    last = len(pieces) - 1
    return [
        Piece("same", _cut(piece.text, begins=at == 0, ends=at == last)) if piece.kind == "same" else piece
        for at, piece in enumerate(pieces)
    ]


def _common(old: list[str], new: list[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    if len(old) * len(new) > LARGEST:
        yield from (Piece("del", "".join(old)), Piece("ins", "".join(new)))
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            yield from (Piece("del", "".join(old[a:b])), Piece("ins", "".join(new[c:d])))


def _cut(text: str, *, begins: bool, ends: bool) -> str:
    words = _WORD.findall(text)
    if len(words) <= CONTEXT * 2:
        return text
    before = "" if begins else "".join(words[:CONTEXT])
    after = "" if ends else "".join(words[-CONTEXT:])
    return f"{before} … {after}"
