"""`manage.py serve`: everything between an installed project and a site that answers. Run again, it only starts."""

from __future__ import annotations

import os
import socket
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone, translation

from storymap import assets
from storymap.management.alone import alone
from storymap.maps import render_cache
from storymap.models import Story
from storymap.pages.head import card_words
from storymap.selectors.editions import document_of, published_stories

FIRST_STORY = Path(settings.BASE_DIR) / "storymap" / "stories" / "lima-1996-97"
UNUSED = timedelta(days=30)  # for which drawings are kept that nobody asks for


class Command(BaseCommand):
    help = "Migrate, load the first story into an empty database, collect static files, and serve on 127.0.0.1."
    requires_system_checks: list[str] = []  # the atlas that a check asks for is built here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reload", action="store_true", help="Django's own server, restarting when code changes")
        parser.add_argument("--prepare", action="store_true", help="do everything but serve")

    def handle(self, *args: Any, port: int, reload: bool, prepare: bool, **options: Any) -> None:
        if not prepare:
            self._check_port(port)
        self._prepare()
        if prepare:
            return
        self.stdout.write(self.style.SUCCESS(f"\n  {settings.STORYMAP_SITE_URL}/stories/lima-1996-97/\n"))
        if reload:
            call_command("runserver", f"127.0.0.1:{port}")
            return
        self.stdout.flush()
        os.execvp(_gunicorn()[0], [*_gunicorn(), "--bind", f"127.0.0.1:{port}", "storymap.wsgi"])  # noqa: S606

    def _check_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise CommandError(f"Port {port} is in use. Choose another: make run PORT={port + 1}") from None

    def _prepare(self) -> None:
        for folder in ("media", "public"):
            (settings.STORYMAP_DATA_DIR / folder).mkdir(parents=True, exist_ok=True)
        call_command("build_atlas", verbosity=0)
        call_command("migrate", verbosity=0)
        call_command("empty_trash", verbosity=0)
        call_command("prune_audit_log", verbosity=0)
        with alone(connection):
            self._prepare_once()
        for language, _name in settings.LANGUAGES:
            for card in published_stories(language):
                document = document_of(card.digest)
                render_cache.warm(document)
                with translation.override(language):
                    render_cache.card(document, "", card_words(document, ""))
        render_cache.sweep(before=timezone.now() - UNUSED)

    def _prepare_once(self) -> None:
        if not Story.objects.exists():
            call_command("import_story", FIRST_STORY, publish=True, stdout=self.stdout)
        if not settings.DEBUG:
            self._collect()

    def _collect(self) -> None:
        """Static files, when they are not those of this release."""
        stamp = settings.STORYMAP_DATA_DIR / "static-release"
        if stamp.exists() and stamp.read_text() == assets.release():
            return
        self.stdout.write("· collecting and compressing static files")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(assets.release())


def _gunicorn() -> list[str]:
    workers = str(min(4, (os.cpu_count() or 1)))
    program = str(Path(settings.BASE_DIR) / ".venv" / "bin" / "gunicorn")
    serving = ["--worker-class", "gthread", "--workers", workers, "--threads", "4", "--keep-alive", "15"]
    return [program, *serving, "--preload", "--no-control-socket"]
