"""`manage.py prune_audit_log`: forgets entries older than STORYMAP_AUDIT_DAYS. `serve` does it at every start."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from storymap.services.history.audit import forget_entries


class Command(BaseCommand):
    help = "Forget entries of the audit log that are older than STORYMAP_AUDIT_DAYS; what was printed stays as it is."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        count = 0
        if days := settings.STORYMAP_AUDIT_DAYS:
            count = forget_entries(before=timezone.now() - timedelta(days=days))
        if verbosity:
            self.stdout.write(f"{count} forgotten")
