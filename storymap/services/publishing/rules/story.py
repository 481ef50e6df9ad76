"""Rules about the story as a whole, and about its pictures: words, rights, alternative texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.text import slugify
from django.utils.translation import gettext as _, ngettext

from storymap.story.problem import Problem, language_name, missing, warning
from storymap.story.storyfile import IllustrationEntry, StageEntry, StoryFile, listed_in

MOST_KEY_MOMENTS = 15


def frame_problems(story: StoryFile) -> Iterator[Problem]:
    yield from missing(story.title, "title", story)
    yield from missing(story.standfirst, "standfirst", story)
    yield from _lacks_title(story)
    for name in ("byline", "credits", "counting_note"):
        if texts := getattr(story, name):
            yield from missing(texts, name, story)
    if not story.chapters:
        yield Problem("chapters", _("There is no chapter."))
    yield from _not_narrated(story)
    yield from _not_short(story)
    if not story.licence:
        yield warning("licence", _("Readers are not told what they may do with the story."))


def _not_narrated(story: StoryFile) -> Iterator[Problem]:
    """What stands beside the chapters is public as they are."""
    if number := len(listed_in(story)):
        text = ngettext(
            "%(number)d event is narrated in no chapter: readers find it on the page “Also in the record”.",
            "%(number)d events are narrated in no chapter: readers find them on the page “Also in the record”.",
            number,
        )
        yield warning("also_recorded", text % {"number": number})


def _not_short(story: StoryFile) -> Iterator[Problem]:
    """A story may do without key moments."""
    key = [chapter.slug for chapter in story.chapters for moment in chapter.moments if moment.is_key]
    if len(key) > MOST_KEY_MOMENTS:
        text = _("%(number)d moments are key moments. The story in short is read in two minutes if it has %(most)d.")
        yield warning(f"chapters/{key[-1]}/moments", text % {"number": len(key), "most": MOST_KEY_MOMENTS})


def _lacks_title(story: StoryFile) -> Iterator[Problem]:
    """Readers get a language once the story has a title in it: a chapter alone reaches nobody."""
    written = {language for chapter in story.chapters for language, title in chapter.title.items() if title}
    for language in sorted(written - set(story.languages)):
        text = _("Readers get nothing in %(language)s: chapters are written in it, the story’s title is not.")
        yield warning("title", text % {"language": language_name(language)}, language)


def picture_problems(picture: IllustrationEntry, story: StoryFile) -> Iterator[Problem]:
    where = f"illustrations/{picture.slug}"
    yield from missing(picture.file, f"{where}/file", story)
    if not picture.decorative:
        yield from missing(picture.alt, f"{where}/alt", story)
        yield from _no_words(picture, where)
    if picture.caption:
        yield from missing(picture.caption, f"{where}/caption", story)
    yield from _lacks_rights(picture, where)


def stage_problems(stage: StageEntry, story: StoryFile) -> Iterator[Problem]:
    """Of a picture in place of the map."""
    where = f"stages/{stage.slug}"
    yield from missing(stage.alt, f"{where}/alt", story)
    if stage.caption:
        yield from missing(stage.caption, f"{where}/caption", story)
    yield from _lacks_rights(stage, where)


def _lacks_rights(picture: IllustrationEntry | StageEntry, where: str) -> Iterator[Problem]:
    if not picture.credit:
        yield Problem(f"{where}/credit", _("Nobody is credited."))
    if not picture.licence:
        yield Problem(f"{where}/licence", _("has no licence"))


def _no_words(picture: IllustrationEntry, where: str) -> Iterator[Problem]:
    """An alternative text that is none; the admin refuses it, a story file may bring it."""
    for language, alt in picture.alt.items():
        if alt and (wrong := problem_with(alt, slug=picture.slug, repeated=[picture.caption.get(language, "")])):
            yield warning(f"{where}/alt", f"{language}: {wrong}", language)


_FILE = re.compile(r".*\.(?:jpe?g|png|webp|avif|gif|hei[cf]|svg|tiff?|bmp)", re.IGNORECASE)
_CAMERA = re.compile(  # as cameras and telephones name their files
    r"(?:IMG|DSC[FN]?|DCIM|PXL|MVI|GOPR|Screen ?shot|WhatsApp Image|P(?=\d{4}))[\s_-]*\d[\d\s_.:()~at-]*", re.IGNORECASE
)
_KIND = re.compile(r"(?:image|photo|photograph|picture|untitled|scan)[\s_-]*\d*", re.IGNORECASE)


def problem_with(alt: str, *, slug: str, repeated: Iterable[str]) -> str:
    """What is wrong with the text, for an editor, or nothing. `repeated`: what readers are told anyway."""
    text = " ".join(alt.split())
    if not text:
        return _("Say what a reader who cannot see the picture should learn from it, or tick “decorative”.")
    if any(pattern.fullmatch(text) for pattern in (_FILE, _CAMERA, _KIND)):
        return _("This is the name of a file, not what the picture shows.")
    if slug and slugify(text) == slug:
        return _("This repeats the slug. Say what the picture shows.")
    if text.casefold() in {" ".join(other.split()).casefold() for other in repeated}:
        return _("Readers are told this already, in the caption or in a title. Say what the picture shows.")
    return ""
