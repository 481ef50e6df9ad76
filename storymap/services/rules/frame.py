"""The story as a whole. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from storymap.services.rules.problem import Problem, language_name, missing, warning
from storymap.storyfile import StoryFile, listed_in


def frame_problems(story: StoryFile) -> Iterator[Problem]:
    yield from missing(story.title, "title", story)
    yield from missing(story.standfirst, "standfirst", story)
    yield from _untitled(story)
    for name in ("byline", "credits", "counting_note"):
        if texts := getattr(story, name):
            yield from missing(texts, name, story)
    if not story.chapters:
        yield Problem("chapters", _("There is no chapter."))
    yield from _untold(story)
    if not story.licence:
        yield warning("licence", _("Readers are not told what they may do with the story."))


def _untold(story: StoryFile) -> Iterator[Problem]:
    """What stands beside the chapters is public as they are."""
    if number := len(listed_in(story)):
        text = ngettext(
            "%(number)d event is told in no chapter: readers find it on the page “Also in the record”.",
            "%(number)d events are told in no chapter: readers find them on the page “Also in the record”.",
            number,
        )
        yield warning("also_recorded", text % {"number": number})


def _untitled(story: StoryFile) -> Iterator[Problem]:
    """Readers get a language once the story has a title in it: a chapter alone reaches nobody."""
    written = {language for chapter in story.chapters for language, title in chapter.title.items() if title}
    for language in sorted(written - set(story.languages)):
        text = _("Readers get nothing in %(language)s: chapters are written in it, the story’s title is not.")
        yield warning("title", text % {"language": language_name(language)}, language)
