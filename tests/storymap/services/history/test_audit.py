"""For how long entries stay in the audit log."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from storymap.models import AuditEntry
from storymap.services.history.audit import forget_entries

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]


def test_old_entries_are_forgotten_and_younger_ones_are_not(settings: Any) -> None:
    """After the days of the setting; 0 is for ever."""
    for days in (91, 200, 729, 731, 5000):
        AuditEntry.objects.create(verb="published", who=f"{days}", when=timezone.now() - timedelta(days=days))
    kept = []
    for setting in (0, 730, 100):
        settings.STORYMAP_AUDIT_DAYS = setting
        call_command("prune_audit_log", verbosity=0)
        kept.append(sorted(int(name) for name in AuditEntry.objects.values_list("who", flat=True)))
    assert kept == [[91, 200, 729, 731, 5000], [91, 200, 729], [91]]


def test_the_database_lets_no_entry_go_that_is_younger_than_ninety_days() -> None:
    AuditEntry.objects.create(verb="published", when=timezone.now() - timedelta(days=89))
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        forget_entries(before=timezone.now())
    assert AuditEntry.objects.count() == 1


def test_a_site_that_would_forget_at_once_does_not_start() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "STORYMAP_AUDIT_DAYS": "30"}
    command = [sys.executable, "-c", "import django; django.setup()"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert "STORYMAP_AUDIT_DAYS must be 0" in done.stderr
