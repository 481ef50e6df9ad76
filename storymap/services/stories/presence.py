"""Who else is at the same story or record: a row that its page renews every ten seconds while it can be seen."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from storymap.models import Chapter, Presence, Story

FORGOTTEN_AFTER = timedelta(seconds=60)


def subject_of(row: models.Model) -> str:
    """What everybody at the row is at: of a chapter its story."""
    story = row.story_id if isinstance(row, Chapter) else row.pk if isinstance(row, Story) else None
    return f"storymap.story:{story}" if story else f"{row._meta.label_lower}:{row.pk}"


def arrive(*, user: User, row: models.Model) -> list[Presence]:
    """Note that somebody is here; says who else is."""
    now = timezone.now()
    kind = ContentType.objects.get_for_model(row)
    here = Presence(user=user, content_type=kind, object_id=str(row.pk), subject=subject_of(row), seen_at=now)
    Presence.objects.bulk_create(
        [here],
        update_conflicts=True,
        unique_fields=["user", "content_type", "object_id"],
        update_fields=["subject", "seen_at"],
    )
    Presence.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
    return others_here(user=user, row=row)


def leave(*, user: User, row: models.Model) -> None:
    kind = ContentType.objects.get_for_model(row)
    Presence.objects.filter(user=user, content_type=kind, object_id=str(row.pk)).delete()


def others_here(*, user: User, row: models.Model) -> list[Presence]:
    """In the order of names and rows, so that the sentence stays the same while nobody comes or goes."""
    there = Presence.objects.filter(subject=subject_of(row), seen_at__gte=timezone.now() - FORGOTTEN_AFTER)
    people = there.exclude(user=user).select_related("user", "content_type")
    return list(people.order_by("user__username", "content_type", "object_id"))
