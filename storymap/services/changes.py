"""What changed from one edition to the next, part by part. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from storymap.storyfile import PARTS, StoryFile

KINDS = tuple(PARTS)
Change = tuple[str, str, str]  # verb, kind, slug


def changes_between(before: StoryFile | None, after: StoryFile) -> list[Change]:
    """[(added|changed|removed, kind, slug), …]; empty for a first edition."""
    if before is None:
        return []
    changes: list[Change] = []
    frame = [f for f in after.__dataclass_fields__ if f not in KINDS and getattr(before, f) != getattr(after, f)]
    changes += [("changed", "story", name) for name in frame]
    if _reordered(before, after):
        changes.append(("changed", "story", "order of chapters"))
    for kind in KINDS:
        changes += _compared(kind, getattr(before, kind), getattr(after, kind))
    return changes


def _reordered(before: StoryFile, after: StoryFile) -> bool:
    old, new = ([chapter.slug for chapter in story.chapters] for story in (before, after))
    return [slug for slug in old if slug in new] != [slug for slug in new if slug in old]


def _compared(kind: str, before: Iterable, after: Iterable) -> list[Change]:
    old, new = ({entry.slug: entry for entry in entries} for entries in (before, after))
    return [
        *(("added", kind, slug) for slug in new if slug not in old),
        *(("changed", kind, slug) for slug in new if slug in old and new[slug] != old[slug]),
        *(("removed", kind, slug) for slug in old if slug not in new),
    ]
