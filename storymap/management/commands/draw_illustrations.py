"""Draws the first story's illustrations anew, after a change of its events, its places or the drawing code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from storymap.stories.pictures import facts
from storymap.stories.pictures.album import PICTURES, file_name
from storymap.stories.pictures.ink import FontsMissing


class Command(BaseCommand):
    help = "Draws the first story's illustrations into its media folder. Needs the fonts that `npm ci` installs."
    requires_system_checks: list[str] = []  # it touches neither the database nor the settings

    def handle(self, *args: Any, **options: Any) -> None:
        known, folder = facts.read(), facts.STORY / "media"
        folder.mkdir(exist_ok=True)
        for slug, draw in PICTURES.items():
            for language in facts.LANGUAGES:
                try:
                    picture = draw(known, language)
                except FontsMissing as error:
                    raise CommandError(str(error)) from error
                file = folder / file_name(slug, language)
                file.write_bytes(picture)
                self.stdout.write(f"{file.name}: {len(picture) / 1024:.0f} KB")
