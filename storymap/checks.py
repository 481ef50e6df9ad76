"""System checks: mistakes of an installation that would show only later."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from storymap.maps.basemaps import basemap


@register()
def tiles_are_credited(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    chosen = basemap()
    if chosen.kind == "tiles" and not chosen.attribution:
        return [
            Error(
                "STORYMAP_TILES_URL is set, but nobody is credited.",
                hint="Set STORYMAP_TILES_ATTRIBUTION to what the provider asks for.",
                id="storymap.E002",
            )
        ]
    return []


@register(deploy=True)
def requests_are_not_atomic(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """With IMMEDIATE transactions an atomic request would make every reader wait for every writer."""
    if settings.DATABASES["default"].get("ATOMIC_REQUESTS"):
        return [Error("ATOMIC_REQUESTS must stay off.", hint="Remove it from DATABASE_URL.", id="storymap.E003")]
    return []


@register(deploy=True)
def memory_is_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    local = settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")
    if local and not sqlite:
        hint = "Set CACHE_URL to a Redis server."
        return [Warning("Each process has a cache of its own.", hint=hint, id="storymap.W001")]
    return []
