"""Links in the narration of an embed. To what the frame shows they stay in it, with or without JavaScript; to the
rest of the story they lead to its own page, which opens beside the article."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit

from django.conf import settings

from storymap.pages.addresses import Addressing, present_slug
from storymap.pages.embed_options import Options
from storymap.story.document import StoryDocument

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

    def placed(self, chapter: str) -> str:
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
            return f'<a href="{escape(settings.STORYMAP_SITE_URL + self.at.of("chapter", chapter) + fragment)}"'
        inside = self.base + self.options.query(start=moment or chapter) + fragment
        return f'<a href="{escape(inside)}" target="_self" data-to-chapter="{chapter}" data-to-moment="{moment}"'

    def _step(self, address: str, here: str) -> tuple[str, str] | None:
        """Chapter and moment (or empty) of this story; None for every other address."""
        parts = urlsplit(address.removeprefix(settings.STORYMAP_SITE_URL))
        story = self.at.of("story")
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
