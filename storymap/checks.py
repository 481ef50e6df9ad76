"""System checks: mistakes of an installation that would show only later."""

from __future__ import annotations

import os
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
