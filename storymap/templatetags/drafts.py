"""The list of one's own drafts on the first page of the admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from storymap.admin.wizard.beginning import BEGUN, begin_address
from storymap.admin.wizard.panel import TOLD, told_address
from storymap.models import Chapter, Draft
from storymap.services.stories.autosaves import rows_of

register = template.Library()


@dataclass(frozen=True)
class Work:
    draft: Draft
    title: str
    language: str
    url: str  # empty when what it is of has been deleted


@register.inclusion_tag("admin/storymap/_unsaved_work.html", takes_context=True)
def unsaved_work(context: dict[str, Any]) -> dict[str, Any]:
    """What the person has typed and not saved, the newest first."""
    drafts = Draft.objects.filter(user=context["request"].user).select_related("content_type")
    rows = rows_of(drafts)
    return {"works": [_work(draft, rows[draft]) for draft in drafts], "csrf_token": context.get("csrf_token")}


def _work(draft: Draft, row: models.Model | None) -> Work:
    kind = draft.content_type.model_class()._meta  # type: ignore[union-attr]  # drafts are of models of ours
    title = str(row) if row else _("new: %(title)s") % {"title": _typed_title(draft)}
    if draft.object_id and not row:
        title = _typed_title(draft)
    where, arguments = ("change", [draft.object_id]) if draft.object_id else ("add", [])
    if row and draft.part == TOLD:
        return _told(draft, row)
    there = (
        begin_address()
        if draft.part == BEGUN
        else reverse(f"admin:{kind.app_label}_{kind.model_name}_{where}", args=arguments)
    )
    query = f"?{urlencode({'language': draft.language})}" if draft.language else ""
    language = str(dict(settings.LANGUAGES).get(draft.language, draft.language))
    shown = _("%(kind)s “%(title)s”") % {"kind": kind.verbose_name, "title": title}
    return Work(draft, shown, language, "" if draft.object_id and not row else there + query)


def _told(draft: Draft, row: Any) -> Work:
    """A chapter on the telling page; its story's row stands for one that is not stored yet."""
    title = str(row) if isinstance(row, Chapter) else _("new: %(title)s") % {"title": _typed_title(draft)}
    shown = _("%(kind)s “%(title)s”") % {"kind": Chapter._meta.verbose_name, "title": title}
    return Work(draft, shown, "", told_address(row))


def _typed_title(draft: Draft) -> str:
    named = (draft.typed.get(name, [""]) for name in ("title", "name", "slug"))
    return next((values[0] for values in named if values and values[0]), "…")
