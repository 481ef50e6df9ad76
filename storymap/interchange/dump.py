"""Files out: an edition with its media, as another installation loads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.files.storage import default_storage

from storymap.document import StoryDocument
from storymap.interchange.formats import storymap_archive
from storymap.selectors import whole_edition


def archive_of(slug: str, number: int) -> bytes:
    """A zip of our own format. Raises NotPublished; and FileNotFoundError for a medium that the store has lost."""
    source, documents = whole_edition(slug, number)
    return storymap_archive.write(source.encode(), {name: _stored(name) for name in sorted(set(_media(documents)))})


def _media(documents: Iterable[StoryDocument]) -> Iterator[str]:
    """The stored names of all that the edition shows or plays, in any language."""
    for document in documents:
        for chapter in document.chapters:
            if chapter.illustration:
                yield from (file.name for file in (*chapter.illustration.files, *(chapter.illustration.copies or ())))
            if chapter.audio:
                yield from filter(None, (chapter.audio.file, chapter.audio.captions))


def _stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()
