"""A chapter by the name in an address: its own, or one that it had."""

from __future__ import annotations

from storymap.document import StoryDocument


class NoSuchChapter(Exception):
    """The edition has no chapter of that name; `moved_to` when it had one."""

    def __init__(self, moved_to: str = "") -> None:
        self.moved_to = moved_to


def check_chapter(document: StoryDocument, slug: str) -> None:
    """Raises NoSuchChapter."""
    if not document.chapter(slug):
        raise NoSuchChapter(present_slug(document, slug))


def present_slug(document: StoryDocument, slug: str) -> str:
    """The slug of the chapter that is, or was, called so; empty when there is none."""
    if document.chapter(slug):
        return slug
    return next((chapter.slug for chapter in document.chapters if slug in chapter.old_slugs), "")
