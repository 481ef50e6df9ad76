"""What is written on the card of a shared link."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _, ngettext

from places import when
from storymap.maps.card import CardWords
from storymap.maps.scene import pins_of
from storymap.pages.spans import span_of
from storymap.story.document import ChapterDocument, StoryDocument

MOST_PLACES = 6


def card_words(document: StoryDocument, chapter_slug: str) -> CardWords:
    """In the language that is active, which is the document's. Raises KeyError when there is no such chapter."""
    if not chapter_slug:
        return _of_story(document)
    chapter = document.chapter(chapter_slug)
    if chapter is None:
        raise KeyError(chapter_slug)
    return _of_chapter(document, chapter)


def _of_story(document: StoryDocument) -> CardWords:
    narrated = [document.events[moment.event] for chapter in document.chapters for moment in chapter.moments]
    counted = f"{document.day_zero}/{document.day_last}" if document.day_zero and document.day_last else ""
    chapters, places = len(document.chapters), len(document.places)
    numbers = (
        ngettext("%(number)s chapter", "%(number)s chapters", chapters) % {"number": chapters},
        ngettext("%(number)s place", "%(number)s places", places) % {"number": places},
    )
    dates = _dates(counted or span_of(narrated).written, document)
    return CardWords(settings.STORYMAP_SITE_NAME, document.title, dates, numbers, _foot())


def _of_chapter(document: StoryDocument, chapter: ChapterDocument) -> CardWords:
    dates = _dates(span_of([document.events[moment.event] for moment in chapter.moments]).written, document)
    pins = pins_of(document, chapter)[:MOST_PLACES]
    places = tuple(f"{pin.number}  {document.places[pin.place].name}" for pin in pins)
    return CardWords(document.title, chapter.title, dates, places, _foot())


def _dates(span: str, document: StoryDocument) -> str:
    return when.words(span, document.language) if span else ""


def _foot() -> str:
    return _("Map: Natural Earth")
