"""Drawings that take a while, stored as files under the digest of what they show. Losing them costs only time."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from places.geo import Bounds
from storymap import assets
from storymap.maps import atlas, static_picture
from storymap.maps.card import CardWords, card as draw_card
from storymap.maps.scene import scene_of
from storymap.story.document import ChapterDocument, StoryDocument


def extract(detail: str, bounds: Bounds, language: str) -> bytes:
    key = hashlib.sha256(repr((detail, bounds)).encode()).hexdigest()[:16]
    return _read_or_make(f"atlas-{key}-{language}.json", lambda: atlas.extract(detail, bounds, language))


def chapter_picture(document: StoryDocument, chapter: str) -> bytes:
    """WebP of the chapter's map."""
    lettering = _lettering(document, document.chapter(chapter), static_picture.CHAPTER_SIZE)
    name = f"{document.slug}-{chapter}-{_drawing_digest(document)}{lettering}.webp"
    return _read_or_make(name, lambda: static_picture.chapter_picture(document, chapter))


def story_picture(document: StoryDocument) -> bytes:
    """WebP of the story's map."""
    lettering = _lettering(document, None, static_picture.STORY_SIZE)
    name = f"{document.slug}-{_drawing_digest(document)}{lettering}.webp"
    return _read_or_make(name, lambda: static_picture.story_picture(document))


def card(document: StoryDocument, chapter: str, words: CardWords) -> bytes:
    """PNG of the card with these words; of the whole story when `chapter` is empty."""
    written = hashlib.sha256(repr(words).encode()).hexdigest()[:16]
    name = f"{document.slug}-{chapter}-{_drawing_digest(document)}-{written}.png"
    return _read_or_make(name, lambda: draw_card(document, chapter, words))


def _lettering(document: StoryDocument, chapter: ChapterDocument | None, size: tuple[int, int]) -> str:
    """The language of a picture that names cities; all languages share the others."""
    return f"-{document.language}" if static_picture.names_cities(document, chapter, size) else ""


def _drawing_digest(document: StoryDocument) -> str:
    """A digest of what pictures show, whatever their language."""
    areas = [c.overlay for c in document.chapters]
    places = [(p.slug, p.lat, p.lng, p.radius) for p in document.places.values()]
    journeys = [(e.slug, e.place, e.journey, e.also_there) for e in document.events.values()]
    shapes = [
        [(f["geometry"], (f.get("properties") or {}).get("source")) for f in (area or {}).get("features", [])]
        for area in areas
    ]
    spots = [(moment.event, moment.spot) for c in document.chapters for moment in c.moments if moment.spot]
    seen = repr((scene_of(document), places, journeys, shapes, [c.frame for c in document.chapters], spots))
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _folder() -> Path:
    return Path(settings.STORYMAP_DATA_DIR) / "drawings" / assets.release()


def sweep(*, before: datetime) -> None:
    """Forgets what other releases have drawn, and what nobody has asked for since then: editions come and go."""
    shutil.rmtree(Path(settings.STORYMAP_DATA_DIR) / "kept", ignore_errors=True)  # where releases until 0.2 drew
    for folder in _folder().parent.glob("*/"):
        if folder != _folder():
            shutil.rmtree(folder, ignore_errors=True)
    for file in _folder().glob("*"):
        with suppress(FileNotFoundError):  # another process has swept it, or finished drawing it
            if file.stat().st_mtime < before.timestamp():
                file.unlink()


def _read_or_make(name: str, make: Callable[[], bytes]) -> bytes:
    file = _folder() / name
    with suppress(FileNotFoundError):  # not there, or swept at this moment
        os.utime(file)  # it was asked for
        return file.read_bytes()
    data = make()
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}.part")  # another process may be drawing the same
    partial.write_bytes(data)
    partial.replace(file)
    return data


def warm(document: StoryDocument) -> None:
    """Draw everything that readers of the story will ask for, so that none of them waits."""
    for near in scene_of(document).nears:
        extract(near.detail, near.bounds, document.language)
    story_picture(document)
    for chapter in document.chapters:
        chapter_picture(document, chapter.slug)
