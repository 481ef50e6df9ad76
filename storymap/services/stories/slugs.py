"""Slugs from titles, and renaming without breaking addresses: the former slug leads to the present one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

from anyascii import anyascii
from django.db import models
from django.utils.text import slugify

from storymap.models import Chapter, OldSlug, Story
from storymap.services.accounts import Actor
from storymap.services.history.versions import changing
from storymap.story.storyfile import StoryFile

LONGEST = 60  # leaves room for a number
LONGEST_COLUMN = 80
_ALEF = str.maketrans("اآأإى", "aaaia")  # which anyascii leaves out, or takes for another letter
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def free_slug(title: str, rows: models.QuerySet, otherwise: str) -> str:
    """A slug that none of `rows` has; `otherwise` for titles that no Latin letter can tell."""
    wanted = slug_of(title, otherwise)
    return numbered(wanted, set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True)))


def slug_of(title: str, otherwise: str) -> str:
    """The title's words in Latin letters, as many as there is room for."""
    words = "-".join(part for part in slugify(_in_latin(title)).replace("_", "-").split("-") if part)
    whole = words[:LONGEST].rpartition("-")[0] if words[LONGEST:] and words[LONGEST] != "-" else ""
    return whole or words[:LONGEST] or otherwise


def _in_latin(title: str) -> str:
    """Letter by letter, signs and pictographs apart. How a Chinese character is read depends on the language, and in
    Japanese on the words beside it: a title with one keeps the Latin letters that it has."""
    if _HAN.search(title):
        return title
    title = title.translate(_ALEF)
    return "".join(anyascii(sign) if unicodedata.category(sign)[0] in "LMN" else sign for sign in title)


def numbered(slug: str, taken: Container[str]) -> str:
    """The slug itself, or with the first number that nobody has: harbour, harbour-2, harbour-3 …"""
    return next(free for free in chain([slug], (f"{slug}-{n}" for n in count(2))) if free not in taken)


def slug_of_copy(slug: str, taken: Container[str]) -> str:
    """lima-copy, lima-copy-2, lima-copy-3 … whichever is free first."""
    number, ending = 1, "-copy"
    while (copy := slug[: LONGEST_COLUMN - len(ending)].rstrip("-") + ending) in taken:
        number += 1
        ending = f"-copy-{number}"
    return copy


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
