"""The one writer of basemap extracts: those of a story file, and a single one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from places.geo import overlap
from storymap.models import BasemapExtract, Story
from storymap.services.accounts import Actor
from storymap.services.history.versions import changing
from storymap.services.media.extracts import ExtractProblem, checked_extract
from storymap.services.media.files import Storing
from storymap.services.stories.record import Writing
from storymap.services.stories.slugs import slug_of
from storymap.story.extract_head import head_in
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


def extract_slug(name: str) -> str:
    """Raises ExtractProblem for a name without a letter or digit: the next such one would replace its streets."""
    if not any(sign.isalnum() for sign in name):
        raise ExtractProblem(_("“%(name)s” has no letter and no digit: name the neighbourhood.") % {"name": name})
    return slug_of(name, "streets")


def overlaps_in_words(row: BasemapExtract) -> str:
    """Which other extracts of the story lie under and over this one; "" where none does."""
    own = head_in(row.head)
    others = [(head_in(one.head), one.slug) for one in row.story.extracts.exclude(pk=row.pk)]
    met = [(head.min_zoom, slug) for head, slug in others if overlap(head.bounds.edges, own.bounds.edges)]
    mine = own.min_zoom, row.slug  # in this order they are drawn
    said = []
    if under := sorted(slug for zoom, slug in met if (zoom, slug) < mine):
        said.append(_("They overlap %(others)s and are drawn on top.") % {"others": _quoted(under)})
    if over := sorted(slug for zoom, slug in met if (zoom, slug) > mine):
        said.append(_("They overlap %(others)s and are drawn underneath.") % {"others": _quoted(over)})
    return " ".join(said)


def _quoted(slugs: Sequence[str]) -> str:
    return ", ".join(f"“{slug}”" for slug in slugs)


def set_extract(*, story: Story, name: str, content: bytes, by: Actor, seen: int | None = None) -> BasemapExtract:
    """Put streets under the story; an extract of the same slug is replaced. The slug is made from `name`. Raises
    ExtractProblem for a file that is none and for a name that names nothing, CannotStore, and Stale when somebody else
    has changed the extracts since version `seen`."""
    checked, slug = checked_extract(content), extract_slug(name)
    what = _("Streets “%(slug)s” laid under the map") % {"slug": slug}
    with (
        Storing() as storing,
        changing(story, by=by, what=what, seen=seen, resting_on=lambda file: file.extracts) as changed,
    ):
        storing.store({checked.name: checked.content})
        values = {"file": checked.name, "head": checked.head.column()}
        row, _is_new = BasemapExtract.objects.update_or_create(story=changed, slug=slug, defaults=values)
    return row
