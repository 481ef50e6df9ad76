"""The formats in which a story leaves the site: what each is good for, and what it cannot hold.

A new format is a module that writes it and an entry in EXPORTS: page and address of the downloads read the list, and so
do the static export and the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from storymap.formats.archive import archive_of
from storymap.formats.exports import geojson, kml, linked_places, tables
from storymap.selectors.editions import PublishedStory


@dataclass(frozen=True)
class Export:
    """A kind of file. `ending` is also the part of its address that says which it is. `write` is given an edition and
    the absolute address of its story."""

    ending: str
    content_type: str
    write: Callable[[PublishedStory, str], bytes]
    title: Callable[[], str]
    good_for: Callable[[], str]
    loses: Callable[[], str]


def _edition_facts(published: PublishedStory, story_url: str) -> dict[str, Any]:
    """Every file names edition and licence."""
    document = published.document
    return {
        "title": document.title,
        "language": document.language,
        "edition": published.edition.number,
        "published": published.edition.published.isoformat(timespec="seconds"),
        "licence": document.licence,
        "author": document.byline,
        "source": story_url,
    }


def _geojson(published: PublishedStory, story_url: str) -> bytes:
    return geojson.write(published.document, _edition_facts(published, story_url))


def _kml(published: PublishedStory, story_url: str) -> bytes:
    about = {name: str(value) for name, value in _edition_facts(published, story_url).items()}
    return kml.write(published.document, about)


def _csv(published: PublishedStory, _story_url: str) -> bytes:
    return tables.write(published.document)


def _linked_places(published: PublishedStory, story_url: str) -> bytes:
    return linked_places.write(published.document, story_url, {"metadata": _edition_facts(published, story_url)})


def _archive(published: PublishedStory, _story_url: str) -> bytes:
    return archive_of(published.document.slug, published.edition.number)


EXPORTS = (
    Export(
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
    Export(
        "geojson",
        "application/geo+json",
        _geojson,
        lambda: "GeoJSON",
        lambda: _(
            "Maps and geographic information systems (QGIS, Leaflet, uMap): places, events, journeys and what is drawn."
        ),
        lambda: _("Narration, pictures and spots on them, streets, cameras and people."),
    ),
    Export(
        "kml",
        "application/vnd.google-earth.kml+xml",
        _kml,
        lambda: "KML",
        lambda: _("Google Earth and other globes, with their timeline; of a date its uncertainty is text."),
        lambda: _(
            "Narration, pictures and spots on them, streets, cameras, people, further names; details of sources."
        ),
    ),
    Export(
        "csv",
        "text/csv; charset=utf-8",
        _csv,
        lambda: _("Table of events (CSV)"),
        lambda: _("Spreadsheets; another story can import it."),
        lambda: _("Narration, pictures and spots on them, streets, people; of sources all but their short names."),
    ),
    Export(
        "lpf.json",
        "application/ld+json",
        _linked_places,
        lambda: "Linked Places",
        lambda: _("Gazetteers of historical places, such as the World Historical Gazetteer."),
        lambda: _(
            "Narration, pictures and spots on them, streets, journeys and what is drawn; "
            "claim status and attribution of events."
        ),
    ),
)
