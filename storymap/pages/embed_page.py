"""What an embed is given: the page of the story, how much of it is narrated here, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit

from django.conf import settings

from storymap.pages.addresses import Addressing, check_chapter, present_slug
from storymap.pages.embed_options import Options, no_such_chapters, no_such_start
from storymap.pages.story import ChapterView, StoryPage, story_page
from storymap.selectors.editions import PublishedStory
from storymap.story.document import ChapterDocument, StoryDocument

_HREF = re.compile(r'<a href="([^"]*)"')  # as storymap.prose writes it
OF_A_CHAPTER = "chapter-"  # begins the anchor of a chapter


@dataclass(frozen=True)
class InnerLinks:
    """What decides where a link leads: the edition, how much of it is shown here, and the addresses of both."""

    document: StoryDocument
    shown: Collection[str]  # slugs of chapters
    at: Addressing
    base: str  # path of the embed
    options: Options

    def narration_of(self, chapter: str) -> str:
        """The narration of that chapter, with its links in place. HTML."""
        narration = next(one.narration for one in self.document.chapters if one.slug == chapter)
        return _HREF.sub(lambda found: self._link(found[0], unescape(found[1]), chapter), narration)

    def _link(self, written: str, address: str, here: str) -> str:
        step = self._step(address, here)
        if step is None:
            return written
        chapter, moment = step
        fragment = f"#{moment}" if moment else ""
        if chapter not in self.shown:
            return f'<a href="{escape(settings.STORYMAP_SITE_URL + self.at.url("chapter", chapter) + fragment)}"'
        inside = self.base + self.options.query(start=moment or chapter) + fragment
        return f'<a href="{escape(inside)}" target="_self" data-to-chapter="{chapter}" data-to-moment="{moment}"'

    def _step(self, address: str, here: str) -> tuple[str, str] | None:
        """Chapter and moment (or empty) of this story; None for every other address."""
        parts = urlsplit(address.removeprefix(settings.STORYMAP_SITE_URL))
        story = self.at.url("story")
        if parts.scheme or parts.netloc or not (parts.path.startswith(story) or not parts.path):
            return None
        anchor = parts.fragment
        chapter = present_slug(self.document, parts.path.removeprefix(story).strip("/"))
        if not chapter and anchor.startswith(OF_A_CHAPTER):
            chapter = present_slug(self.document, anchor.removeprefix(OF_A_CHAPTER))
        moment_of = self._chapter_of(anchor, chapter or here)
        return (moment_of, anchor) if moment_of else (chapter, "") if chapter else None

    def _chapter_of(self, event: str, likely: str) -> str:
        """The chapter that narrates the event: the likely one, else one that is shown here, else any; or empty."""
        narrating = [one.slug for one in self.document.chapters if any(m.event == event for m in one.moments)]
        here = [slug for slug in narrating if slug in self.shown]
        return likely if likely in narrating else next(iter((*here, *narrating)), "")


TYPICAL_MAP = 600, 336  # pixels, in the column of an article


@dataclass(frozen=True)
class EmbeddedChapter:
    view: ChapterView
    url: str  # the same embed, opened there
    story_url: str  # absolute: the chapter in the whole story
    narration: str  # clean HTML, with links that stay in the frame where they can
    shown: bool


@dataclass(frozen=True)
class EmbedPage:
    page: StoryPage
    options: Options
    chapters: tuple[EmbeddedChapter, ...]
    opening: EmbeddedChapter
    moment: str  # at which it opens; or empty
    before: EmbeddedChapter | None
    after: EmbeddedChapter | None
    story_url: str  # absolute: the story, or the one chapter that is shown


def embed_page(published: PublishedStory, chapter: str, options: Options, at: Addressing) -> EmbedPage:
    """`chapter`: the only one to tell, or empty. Raises NoSuchChapter; and BadOption for what the edition lacks."""
    document = published.document
    narrated = _chapters_of(document, chapter, options)
    start, moment = _start(narrated, document, options.start)
    page = story_page(published, start, at, TYPICAL_MAP)
    base = at.url("embed-chapter", chapter) if chapter else at.url("embed")
    links = InnerLinks(document, [one.slug for one in narrated], at, base, options)
    chapters = tuple(_embedded(page, one.slug, links, shown=one.slug == start) for one in narrated)
    number = next(n for n, one in enumerate(chapters) if one.shown)
    return EmbedPage(
        page=page,
        options=options,
        chapters=chapters,
        opening=chapters[number],
        moment=moment,
        before=chapters[number - 1] if number else None,
        after=chapters[number + 1] if number + 1 < len(chapters) else None,
        story_url=chapters[number].story_url if chapter else page.canonical,
    )


def _chapters_of(document: StoryDocument, chapter: str, options: Options) -> list[ChapterDocument]:
    if chapter:
        check_chapter(document, chapter)
        if options.chapters != ("", ""):
            raise no_such_chapters()
        return [one for one in document.chapters if one.slug == chapter]
    if options.chapters == ("", ""):
        return list(document.chapters)
    slugs = [one.slug for one in document.chapters]
    ends = [present_slug(document, end) for end in options.chapters]
    if "" in ends or slugs.index(ends[0]) > slugs.index(ends[1]):
        raise no_such_chapters()
    return list(document.chapters[slugs.index(ends[0]) : slugs.index(ends[1]) + 1])


def _start(narrated: list[ChapterDocument], document: StoryDocument, start: str) -> tuple[str, str]:
    """The chapter at which the embed opens, and perhaps a moment in it."""
    if not start:
        return narrated[0].slug, ""
    slugs = [chapter.slug for chapter in narrated]
    if (slug := present_slug(document, start)) in slugs:
        return slug, ""
    for chapter in narrated:
        if any(moment.event == start for moment in chapter.moments):
            return chapter.slug, start
    raise no_such_start()


def _embedded(page: StoryPage, slug: str, links: InnerLinks, *, shown: bool) -> EmbeddedChapter:
    view = next(view for view in page.chapters if view.chapter.slug == slug)
    url = links.base + links.options.query(start=slug)
    return EmbeddedChapter(view, url, page.urls.site + view.url, links.narration_of(slug), shown)
