"""`manage.py export_site DIR`: all published stories as files that any web server can serve."""

from __future__ import annotations

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from storymap.management.site_files import site_files


class Command(BaseCommand):
    help = (
        "Write all published stories as static files, for the root of the host in STORYMAP_SITE_URL. "
        "What needs a program is not in them: sign-in, oEmbed, the data interface, options of embeds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that does not exist yet, or is empty")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder = folder.absolute()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is there already and not an empty folder. Name another one.")
        partial = folder.with_name(f".{folder.name}.{os.getpid()}.part")
        try:
            number, size = self._write(partial)
            if folder.exists():
                folder.rmdir()
            partial.rename(folder)
        except (OSError, RuntimeError) as problem:
            raise CommandError(f"Nothing was written: {problem}") from None
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        self.stdout.write(f"{number} files, {size / 1e6:.1f} MB, in {folder}")

    def _write(self, partial: Path) -> tuple[int, int]:
        number = size = 0
        for name, body in site_files():
            file = partial / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
            number, size = number + 1, size + len(body)
            if number % 100 == 0:
                self.stdout.write(f"· {number} files")
        return number, size
