"""Bringing a story back to what it said at an earlier revision or edition: as a new revision on top of all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from storymap.models import Story
from storymap.services.accounts.actor import Actor
from storymap.services.history.versions import changing, stories_with
from storymap.services.media.files import stored_media
from storymap.services.stories.record import StoredRecord
from storymap.services.stories.saving import CannotSave, Present, write_story_file
from storymap.services.stories.slugs import rename_story
from storymap.story.problem import Problem
from storymap.story.references import RECORD
from storymap.story.storyfile import StoryFile


@dataclass(frozen=True)
class Shared:
    """A part of the record that will change, and the other stories in which it will change too."""

    part: Any
    stories: tuple[Story, ...]


def restore(*, story: Story, file: StoryFile, by: Actor, what: str = "", seen: int | None = None) -> None:
    """Make the rows say again what the file says. Raises CannotSave; and Stale when the story no longer says what it
    said at version `seen`."""
    found = stored_media(file)
    with transaction.atomic():
        Present.of(file).touched_by(file)  # locks the stories in one order for all, before the first is changed
        with changing(story, by=by, what=what, seen=seen, resting_on=lambda now: now):
            if file.slug != Story.objects.values_list("slug", flat=True).get(pk=story.pk):
                _check_free(file.slug)
                rename_story(story=Story.objects.get(pk=story.pk), slug=file.slug, by=by)
            write_story_file(file, found, by=by, what=what)


def _check_free(slug: str) -> None:
    if Story.objects.filter(slug=slug).exists():
        raise CannotSave([Problem("slug", _("“%(slug)s” is the address of another story now.") % {"slug": slug})])


def shared_with_others(story: Story, file: StoryFile) -> list[Shared]:
    """The parts that restoring would change and that other stories show as well."""
    stored = StoredRecord(file)
    parts = [part for kind in RECORD for part in stored.differing(kind, getattr(file, kind))]
    shown = ((part, tuple(stories_with(part).exclude(pk=story.pk))) for part in parts)
    return [Shared(part, stories) for part, stories in shown if stories]
