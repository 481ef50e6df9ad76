"""Pictures travel with their words and rights. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from storymap.services.alternative_text import problem_with
from storymap.services.rules.problem import Problem, missing, warning
from storymap.storyfile import IllustrationEntry, StoryFile


def picture_problems(picture: IllustrationEntry, story: StoryFile) -> Iterator[Problem]:
    where = f"illustrations/{picture.slug}"
    yield from missing(picture.file, f"{where}/file", story)
    if not picture.decorative:
        yield from missing(picture.alt, f"{where}/alt", story)
        yield from _no_words(picture, where)
    if picture.caption:
        yield from missing(picture.caption, f"{where}/caption", story)
    if not picture.credit:
        yield Problem(f"{where}/credit", _("Nobody is credited."))
    if not picture.licence:
        yield Problem(f"{where}/licence", _("has no licence"))


def _no_words(picture: IllustrationEntry, where: str) -> Iterator[Problem]:
    """An alternative text that is none; the admin refuses it, a story file may bring it."""
    for language, alt in picture.alt.items():
        if alt and (wrong := problem_with(alt, slug=picture.slug, repeated=[picture.caption.get(language, "")])):
            yield warning(f"{where}/alt", f"{language}: {wrong}", language)
