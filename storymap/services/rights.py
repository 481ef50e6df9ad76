"""Who may manage whom: nobody gives away a right he does not hold, or touches somebody who has more than he has."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

Actor = Any  # the User of a request, behind Django's lazy wrapper


def held(user: Actor) -> QuerySet[Permission]:
    """Whether the account is active or not: it may be activated again."""
    if user.is_superuser:
        return Permission.objects.all()
    mine = Permission.objects.filter(Q(user=user.pk) | Q(group__user=user.pk))
    return Permission.objects.filter(pk__in=mine.values("pk"))


def grantable_groups(actor: Actor) -> QuerySet[Group]:
    """Groups that allow nothing which the actor may not."""
    beyond = Permission.objects.exclude(pk__in=held(actor).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def may_manage(actor: Actor, row: User | Group) -> bool:
    """Equals may; nobody but a superuser touches a superuser."""
    if actor.is_superuser:
        return True
    if isinstance(row, Group):
        return grantable_groups(actor).filter(pk=row.pk).exists()
    beyond = held(row).exclude(pk__in=held(actor).values("pk"))
    return not row.is_superuser and not beyond.exists()
