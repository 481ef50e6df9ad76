"""The addresses derived from one edition in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from storymap import assets
from storymap.document import StoryDocument
from storymap.maps.basemaps import basemap
from storymap.maps.folium_map import MapUrls
from storymap.maps.neighbourhoods import FAR_ZOOM

FINE_UP_TO = 22.0


def derived(document: StoryDocument, digest: str, name: str, *arguments: object) -> str:
    """The address `name` of urls.py for this edition; it changes with the edition and with the release."""
    with translation.override(document.language):
        key = digest[:16] + assets.release()
        return reverse(name, args=[document.slug, *arguments, key])


def map_urls(document: StoryDocument, digest: str, nears: int) -> MapUrls:
    return MapUrls(
        places=derived(document, digest, "places"),
        levels=((FAR_ZOOM, static("storymap/atlas/110m.json")), (FINE_UP_TO, static("storymap/atlas/50m.json"))),
        nears=tuple(derived(document, digest, "atlas-extract", number) for number in range(nears)),
        basemap=basemap(),
    )


@dataclass(frozen=True)
class Addresses:
    site: str  # origin
    base: str
    editions: str
    map_script: str
    places: str
    picture: str  # absolute


def addresses(document: StoryDocument, digest: str) -> Addresses:
    return Addresses(
        site=settings.STORYMAP_SITE_URL,
        base=reverse("story", args=[document.slug]),
        editions=reverse("editions", args=[document.slug]),
        map_script=derived(document, digest, "map-script"),
        places=derived(document, digest, "places"),
        picture=settings.STORYMAP_SITE_URL + derived(document, digest, "story-picture"),
    )
