"""Changes in words for editors: parts by the names they know, fields as their forms call them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _, pgettext

from storymap.models import BasemapExtract, StagePicture, Story
from storymap.services.history.differences import Change
from storymap.story.from_models import MODELS
from storymap.story.storyfile import StoryFile, entries_in

_MODELS = {"story": Story, "extracts": BasemapExtract, "stages": StagePicture, **MODELS}


def change_words(change: Change, *files: StoryFile) -> str:
    """Chapter “The beginning”: changed. The files are asked for the part's name in turn."""
    verb, kind, slug = change
    verbs = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}
    return f"{part_words(kind, slug, *files)}: {verbs[verb]}"


def part_words(kind: str, slug: str, *files: StoryFile) -> str:
    name = field_words(Story, slug) if kind == "story" else title_of(kind, slug, *files)
    return f"{capfirst(_MODELS[kind]._meta.verbose_name)} “{name}”"


def title_of(kind: str, slug: str, *files: StoryFile) -> str:
    """By its title or name in the reader's language or any; by its slug when it has none."""
    for file in files:
        for entry in entries_in(file, kind):
            if entry.slug == slug:
                return _in_a_language(getattr(entry, "title", None) or getattr(entry, "name", None)) or slug
    return slug


def _in_a_language(text: Any) -> str:
    if isinstance(text, dict):
        return text.get((get_language() or "en"), "") or next(iter(text.values()), "")
    return text or ""


def kind_words(kind: str, name: str) -> str:
    return field_words(_MODELS[kind], name)


def field_words(model: Any, name: str) -> str:
    """The label of the form's field; of a story file's own fields, words of our own."""
    own = {
        "order of chapters": pgettext("of a story", "order of chapters"),
        "languages": pgettext("of a story", "languages"),
        "slug": pgettext("of a story", "address"),
        "format": _("format"),
        "moments": _("moments"),
        "old_slugs": _("former addresses"),
        "audio": _("recording"),
        "people": _("people involved"),
        "citations": _("citations"),
        "also_there": _("places also concerned"),
        "journey": _("journey"),
        "head": _("area, credit and date"),
        "toponyms": _("further names"),
        "lat": _("latitude"),
        "lng": _("longitude"),
    }
    if name in own:
        return str(own[name])
    for fields in (model._meta, *_translations(model)):
        if name in {field.name for field in fields.get_fields()}:
            return str(fields.get_field(name).verbose_name)
    return name


def _translations(model: Any) -> tuple[Any, ...]:
    return (model._parler_meta.root_model._meta,) if hasattr(model, "_parler_meta") else ()


def language_words(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))
