"""Where in the admin a problem is mended: the change page of the row, in the right language, at the field."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from storymap.models import StagePicture, Story
from storymap.services.publishing.checklist import Checklist, Item
from storymap.story.from_models import MODELS

ROWS = 100  # problems of a page
PARAMETER = "problems"  # of the address: which page
ANCHORS = {"citations": "citations-group", "moments": "moments-group", "file": "id_upload"}  # others: id_<field>


@dataclass(frozen=True)
class LinkedItem:
    item: Item
    url: str
    field_name: str


@dataclass(frozen=True)
class LinkedGroup:
    title: str
    items: tuple[LinkedItem, ...]


@dataclass(frozen=True)
class LinkedPage:
    """So many problems as are read at a time."""

    groups: list[LinkedGroup]
    page: Page


def linked_checklist(checklist: Checklist, story: Story, request: HttpRequest) -> LinkedPage:
    items = [(group.title, item) for group in checklist.groups for item in group.items]
    page = Paginator(items, ROWS).get_page(request.GET.get(PARAMETER))
    keys = _keys([item for _title, item in page.object_list], story)
    groups = groupby(page.object_list, key=lambda titled: titled[0])
    result = [
        LinkedGroup(title, tuple(_linked_item(item, keys, story) for _title, item in rows)) for title, rows in groups
    ]
    return LinkedPage(result, page)


def _keys(items: list[Item], story: Story) -> dict[tuple[str, str], int]:
    slugs = defaultdict(set)
    for item in (item for item in items if item.slug):
        slugs[item.kind].add(item.slug)
    result = {}
    for kind, wanted in slugs.items():
        if kind == "stages":
            continue
        rows: Any = MODELS[kind]._default_manager.filter(slug__in=wanted)
        rows = rows.filter(story=story) if kind == "chapters" else rows
        result.update({(kind, slug): key for slug, key in rows.values_list("slug", "pk")})
    return result


def _linked_item(item: Item, keys: dict[tuple[str, str], int], story: Story) -> LinkedItem:
    if item.kind == "stages":
        page = reverse("admin:storymap_story_pictures", args=[story.pk])
        query = urlencode({"picture": item.slug, "language": item.problem.language or story.default_language})
        return LinkedItem(item, f"{page}?{query}#id_{item.field}", _field_name(StagePicture, item.field))
    if item.field == "streets":
        return LinkedItem(item, f"{reverse('admin:storymap_story_streets', args=[story.pk])}#id_file", _("Streets"))
    model = MODELS[item.kind] if item.kind else Story
    opts = model._meta
    if item.kind and not item.slug:
        return LinkedItem(item, f"{reverse('admin:storymap_chapter_add')}?story={story.pk}#id_title", "")
    key = keys[item.kind, item.slug] if item.kind else story.pk
    page = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[key])
    query = f"?language={item.problem.language}" if item.problem.language else ""
    url = f"{page}{query}#{ANCHORS.get(item.field, f'id_{item.field}')}"
    return LinkedItem(item, url, _field_name(model, item.field))


def _field_name(model: type[Model], field: str) -> str:
    """As the form calls it."""
    meta = getattr(model, "_parler_meta", None)
    for options in (model._meta, *([meta.root_model._meta] if meta else ())):
        result = next((f for f in options.get_fields() if f.name == field), None)
        if result is not None:
            name = getattr(result, "verbose_name", None) or result.related_model._meta.verbose_name_plural
            return str(name)
    return field
