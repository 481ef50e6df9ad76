"""Who may manage whom, and ending what somebody has left open in other browsers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

Actor = Any  # the User of a request, behind Django's lazy wrapper


def permissions_of(user: Actor) -> QuerySet[Permission]:
    """Whether the account is active or not: it may be activated again."""
    if user.is_superuser:
        return Permission.objects.all()
    mine = Permission.objects.filter(Q(user=user.pk) | Q(group__user=user.pk))
    return Permission.objects.filter(pk__in=mine.values("pk"))


def grantable_groups(actor: Actor) -> QuerySet[Group]:
    """Groups that allow nothing which the actor may not."""
    beyond = Permission.objects.exclude(pk__in=permissions_of(actor).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def may_manage(actor: Actor, row: User | Group) -> bool:
    """Equals may; nobody but a superuser touches a superuser."""
    if actor.is_superuser:
        return True
    if isinstance(row, Group):
        return grantable_groups(actor).filter(pk=row.pk).exists()
    beyond = permissions_of(row).exclude(pk__in=permissions_of(actor).values("pk"))
    return not row.is_superuser and not beyond.exists()


def end_sessions(*, user: User | AnonymousUser, but: str | None) -> int:
    """Every session of the user but the one with this key; says how many. Only editors have any, so they are few."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but or "")
    own = [row.pk for row in rows.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    return Session.objects.filter(pk__in=own).delete()[0]
