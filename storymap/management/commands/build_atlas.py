"""Makes the files of the atlas from npm's world-atlas; at install, and again after an update of either."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from storymap.maps import atlas, topology


class Command(BaseCommand):
    help = "Makes the files of the atlas from npm's world-atlas. Does nothing when they are up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = settings.STORYMAP_DATA_DIR / "atlas"
        folder.mkdir(parents=True, exist_ok=True)
        for level in atlas.WORLD_SCALES:
            self._make(level, folder / f"{level}.json", folder / f".{level}.made-from")

    def _make(self, level: str, file: Path, stamp: Path) -> None:
        made_from = _made_from(level)
        if file.exists() and stamp.exists() and stamp.read_text() == made_from:
            self.stdout.write(f"{file} is up to date")
            return
        # a stop half way must not leave half a map, nor two that run at once write into one file
        partial = file.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(atlas.world(level))
        partial.replace(file)
        stamp.write_text(made_from)
        self.stdout.write(f"{file}: {file.stat().st_size // 1024} KB")


def _made_from(level: str) -> str:
    """The digest of all that a file depends on: npm's data and our own way to pack it."""
    modules = (Path(module.__file__) for module in (atlas, topology) if module.__file__)
    digest = hashlib.sha256()
    for source in (*atlas.sources_of(level), *modules):
        try:
            digest.update(source.read_bytes())
        except FileNotFoundError as error:
            raise CommandError(f"{source} is missing: run npm ci first") from error
    return digest.hexdigest()
