"""The one writer of basemap extracts: those of a story file, and a single one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from storymap.models import BasemapExtract, Story
from storymap.services.accounts import Actor
from storymap.services.history.versions import changing
from storymap.services.media.check_extract import checked_extract
from storymap.services.media.files import Storing
from storymap.services.stories.record import Writing
from storymap.services.stories.slugs import slug_of
from storymap.story.storyfile import StoryFile, entries_in


def write_extracts(file: StoryFile, story: Story, writing: Writing, before: StoryFile | None) -> None:
    """Make the rows say what the file says. `before` is what the story says so far, None when it is new. Checks them
    also when the story itself could not be stored."""
    former = {entry.slug: entry for entry in entries_in(before, "extracts")} if before else {}
    wanted: dict[str, Any] = {entry.slug: entry for entry in entries_in(file, "extracts")}
    if gone := former.keys() - wanted.keys():
        story.extracts.filter(slug__in=gone).delete()
    for slug in (slug for slug, entry in wanted.items() if former.get(slug) != entry):
        row = story.extracts.filter(slug=slug).first() if slug in former else None
        row = row or BasemapExtract(story=story, slug=slug)
        row.file, row.head = wanted[slug].file, wanted[slug].head.column()
        if writing.check(row, f"extracts/{slug}", but=["story"]) and story.pk:
            row.save()


def set_extract(*, story: Story, name: str, content: bytes, by: Actor, seen: int | None = None) -> BasemapExtract:
    """Put streets under the story; an extract of the same slug is replaced. The slug is made from `name`. Raises
    ExtractProblem for a file that is none, CannotStore, and Stale when somebody else has changed the extracts since
    version `seen`."""
    checked, slug = checked_extract(content), slug_of(name, "streets")
    what = _("Streets “%(slug)s” laid under the map") % {"slug": slug}
    with (
        Storing() as storing,
        changing(story, by=by, what=what, seen=seen, resting_on=lambda file: file.extracts) as changed,
    ):
        storing.store({checked.name: checked.content})
        values = {"file": checked.name, "head": checked.head.column()}
        row, _is_new = BasemapExtract.objects.update_or_create(story=changed, slug=slug, defaults=values)
    return row
