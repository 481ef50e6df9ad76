"""System checks: mistakes of an installation that would show only later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from places.fetching import is_confidential
from storymap.maps.basemaps import basemap, editor_tiles


@register()
def tiles_are_credited(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    chosen = {"STORYMAP_TILES": basemap(), "STORYMAP_EDITOR_TILES": editor_tiles()}
    return [
        Error(
            f"{name}_URL is set, but nobody is credited.",
            hint=f"Set {name}_ATTRIBUTION to what the provider asks for.",
            id="storymap.E002",
        )
        for name, tiles in chosen.items()
        if tiles.kind == "tiles" and not tiles.attribution
    ]


@register()
def streets_have_a_source(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The server itself is asked only when an editor cuts streets."""
    named = settings.STORYMAP_STREETS_SOURCE
    if not named or is_confidential(named) or ("://" not in named and Path(named).is_file()):
        return []
    return [
        Error(
            f"STORYMAP_STREETS_SOURCE is {named!r}: neither a file on this server nor an https address.",
            hint="Name an .osm.pbf or .pmtiles file by its whole path, or the address of a PMTiles archive or of an "
            "Overpass server.",
            id="storymap.E004",
        )
    ]


@register(deploy=True)
def requests_are_not_atomic(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """With IMMEDIATE transactions an atomic request would make every reader wait for every writer."""
    if settings.DATABASES["default"].get("ATOMIC_REQUESTS"):
        return [Error("ATOMIC_REQUESTS must stay off.", hint="Remove it from DATABASE_URL.", id="storymap.E003")]
    return []


@register(deploy=True)
def proxies_are_listed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Behind an unlisted proxy all visitors have one address, and failed logins cannot be counted for it."""
    if settings.STORYMAP_BEHIND_PROXY and not os.environ.get("STORYMAP_TRUSTED_PROXIES"):
        return [
            Warning(
                "STORYMAP_BEHIND_PROXY is on, and STORYMAP_TRUSTED_PROXIES does not say where the proxy is.",
                hint="Set it to the proxy's address, such as 127.0.0.1 for one on this machine. Until then only one on "
                "this machine is believed; behind another one failed logins are counted by name only.",
                id="storymap.W002",
            )
        ]
    return []
