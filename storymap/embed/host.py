"""The script for articles, at an address whose answer never changes."""

from __future__ import annotations

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from storymap.http_cache.responses import FOREVER, Packed, answer, for_anywhere, not_modified
from storymap.pages.host_script import host_script as body

SCRIPT = "text/javascript; charset=utf-8"


@require_safe
def host_script(request: HttpRequest, version: int) -> HttpResponse:
    """One version of the script; digests in articles hold for it."""
    try:
        packed = _packed(version)
    except KeyError:
        raise Http404 from None
    etag = f"host-script-{version}"
    return for_anywhere(not_modified(request, etag, FOREVER) or answer(request, packed, etag, FOREVER))


@cache
def _packed(version: int) -> Packed:
    return Packed.of(body(version), SCRIPT)
