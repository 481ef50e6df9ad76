"""Pictures in place of the map: their words, and whether the moments have a place on them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from storymap.story.problem import Problem, hint, missing, warning
from storymap.story.storyfile import ChapterEntry, StageEntry, StoryFile


def stage_problems(stage: StageEntry, story: StoryFile) -> Iterator[Problem]:
    where = f"stages/{stage.slug}"
    yield from missing(stage.alt, f"{where}/alt", story)
    if stage.caption:
        yield from missing(stage.caption, f"{where}/caption", story)
    if not stage.credit:
        yield Problem(f"{where}/credit", _("Nobody is credited."))
    if not stage.licence:
        yield Problem(f"{where}/licence", _("has no licence"))


def spot_problems(chapter: ChapterEntry, story: StoryFile, where: str) -> Iterator[Problem]:
    """Of a chapter that stands on a picture."""
    titles = {event.slug: event.title.get(story.default_language) or event.slug for event in story.events}
    for moment in chapter.moments:
        if not moment.spot:
            said = _("“%(event)s” has no spot on the picture: readers find it in the text only.")
            yield warning(f"{where}/moments", said % {"event": titles.get(moment.event, moment.event)})
    if chapter.overlay:
        yield hint(f"{where}/overlay", _("Areas and lines lie on the earth, and are not shown on the picture."))
