"""Pictures travel with their words and rights. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from storymap.services.rules.problem import Problem, missing
from storymap.storyfile import IllustrationEntry, StoryFile


def picture_problems(picture: IllustrationEntry, story: StoryFile) -> Iterator[Problem]:
    where = f"illustrations/{picture.slug}"
    yield from missing(picture.file, f"{where}/file", story)
    if not picture.decorative:
        yield from missing(picture.alt, f"{where}/alt", story)
    if picture.caption:
        yield from missing(picture.caption, f"{where}/caption", story)
    if not picture.credit:
        yield Problem(f"{where}/credit", _("Nobody is credited."))
    if not picture.licence:
        yield Problem(f"{where}/licence", _("has no licence"))
