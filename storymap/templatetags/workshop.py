"""The first page of the admin: stories to go on with, the beginning of a new one, and unsaved work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from storymap.admin.wizard.forms import BeginForm
from storymap.admin.wizard.panel import BEGIN, NEW, WIZARD, begin_context, wizard_address
from storymap.models import Autosave, Chapter, Story
from storymap.models.story import State
from storymap.services.stories.autosaves import rows_of

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


@dataclass(frozen=True)
class Work:
    autosave: Autosave
    title: str
    language: str
    url: str  # empty when what it is of has been deleted


@register.inclusion_tag("admin/storymap/editing/_unsaved_work.html", takes_context=True)
def unsaved_work(context: dict[str, Any]) -> dict[str, Any]:
    """What the person has typed and not saved, the newest first."""
    autosaves = Autosave.objects.filter(user=context["request"].user).select_related("content_type")
    rows = rows_of(autosaves)
    works = [_work(autosave, rows[autosave]) for autosave in autosaves]
    return {"works": works, "csrf_token": context.get("csrf_token")}


def _work(autosave: Autosave, row: models.Model | None) -> Work:
    if isinstance(row, Story | Chapter) and autosave.part == WIZARD:
        return _in_wizard(autosave, row)
    model = autosave.content_type.model_class()._meta  # type: ignore[union-attr]  # autosaves are of models of ours
    is_deleted = bool(autosave.object_id and not row)
    title = str(row) if row else _typed_title(autosave) if is_deleted else _new(autosave)
    shown = _("%(kind)s “%(title)s”") % {"kind": model.verbose_name, "title": title}
    language = str(dict(settings.LANGUAGES).get(autosave.language, autosave.language))
    return Work(autosave, shown, language, "" if is_deleted else _address(autosave, model))


def _address(autosave: Autosave, model: Any) -> str:
    """Of the form that offers it, in its language."""
    if autosave.part == BEGIN:
        page = reverse("admin:storymap_story_begin")
    elif autosave.object_id:
        page = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[autosave.object_id])
    else:
        page = reverse(f"admin:{model.app_label}_{model.model_name}_add")
    return f"{page}?{urlencode({'language': autosave.language})}" if autosave.language else page


def _in_wizard(autosave: Autosave, row: Story | Chapter) -> Work:
    """A chapter in the story wizard; its story's row stands for one that is not stored yet."""
    title = str(row) if isinstance(row, Chapter) else _new(autosave)
    shown = _("%(kind)s “%(title)s”") % {"kind": Chapter._meta.verbose_name, "title": title}
    return Work(autosave, shown, "", wizard_address(row, NEW))


def _new(autosave: Autosave) -> str:
    return _("new: %(title)s") % {"title": _typed_title(autosave)}


def _typed_title(autosave: Autosave) -> str:
    named = (autosave.typed.get(name, [""]) for name in ("title", "name", "slug"))
    return next((values[0] for values in named if values and values[0]), "…")
