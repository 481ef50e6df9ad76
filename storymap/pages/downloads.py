"""The page of a story's downloads, and the files: one page for offline reading, and the exports."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from storymap.formats.exports import EXPORTS, Export
from storymap.pages.addresses import Addressing, LanguageLink, language_links
from storymap.pages.single_file import single_file
from storymap.pages.story import EditionView, edition_view
from storymap.selectors.editions import PublishedStory
from storymap.story.document import StoryDocument


@dataclass(frozen=True)
class Download:
    title: str
    url: str
    name: str  # of the file
    good_for: str
    loses: str


@dataclass(frozen=True)
class DownloadsPage:
    document: StoryDocument
    edition: EditionView
    story_url: str
    languages: tuple[LanguageLink, ...]
    downloads: tuple[Download, ...]


FORMATS = (
    Export(
        "html",
        "text/html; charset=utf-8",
        single_file,
        lambda: _("One page for offline"),
        lambda: _("Reading without a network: one file with text, map and pictures, which opens in any browser."),
        lambda: _("Recordings, and the other languages."),
    ),
    *EXPORTS,
)


def format_of(ending: str) -> Export | None:
    return next((kind for kind in FORMATS if kind.ending == ending), None)


def file_name(published: PublishedStory, ending: str) -> str:
    """Says which edition and, but for the archive, which language it is."""
    document = published.document
    language = "" if ending == "zip" else f"-{document.language}"
    return f"{document.slug}-{published.edition.number}{language}.{ending}"


def downloads_page(published: PublishedStory, at: Addressing) -> DownloadsPage:
    document = published.document
    downloads = tuple(
        Download(
            title=kind.title(),
            url=at.url("download", kind.ending),
            name=file_name(published, kind.ending),
            good_for=kind.good_for(),
            loses=kind.loses(),
        )
        for kind in FORMATS
    )
    languages = language_links(document.languages, document.language, "downloads", document.slug)
    return DownloadsPage(document, edition_view(published), at.url("story"), languages, downloads)
