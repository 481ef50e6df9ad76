"""The files in which a story can be taken away: what each is good for, and what it cannot hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from storymap.formats.archive import archive_of
from storymap.formats.exports import events_csv, geojson, kml, linked_places
from storymap.pages.addresses import Addressing
from storymap.pages.languages import LanguageLink, language_links
from storymap.pages.single_file import single_file
from storymap.pages.story import EditionView, edition_view
from storymap.selectors.editions import PublishedStory
from storymap.story.document import StoryDocument


@dataclass(frozen=True)
class Format:
    """A kind of file. `ending` is also the part of its address that says which it is."""

    ending: str
    content_type: str
    write: Callable[[PublishedStory, Addressing], bytes]
    title: Callable[[], str]
    good_for: Callable[[], str]
    loses: Callable[[], str]


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


def _about(published: PublishedStory, at: Addressing) -> dict[str, Any]:
    """Every file names edition and licence."""
    document = published.document
    return {
        "title": document.title,
        "language": document.language,
        "edition": published.edition.number,
        "published": published.edition.published.isoformat(timespec="seconds"),
        "licence": document.licence,
        "author": document.byline,
        "source": settings.STORYMAP_SITE_URL + at.of("story"),
    }


def _geojson(published: PublishedStory, at: Addressing) -> bytes:
    return geojson.write(published.document, _about(published, at))


def _kml(published: PublishedStory, at: Addressing) -> bytes:
    return kml.write(published.document, {name: str(value) for name, value in _about(published, at).items()})


def _csv(published: PublishedStory, _at: Addressing) -> bytes:
    return events_csv.write(published.document)


def _linked_places(published: PublishedStory, at: Addressing) -> bytes:
    about = _about(published, at)
    return linked_places.write(published.document, about["source"], {"metadata": about})


def _archive(published: PublishedStory, _at: Addressing) -> bytes:
    return archive_of(published.document.slug, published.edition.number)


FORMATS = (
    Format(
        "html",
        "text/html; charset=utf-8",
        single_file,
        lambda: _("One page for offline"),
        lambda: _("Reading without a network: one file with text, map and pictures, which opens in any browser."),
        lambda: _("Recordings, and the other languages."),
    ),
    Format(
        "zip",
        "application/zip",
        _archive,
        lambda: _("Archive"),
        lambda: _(
            "Moving or keeping the whole story: all languages, pictures and recordings. "
            "Another installation loads it with manage.py import_story."
        ),
        lambda: _("Number and date of the edition, and editions before it."),
    ),
    Format(
        "geojson",
        "application/geo+json",
        _geojson,
        lambda: "GeoJSON",
        lambda: _(
            "Maps and geographic information systems (QGIS, Leaflet, uMap): places, events, journeys and what is drawn."
        ),
        lambda: _("Narration, pictures, cameras and people."),
    ),
    Format(
        "kml",
        "application/vnd.google-earth.kml+xml",
        _kml,
        lambda: "KML",
        lambda: _("Google Earth and other globes, with their timeline; of a date its uncertainty is text."),
        lambda: _("Narration, pictures, cameras, people, further names; of sources all but title and address."),
    ),
    Format(
        "csv",
        "text/csv; charset=utf-8",
        _csv,
        lambda: _("Table of events (CSV)"),
        lambda: _("Spreadsheets; another story can bring it in again."),
        lambda: _("Narration, pictures, people; of sources all but their short names."),
    ),
    Format(
        "lpf.json",
        "application/ld+json",
        _linked_places,
        lambda: "Linked Places",
        lambda: _("Gazetteers of historical places, such as the World Historical Gazetteer."),
        lambda: _("Narration, pictures, journeys and what is drawn; claim status and attribution of events."),
    ),
)


def format_of(ending: str) -> Format | None:
    return next((found for found in FORMATS if found.ending == ending), None)


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
            url=at.of("download", kind.ending),
            name=file_name(published, kind.ending),
            good_for=kind.good_for(),
            loses=kind.loses(),
        )
        for kind in FORMATS
    )
    languages = language_links(document.languages, document.language, "downloads", document.slug)
    return DownloadsPage(document, edition_view(published), at.of("story"), languages, downloads)
