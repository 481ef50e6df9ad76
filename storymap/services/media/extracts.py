"""Taking basemap extracts: their heads are read, and they are stored as they are, under their content's digest."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.services.media.pictures import key_of
from storymap.story.extract_head import ExtractHead, head_of


class ExtractProblem(ValueError):
    """Why a file is not taken as a basemap extract."""


@dataclass(frozen=True)
class CheckedExtract:
    """A checked file, the name it is stored under, and what it says of itself."""

    name: str
    content: bytes
    head: ExtractHead


def checked_extract(content: bytes) -> CheckedExtract:
    """An extract, with nothing stored yet. Raises ExtractProblem."""
    try:
        head = head_of(content)
    except ValueError as problem:
        raise ExtractProblem(str(problem)) from None
    return CheckedExtract(f"{key_of(content)}.json", content, head)
