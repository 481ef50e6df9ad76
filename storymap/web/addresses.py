"""The addresses derived from one edition in one language."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from storymap import assets
from storymap.document import StoryDocument
from storymap.maps.basemaps import basemap
from storymap.maps.folium_map import MapUrls

WORLD_UP_TO = 4.0  # zoom up to which the coarse atlas is honest
FINE_UP_TO = 22.0


def derived(document: StoryDocument, digest: str, name: str, *arguments: object) -> str:
    """The address `name` of urls.py for this edition; it changes with the edition and with the release."""
    with translation.override(document.language):
        key = digest[:16] + assets.release()
        return reverse(name, args=[document.slug, *arguments, key])


def map_urls(document: StoryDocument, digest: str, nears: int) -> MapUrls:
    return MapUrls(
        places=derived(document, digest, "places"),
        levels=((WORLD_UP_TO, static("storymap/atlas/110m.json")), (FINE_UP_TO, static("storymap/atlas/50m.json"))),
        nears=tuple(derived(document, digest, "atlas-extract", number) for number in range(nears)),
        basemap=basemap(),
    )
