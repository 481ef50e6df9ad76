"""The pages beside the chapters of a story: what else the record has, and who is who."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from storymap.pages.addresses import Addresses, Addressing, LanguageLink, addresses, language_links
from storymap.pages.moments import MomentView
from storymap.pages.people import PersonView, people_views
from storymap.pages.story import EditionView, edition_view, listed_views
from storymap.selectors.editions import PublishedStory
from storymap.story.document import StoryDocument


@dataclass(frozen=True)
class SidePage:
    document: StoryDocument
    edition: EditionView
    heading: str
    description: str
    listed: tuple[MomentView, ...]  # of the one page
    people: tuple[PersonView, ...]  # of the other
    canonical: str  # absolute
    urls: Addresses
    languages: tuple[LanguageLink, ...]
    fallbacks: frozenset[str]  # as of a StoryPage


def record_page(published: PublishedStory, at: Addressing) -> SidePage:
    """What no chapter narrates."""
    document = published.document
    description = _("What no chapter of “%(title)s” tells.") % {"title": document.title}
    listed = listed_views(document)
    return _side_page(published, at, "record", _("Also in the record"), description, listed=listed)


def people_page(published: PublishedStory, at: Addressing) -> SidePage:
    document = published.document
    description = _("The people of “%(title)s” and their part in its events.") % {"title": document.title}
    return _side_page(published, at, "people", _("Who is who"), description, people=people_views(document, at))


def _side_page(
    published: PublishedStory,
    at: Addressing,
    name: str,
    heading: str,
    description: str,
    *,
    listed: tuple[MomentView, ...] = (),
    people: tuple[PersonView, ...] = (),
) -> SidePage:
    document, urls = published.document, addresses(at)
    return SidePage(
        document=document,
        edition=edition_view(published),
        heading=heading,
        description=description,
        listed=listed,
        people=people,
        canonical=urls.site + at.url(name),
        urls=urls,
        languages=language_links(document.languages, document.language, at.name(name), *at.story),
        fallbacks=frozenset(document.fallbacks),
    )
