"""What a rule finds, and what all rules share. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from storymap.storyfile import StoryFile, Translated


@dataclass(frozen=True)
class Problem:
    """`where` is a path of kinds, slugs and a field: chapters/demands/narration."""

    where: str
    what: str
    is_error: bool = True
    language: str = ""  # of the text that it is about
    asks: bool = True  # of a warning: whether publishing all the same needs a tick; else it is a hint

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def warning(where: str, what: str, language: str = "") -> Problem:
    return Problem(where, what, is_error=False, language=language)


def hint(where: str, what: str, language: str = "") -> Problem:
    return Problem(where, what, is_error=False, language=language, asks=False)


def language_name(language: str) -> str:
    """In the editor's language."""
    return str(dict(settings.LANGUAGES).get(language, language))


def missing(texts: Translated, where: str, story: StoryFile) -> Iterator[Problem]:
    """A text that readers need: an error in the default language, a warning in the others."""
    default = story.default_language
    if not texts.get(default):
        yield Problem(where, _("is empty in %(language)s") % {"language": language_name(default)}, language=default)
        return
    for language in story.languages:
        if not texts.get(language):
            yield warning(
                where, _("is not translated into %(language)s") % {"language": language_name(language)}, language
            )
