"""`manage.py serve`: everything between an installed project and a site that answers. Run again, it only starts."""

from __future__ import annotations

import errno
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
UNUSED = timedelta(days=30)  # after which a drawing that nobody asks for is deleted


class Command(BaseCommand):
    help = "Migrate, load the first story into an empty database, collect static files, and serve."
    requires_system_checks: list[str] = []  # the atlas that a check asks for is built here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on, or 0.0.0.0 for all")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reload", action="store_true", help="Django's own server, restarting when code changes")
        parser.add_argument("--prepare", action="store_true", help="do everything but serve")

    def handle(self, *args: Any, host: str, port: int, reload: bool, prepare: bool, **options: Any) -> None:
        if not prepare:
            _check(host, port)
        self._prepare()
        if prepare:
            return
        self.stdout.write(self.style.SUCCESS(f"\n  {settings.STORYMAP_SITE_URL}/stories/lima-1996-97/\n"))
        if reload:
            call_command("runserver", address_of(host, port))
            return
        self.stdout.flush()
        command = gunicorn(host, port)
        os.execvp(command[0], command)  # noqa: S606

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


def gunicorn(host: str, port: int) -> list[str]:
    """The command that serves, from whatever directory a process manager starts it in."""
    workers = str(min(4, (os.cpu_count() or 1)))
    program = str(Path(settings.BASE_DIR) / ".venv" / "bin" / "gunicorn")
    serving = ["--worker-class", "gthread", "--workers", workers, "--threads", "4", "--keep-alive", "15"]
    found = ["--preload", "--no-control-socket", "--pythonpath", str(settings.BASE_DIR)]
    return [program, *serving, *found, "--bind", address_of(host, port), "storymap.wsgi"]


def address_of(host: str, port: int) -> str:
    """As servers write it: an IPv6 address stands in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _check(host: str, port: int) -> None:
    """Raises CommandError if nothing can listen there."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address[0], port, *address[2:]))
    except (OSError, OverflowError, UnicodeError) as problem:
        if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
            raise CommandError(f"Port {port} is in use. Choose another: make run PORT={port + 1}") from None
        raise CommandError(
            f"Cannot listen on {address_of(host, port)}: {problem}. --host is an address of this machine, or 0.0.0.0 "
            "for all of them; --port is a number up to 65535."
        ) from None
