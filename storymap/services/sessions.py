"""Ending what somebody has left open in other browsers."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_sessions(*, user: User | AnonymousUser, but: str | None) -> int:
    """Every session of the user but the one with this key; says how many. Only editors have any, so they are few."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but or "")
    own = [row.pk for row in rows.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    return Session.objects.filter(pk__in=own).delete()[0]
