"""The one writer of stage pictures: those of a story file, and a single one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from storymap.models import StagePicture, Story
from storymap.services.accounts import Actor
from storymap.services.history.versions import changing
from storymap.services.media.files import Storing
from storymap.services.media.stage_pictures import stage_files
from storymap.services.stories.record import Writing, set_texts, store_rows
from storymap.services.stories.slugs import slug_of
from storymap.story.storyfile import StoryFile, Translated, entries_in


def write_stages(file: StoryFile, story: Story, writing: Writing, before: StoryFile | None) -> dict[str, int]:
    """Store the pictures that differ. `before` is what the story says so far, None when it is new. Returns the keys of
    all that the file has, by their slugs."""
    former = {entry.slug: entry for entry in entries_in(before, "stages")} if before else {}
    rows = {s.slug: s for s in story.stages.prefetch_related("translations")} if former else {}
    written: list[tuple[StagePicture, list[Translated]]] = []
    for entry in entries_in(file, "stages"):
        if entry == former.get(entry.slug):
            continue
        row = rows.get(entry.slug) or StagePicture(story=story, slug=entry.slug)
        row.credit, row.licence = entry.credit, entry.licence
        set_texts(row, file=entry.file, alt=entry.alt, caption=entry.caption)
        if writing.check(row, f"stages/{entry.slug}", but=["story"]) and story.pk:
            written.append((row, [entry.file, entry.alt, entry.caption]))
    store_rows(written)
    in_file = {entry.slug for entry in entries_in(file, "stages")}
    return {row.slug: row.pk for row in (*rows.values(), *(row for row, _texts in written)) if row.slug in in_file}


@dataclass(frozen=True)
class StageWords:
    """What goes with a stage picture: in one language, and in all of them."""

    alt: str
    caption: str
    credit: str
    licence: str


def set_stage_picture(
    *,
    story: Story,
    name: str,
    language: str,
    words: StageWords,
    content: bytes | None,
    by: Actor,
    seen: int | None = None,
) -> StagePicture:
    """Add a picture to the story, or change the one whose slug is made from `name`; without `content` its file stays.
    Raises PictureProblem, CannotStore, StagePicture.DoesNotExist for a new one without a file, and Stale when somebody
    else has changed the pictures since version `seen`."""
    slug = slug_of(name, "picture")
    files = stage_files(content) if content else None
    what = _("Stage picture “%(slug)s” saved") % {"slug": slug}
    with (
        Storing() as storing,
        changing(story, by=by, what=what, seen=seen, resting_on=lambda file: file.stages) as changed,
    ):
        row = StagePicture.objects.filter(story=changed, slug=slug).first()
        if row is None:
            if files is None:
                raise StagePicture.DoesNotExist(slug)
            row = StagePicture(story=changed, slug=slug)
        row.credit, row.licence = words.credit, words.licence
        row.set_current_language(language)
        row.alt, row.caption = words.alt, words.caption
        if files:
            storing.store(files.contents)
            row.file = files.name
        row.save()
    return row


def remove_stage_picture(*, picture: StagePicture, by: Actor, seen: int | None = None) -> None:
    """Raises RestrictedError while a chapter stands on it, and Stale as `set_stage_picture` does."""
    what = _("Stage picture “%(slug)s” removed") % {"slug": picture.slug}
    with changing(picture.story, by=by, what=what, seen=seen, resting_on=lambda file: file.stages):
        picture.delete()
