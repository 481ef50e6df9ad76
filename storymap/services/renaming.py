"""Renaming without breaking addresses: the former slug leads to the present one."""

from __future__ import annotations

from storymap.models import Chapter, OldSlug, Story
from storymap.services.actor import Actor
from storymap.services.versions import changing
from storymap.storyfile import StoryFile


def rename_story(*, story: Story, slug: str, by: Actor = None, seen: int | None = None) -> None:
    """Give the story another slug. The slug must be free (the caller's form has checked it). Raises Stale when the
    story had another slug at version `seen`."""
    former = story.slug
    if former == slug:
        return
    with changing(story, by=by, seen=seen, resting_on=lambda file: file.slug):
        OldSlug.objects.filter(slug=slug, chapter=None).delete()
        if story.editions.exists():
            OldSlug.objects.update_or_create(slug=former, chapter=None, defaults={"story": story})
        story.slug = slug
        story.save(update_fields=["slug"])


def rename_chapter(*, chapter: Chapter, slug: str, by: Actor = None, seen: int | None = None) -> None:
    """Give the chapter another slug; known to readers with the next edition. Raises Stale when the slugs of the
    story's chapters are no longer those of version `seen`."""
    former = chapter.slug
    if former == slug:
        return
    with changing(chapter.story, by=by, seen=seen, resting_on=slugs_of_chapters):
        OldSlug.objects.filter(slug=slug, story=chapter.story, chapter__isnull=False).delete()
        if chapter.story.editions.exists():
            OldSlug.objects.update_or_create(
                slug=former, story=chapter.story, chapter__isnull=False, defaults={"chapter": chapter}
            )
        chapter.slug = slug
        chapter.save(update_fields=["slug"])


def slugs_of_chapters(file: StoryFile) -> set[str]:
    return {chapter.slug for chapter in file.chapters}
