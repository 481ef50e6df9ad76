"""Which map the operator wants over the atlas: none, raster tiles, or one PMTiles file. From the settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import xyzservices
import xyzservices.providers
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TILES_MAX_ZOOM = 19  # of a URL template, which does not say


@dataclass(frozen=True)
class Basemap:
    kind: str  # "atlas" (nothing over it), "tiles" or "pmtiles"
    url: str = ""
    attribution: str = ""  # HTML, the operator's or the provider's
    max_zoom: int = 0  # 0: the story's own
    hosts: tuple[str, ...] = ()  # origins for the page's img-src (tiles) or connect-src (pmtiles)
    borders: bool = True  # of the atlas
    labels: bool = True


def basemap() -> Basemap:
    """The basemap of the settings. Raises ImproperlyConfigured when they make no sense."""
    return basemap_from(
        tiles=settings.STORYMAP_TILES_URL,
        attribution=settings.STORYMAP_TILES_ATTRIBUTION,
        pmtiles=settings.STORYMAP_PMTILES_URL,
        borders=settings.STORYMAP_ATLAS_BORDERS,
        labels=settings.STORYMAP_ATLAS_LABELS,
    )


def editor_tiles() -> Basemap:
    """What lies under the maps of the admin besides: tiles, or nothing more than the atlas. Raises the same."""
    try:
        return basemap_from(
            tiles=settings.STORYMAP_EDITOR_TILES_URL, attribution=settings.STORYMAP_EDITOR_TILES_ATTRIBUTION
        )
    except ImproperlyConfigured as problem:
        raise ImproperlyConfigured(str(problem).replace("STORYMAP_TILES", "STORYMAP_EDITOR_TILES")) from None


@lru_cache(maxsize=8)
def basemap_from(
    *, tiles: str = "", attribution: str = "", pmtiles: str = "", borders: bool = True, labels: bool = True
) -> Basemap:
    if tiles and pmtiles:
        raise ImproperlyConfigured("Set STORYMAP_TILES_URL or STORYMAP_PMTILES_URL, not both")
    if pmtiles:
        return Basemap("pmtiles", pmtiles, attribution, 0, _hosts(pmtiles), borders, labels)
    if not tiles:
        return Basemap("atlas", borders=borders, labels=labels)
    url, credit, max_zoom = _template(tiles) if "{" in tiles else _provider(tiles)
    return Basemap("tiles", url, attribution or credit, max_zoom, _hosts(url), borders, labels)


def _template(url: str) -> tuple[str, str, int]:
    rows = "{-y}" if "{-y}" in url else "{y}"  # those of TMS are counted from the south
    missing = [name for name in ("{x}", rows, "{z}") if name not in url]
    if missing:
        raise ImproperlyConfigured(f"STORYMAP_TILES_URL lacks {' and '.join(missing)}")
    return url.replace("{s}", "a"), "", TILES_MAX_ZOOM  # one host: HTTP/2 has no use for several


def _provider(name: str) -> tuple[str, str, int]:
    try:
        provider: xyzservices.TileProvider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise ImproperlyConfigured(f"STORYMAP_TILES_URL names no provider of xyzservices: {name}") from error
    if provider.requires_token():
        raise ImproperlyConfigured(f"{provider.name} needs a key: write it into an URL template")
    url = provider.build_url(x="{x}", y="{y}", z="{z}", scale_factor="{r}")
    credit = provider.get("html_attribution", provider.attribution)
    return url, credit, int(provider.get("max_zoom", TILES_MAX_ZOOM))


def _hosts(url: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    return (f"{parts.scheme or 'https'}://{parts.netloc}",) if parts.netloc else ()
