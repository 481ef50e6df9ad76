"""The script that articles load to hold embeds. A version that was once released is in other people's articles, with
its digest: it stays at its address and is never changed. What is new gets the next number."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from django.conf import settings
from django.urls import reverse

FOLDER = settings.BASE_DIR / "static" / "storymap" / "host"
NEWEST = 2


@cache
def host_script(version: int) -> bytes:
    """JavaScript. Raises KeyError for a version that there is not."""
    if not 1 <= version <= NEWEST:
        raise KeyError(version)
    return (FOLDER / f"{version}.js").read_bytes()


@cache
def integrity(version: int = NEWEST) -> str:
    """As the attribute `integrity` wants it (Subresource Integrity)."""
    return f"sha384-{base64.b64encode(hashlib.sha384(host_script(version)).digest()).decode()}"


def address(version: int = NEWEST) -> str:
    return settings.STORYMAP_SITE_URL + reverse("host-script", args=[version])
