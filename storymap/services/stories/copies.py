"""Copies of chapters and of stories."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _, override

from storymap.models import Chapter, Moment, OldSlug, StagePicture, Story
from storymap.services.accounts import Actor
from storymap.services.history.revisions import add_revision
from storymap.services.history.versions import changing
from storymap.services.stories.chapter_order import close_ranks
from storymap.services.stories.slugs import slug_of_copy

OF_A_MOMENT = ("event_id", "position", "camera", "spot", "frame", "is_key")
OF_A_CHAPTER = ("position", "camera", "overlay", "illustration_id", "frame")
OF_A_STORY = ("default_language", "licence", "corrections", "day_zero", "day_last")
LONGEST_TITLE = 200


def copy_chapter(*, chapter: Chapter, by: Actor, seen: int | None = None) -> Chapter:
    """The chapter once more, right behind itself: its texts, camera, areas, picture and recording, but no moments.

    Moments stay where they are: the address of an event leads to one chapter, and whoever divides a chapter moves them
    over one by one. Raises Stale as `changing` does.
    """
    what = _("copied the chapter “%(title)s”") % {"title": chapter}
    with changing(chapter.story, by=by, what=what, seen=seen) as story:
        taken = {*story.chapters.values_list("slug", flat=True), *_former(story)}
        copy = _chapter_again(chapter, story, slug_of_copy(chapter.slug, taken), stage=chapter.stage)
        _translations_again(chapter, copy, renamed=True)
        rows = [row for row in story.chapters.order_by("position", "pk") if row != copy]
        rows.insert(rows.index(chapter) + 1, copy)
        close_ranks(rows)
    return copy


@transaction.atomic
def copy_story(*, story: Story, by: Actor) -> Story:
    """A new draft that says the same: chapters, moments and cameras are its own, places, events, sources and media
    those of the original. Editions, old addresses and history stay behind."""
    taken = {
        *Story._base_manager.values_list("slug", flat=True),
        *OldSlug.objects.filter(chapter=None).values_list("slug", flat=True),
    }
    values = {name: getattr(story, name) for name in OF_A_STORY}
    copy = Story.objects.create(slug=slug_of_copy(story.slug, taken), **values)
    _translations_again(story, copy, renamed=True)
    copy.also_recorded.set(story.also_recorded.all())
    stages = {stage.pk: _stage_again(stage, copy) for stage in story.stages.all()}
    for extract in story.extracts.all():
        copy.extracts.create(slug=extract.slug, file=extract.file, head=extract.head)
    for chapter in story.chapters.order_by("position", "pk"):
        again = _chapter_again(chapter, copy, chapter.slug, stage=stages.get(chapter.stage_id))
        _translations_again(chapter, again, renamed=False)
        Moment.objects.bulk_create(
            Moment(chapter=again, **{name: getattr(m, name) for name in OF_A_MOMENT}) for m in chapter.moments.all()
        )
    add_revision(copy, by=by, what=_("copied from “%(title)s”") % {"title": story})
    return copy


def _former(story: Story) -> list[str]:
    return list(OldSlug.objects.filter(story=story, chapter__isnull=False).values_list("slug", flat=True))


def _stage_again(stage: StagePicture, story: Story) -> StagePicture:
    copy = StagePicture.objects.create(story=story, slug=stage.slug, credit=stage.credit, licence=stage.licence)
    _translations_again(stage, copy, renamed=False)
    return copy


def _chapter_again(chapter: Chapter, story: Story, slug: str, stage: StagePicture | None) -> Chapter:
    values = {name: getattr(chapter, name) for name in OF_A_CHAPTER}
    return Chapter.objects.create(story=story, slug=slug, stage=stage, **values)


def _translations_again(row: Any, copy: Any, *, renamed: bool) -> None:
    """Every translation of the row for its copy; `renamed` ones can be told apart by their titles."""
    for words in row.translations.all():
        values = {name: getattr(words, name) for name in words.get_translated_fields()}
        if renamed:
            values["title"] = _title_of_copy(words.title, words.language_code)
        copy.translations.create(language_code=words.language_code, **values)


def _title_of_copy(title: str, language: str) -> str:
    with override(language):
        room = LONGEST_TITLE - len(_("%(title)s (copy)") % {"title": ""})
        return _("%(title)s (copy)") % {"title": title[:room]}
