"""Small pictures, players and uses, in lists and forms."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from storymap.models import Chapter, Illustration


def link_to(row: Illustration | Chapter) -> SafeString:
    address = reverse(f"admin:storymap_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, row)


def smallest(row: Illustration) -> dict | None:
    """The smallest file of the picture, in whichever language there is one."""
    files = next((t.files for t in row.translations.all() if t.files), None) if row.pk else None
    return files[0] if files else None


def thumbnail(row: Illustration) -> SafeString | str:
    """Cropped around the focal point: by classes, as no style may stand in an attribute."""
    file = smallest(row)
    if file is None:
        return "–"
    x, y = (5 if part is None else round(part * 10) for part in (row.focus_x, row.focus_y))
    picture = '<img class="thumb focus-x-{} focus-y-{}" src="{}" width="96" height="72" loading="lazy" alt="">'
    return format_html(picture, x, y, reverse("media", args=[file["name"]]))


def used_in(chapters: Iterable[Chapter]) -> SafeString | str:
    """Chapters and their stories, with links."""
    lines = [
        (link_to(chapter), reverse("admin:storymap_story_change", args=[chapter.story_id]), chapter.story)
        for chapter in chapters
    ]
    if not lines:
        return _("No chapter yet.")
    return format_html('<ul class="used-in">{}</ul>', format_html_join("", '<li>{}, <a href="{}">{}</a></li>', lines))


def player(name: str, captions: str, label: str) -> SafeString:
    """The browser's own controls."""
    source = reverse("media", args=[name])
    track = format_html('<track kind="captions" src="{}">', reverse("media", args=[captions])) if captions else ""
    return format_html('<audio controls preload="none" src="{}" aria-label="{}">{}</audio>', source, label, track)
