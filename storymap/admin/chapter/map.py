"""What the map of the chapter page is given: the atlas, the events of the moments, and its words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from storymap.admin.atlas import atlas_levels
from storymap.admin.chapter.event_facts import facts_of
from storymap.admin.chapter.moments import Window, beyond
from storymap.models import Chapter


def map_of(chapter: Chapter | None, window: Window | None = None) -> dict[str, Any]:
    """Of a long chapter the events of the moments that are shown, and where the others lie."""
    moments = chapter.moments.filter(pk__in=window.shown) if chapter and window else chapter and chapter.moments
    events = list(moments.values_list("event_id", flat=True)) if moments else []
    return {
        "first": window.first if window else 1,
        "total": len(window.keys) if window else len(events),
        "beyond": beyond(window, chapter) if chapter and window else [],
        "levels": atlas_levels(),
        "events": reverse("admin:storymap_chapter_events"),
        "check": reverse("admin:storymap_chapter_overlay"),
        "facts": facts_of(events),
        "words": map_words(),
    }


def map_words() -> dict[str, str]:
    return {**_camera_words(), **_overlay_words(), **_moment_words()}


def _camera_words() -> dict[str, str]:
    return {
        "heading": _("Map"),
        "which": _("Camera of"),
        "chapter": _("the chapter"),
        "use": _("Use this view"),
        "all": _("Show all places"),
        "none": _("No camera of its own"),
        "undo": _("Undo"),
        "map": _("Map of the chapter: arrow keys move it, plus and minus zoom"),
        "frame": _("The dashed frame is the camera as it stands."),
        "used": _("The camera is what the map shows now: {at}, zoom {zoom}."),
        "shown": _("The camera shows all places."),
        "cleared": _("No camera of its own: readers see {instead}."),
        "insteadChapter": _("all places of the chapter"),
        "insteadMoment": _("the chapter’s view"),
        "undone": _("The last change of a camera is undone."),
        "nowhere": _("No moment has a place yet: choose events below."),
        "wrong": _("The text of this camera is not understood."),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "asText": _("Camera as text"),
    }


def _overlay_words() -> dict[str, str]:
    return {
        "drawn": _("The areas and lines are drawn on the map."),
        "checkFailed": _("The areas cannot be checked now. They are checked when you save."),
        "swapped": _("They lie far from every place of the chapter. Are latitude and longitude swapped?"),
        "swap": _("Yes, swap them"),
        "problems": _("What is wrong with the areas and lines"),
    }


def _moment_words() -> dict[str, str]:
    return {
        "up": _("Move “{name}” up"),
        "down": _("Move “{name}” down"),
        "drag": _("Drag to another place"),
        "moved": _("“{name}” is now {position} of {count}."),
        "away": _("“{name}” becomes number {position} of the chapter when you save."),
        "unnamed": _("new moment"),
    }
