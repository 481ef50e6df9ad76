"""Where readers report an error in a chapter: the address says which story, edition and chapter they have read."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from places import when
from storymap.corrections import form_at, letter_to
from storymap.pages.addresses import Addressing, public
from storymap.selectors.editions import PublishedStory
from storymap.story.document import ChapterDocument, StoryDocument


def corrections_of(document: StoryDocument) -> str:
    """The story's own address, else the site's; or empty."""
    return document.corrections or settings.STORYMAP_CORRECTIONS


def report_addresses(published: PublishedStory, at: Addressing) -> dict[str, str]:
    """By slug of chapter; none where nobody is to be told.

    The chapter is named by its public address, whichever door shows it: that of a preview is a key."""
    document = published.document
    if not (to := corrections_of(document)):
        return {}
    open_to_all = public(document, published.edition.digest)
    return {
        chapter.slug: _report(to, published, number, chapter, at, open_to_all)
        for number, chapter in enumerate(document.chapters, start=1)
    }


def _report(
    to: str, published: PublishedStory, number: int, chapter: ChapterDocument, at: Addressing, open_to_all: Addressing
) -> str:
    document, edition = published.document, published.edition
    url = settings.STORYMAP_SITE_URL + open_to_all.url("chapter", chapter.slug)
    if to.startswith("https:"):
        told = {"story": document.slug, "edition": "draft" if at.door else str(edition.number)}
        return form_at(to, {**told, "chapter": chapter.slug, "url": url})
    published_words = when.words(timezone.localtime(edition.published).date().isoformat(), document.language)
    lines = [
        _("Chapter %(number)s of %(title)s") % {"number": number, "title": document.title},
        chapter.title,
        _("Draft, not published")
        if at.door
        else _("Edition %(number)s, %(published)s") % {"number": edition.number, "published": published_words},
        url,
    ]
    return letter_to(to, _("Correction: %(title)s") % {"title": document.title}, lines)
