"""What will appear and what will go, by itself, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from storymap.models import Edition, EditionDocument, Story
from storymap.services.local_time import in_words


@dataclass(frozen=True)
class Entry:
    at: datetime
    words: str  # in the site's zone and in UTC
    what: str
    story: Story


def calendar_of(now: datetime) -> list[Entry]:
    awaited = Edition.objects.awaited(now).select_related("story").prefetch_related("story__translations")
    entries = [_entry(e.publish_at, _("Edition %(number)s appears") % {"number": e.number}, e.story) for e in awaited]
    shown = EditionDocument.objects.visible(now).values("edition__story")
    coming = awaited.values("story")
    ending = Story.objects.filter(visible_until__gt=now).prefetch_related("translations")
    ending = ending.filter(pk__in=shown) | ending.filter(pk__in=coming)
    entries += [_entry(story.visible_until, _("The story goes"), story) for story in ending if story.visible_until]
    return sorted(entries, key=lambda entry: (entry.at, entry.story.slug))


def _entry(at: datetime, what: str, story: Story) -> Entry:
    return Entry(at, in_words(at, timezone.get_current_timezone()), what, story)
