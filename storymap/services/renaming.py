"""Renaming without breaking addresses: the former slug leads to the present one."""

from __future__ import annotations

from django.db import transaction

from storymap.models import Chapter, OldSlug, Story


@transaction.atomic
def rename_story(*, story: Story, slug: str) -> None:
    """Give the story another slug. The slug must be free (the caller's form has checked it)."""
    former = story.slug
    if former == slug:
        return
    OldSlug.objects.filter(slug=slug, chapter=None).delete()
    if story.editions.exists():
        OldSlug.objects.update_or_create(slug=former, chapter=None, defaults={"story": story})
    story.slug = slug
    story.save(update_fields=["slug"])


@transaction.atomic
def rename_chapter(*, chapter: Chapter, slug: str) -> None:
    """Give the chapter another slug; known to readers with the next edition."""
    former = chapter.slug
    if former == slug:
        return
    OldSlug.objects.filter(slug=slug, story=chapter.story, chapter__isnull=False).delete()
    if chapter.story.editions.exists():
        OldSlug.objects.update_or_create(
            slug=former, story=chapter.story, chapter__isnull=False, defaults={"chapter": chapter}
        )
    chapter.slug = slug
    chapter.save(update_fields=["slug"])
