"""What readers see of a story: columns of the list of stories."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from storymap.admin.local_time import in_words
from storymap.models import Edition, EditionDocument


def wait_until_gone() -> None:
    """After a story was withdrawn: until no process believes any more that it is there. Then one may say so."""
    time.sleep(settings.STORYMAP_FRESHNESS)


def with_visibility(stories: QuerySet) -> QuerySet:
    """With `shown`, the number of the edition that readers see, and `awaited`, when the next one appears."""
    now = timezone.now()
    shown = EditionDocument.objects.visible(now).filter(edition__story=OuterRef("pk"))
    awaited = Edition.objects.awaited(now).filter(story=OuterRef("pk")).order_by("publish_at")
    return stories.annotate(
        shown=Subquery(shown.values("edition__number")[:1]),
        awaited=Subquery(awaited.values("publish_at")[:1]),
    )


@admin.display(description=gettext_lazy("visible to readers"))
def visibility(story: Any) -> str:
    """edition 2, next from …, until …; for a story of `with_visibility`."""
    zone = timezone.get_current_timezone()
    parts = [_("edition %(number)s") % {"number": story.shown} if story.shown else _("nothing")]
    if story.awaited:
        parts.append(_("next from %(time)s") % {"time": in_words(story.awaited, zone)})
    if story.visible_until and (story.shown or story.awaited):
        parts.append(_("until %(time)s") % {"time": in_words(story.visible_until, zone)})
    return ", ".join(parts)


@admin.display(description=gettext_lazy("withdraw"))
def withdrawal(story: Any) -> str:
    """The way to withdraw it, where there is something to withdraw."""
    if not (story.shown or story.awaited):
        return ""
    address = reverse("admin:storymap_story_withdraw", args=[story.pk])
    name = _("Withdraw “%(story)s”") % {"story": story}
    return format_html('<a href="{}" aria-label="{}">{}</a>', address, name, _("Withdraw"))
