"""What changed in an edition, in words for readers."""

from __future__ import annotations

from django.utils.translation import gettext as _, pgettext

from storymap.story.document import StoryDocument

Change = tuple[str, str, str]  # verb, kind, slug


def change_words(change: Change, document: StoryDocument) -> str:
    """One change by the name that readers know; by its slug when the part is no longer told."""
    verb, kind, slug = change
    verbs = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}
    return f"{_KINDS[kind]()} “{_name(kind, slug, document)}”: {verbs[verb]}"


_KINDS = {
    "story": lambda: _("Story"),
    "chapters": lambda: _("Chapter"),
    "events": lambda: _("Event"),
    "places": lambda: _("Place"),
    "people": lambda: _("Person"),
    "sources": lambda: _("Source"),
    "illustrations": lambda: _("Illustration"),
}


def _name(kind: str, slug: str, document: StoryDocument) -> str:
    names = {
        "story": lambda: _field(slug),
        "chapters": lambda: getattr(document.chapter(slug), "title", slug),
        "events": lambda: getattr(document.events.get(slug), "title", slug),
        "places": lambda: getattr(document.places.get(slug), "name", slug),
        "sources": lambda: getattr(document.sources.get(slug), "title", slug),
    }
    return names[kind]() if kind in names else slug


def _field(name: str) -> str:
    fields = {
        "title": pgettext("of a story", "title"),
        "standfirst": pgettext("of a story", "standfirst"),
        "byline": pgettext("of a story", "byline"),
        "credits": pgettext("of a story", "credits"),
        "licence": pgettext("of a story", "licence"),
        "languages": pgettext("of a story", "languages"),
        "default_language": pgettext("of a story", "default language"),
        "day_zero": pgettext("of a story", "day zero"),
        "day_last": pgettext("of a story", "last counted day"),
        "counting_note": pgettext("of a story", "counting rule"),
        "order of chapters": pgettext("of a story", "order of chapters"),
        "slug": pgettext("of a story", "address"),
    }
    return fields.get(name, name)
