"""Drafts of the telling page: of a chapter apart from those of its own form, and of one that is not stored yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from storymap.admin.telling_panel import ANEW, Panel
from storymap.editing.drafts import Opened, desk_of, key_of
from storymap.models import Chapter, Story
from storymap.services.drafts import FormOf

TOLD = "telling"  # the part of a story or chapter that these drafts are of


def told_form(story: Story, panel: Panel) -> FormOf:
    """A new chapter is a part of its story."""
    row = panel.chapter or story
    return FormOf(type(row), str(row.pk), story.default_language, TOLD)


def telling_desk(request: HttpRequest, story: Story, panel: Panel) -> dict[str, Any]:
    """For the templates; fills in the draft that was taken, or keeps what was sent."""
    taken = key_of(request.POST.get("_draft_key", "")) if request.POST.get("_draft") == "take" else None
    chosen = panel.moment.add_prefix("place")
    opened = Opened(told_form(story, panel), panel.chapter or story, panel.fields, always=(chosen,))
    return desk_of(request, opened, taken=taken)


def told_address(row: Story | Chapter) -> str:
    """Where such a draft is offered back."""
    story, key = (row.story_id, row.slug) if isinstance(row, Chapter) else (row.pk, ANEW)
    return f"{reverse('admin:storymap_story_tell', args=[story])}?chapter={key}"
