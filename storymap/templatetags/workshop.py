"""The stories to go on with, and the beginning of a new one, on the first page of the admin."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Case, IntegerField, Value, When

from storymap.admin.wizard.forms import BeginForm
from storymap.admin.wizard.panel import begin_context
from storymap.models import Story
from storymap.models.story import State

register = template.Library()
MOST = 6


@register.inclusion_tag("admin/storymap/story/_recent.html", takes_context=True)
def stories_to_go_on_with(context: dict[str, Any]) -> dict[str, Any]:
    """Those in review first, since somebody waits; then the last changed."""
    waiting = Case(When(state=State.IN_REVIEW, then=Value(0)), default=Value(1), output_field=IntegerField())
    stories = Story.objects.order_by(waiting, "-updated_at").prefetch_related("translations")[:MOST]
    return {"stories": stories if context["request"].user.has_perm("storymap.change_story") else []}


@register.inclusion_tag("admin/storymap/wizard/_begin_form.html", takes_context=True)
def begin_story(context: dict[str, Any]) -> dict[str, Any]:
    """What is typed here is autosaved; the list of unsaved work leads to the page that offers it."""
    form = BeginForm()
    return {"form": form, **begin_context(context["request"], form), "csrf_token": context.get("csrf_token")}
