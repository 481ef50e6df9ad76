"""What the page “Also in the record” is given: the events of a story that no chapter tells, in order of date."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.pages.addresses import Addresses, Addressing, LanguageLink, addresses, language_links
from storymap.pages.moments import MomentView, moment_view, status_views, support_views
from storymap.pages.story import EditionView, edition_view
from storymap.selectors.editions import PublishedStory
from storymap.story.document import StoryDocument


@dataclass(frozen=True)
class RecordPage:
    document: StoryDocument
    edition: EditionView
    listed: tuple[MomentView, ...]
    canonical: str  # absolute
    urls: Addresses
    languages: tuple[LanguageLink, ...]
    fallbacks: frozenset[str]  # as of a StoryPage


def record_page(published: PublishedStory, at: Addressing) -> RecordPage:
    document, urls = published.document, addresses(at)
    return RecordPage(
        document=document,
        edition=edition_view(published),
        listed=listed_views(document),
        canonical=urls.site + urls.record,
        urls=urls,
        languages=language_links(document.languages, document.language, at.name("record"), *at.story),
        fallbacks=frozenset(document.fallbacks),
    )


def listed_views(document: StoryDocument) -> tuple[MomentView, ...]:
    """Without pins: no chapter's map has them."""
    whole = document.with_record()
    statuses, supports = status_views(document), support_views(document)
    return tuple(moment_view(event, {}, whole, statuses, supports) for event in document.listed)
