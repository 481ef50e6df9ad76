"""How the site is found: by search engines, by feed readers, and by who has found a weakness."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from storymap.http_cache.responses import Packed, answer, brief, not_modified
from storymap.selectors.editions import latest_editions, next_change, published_cards
from storymap.web.feed import MOST, feed_xml
from storymap.web.sitemap import sitemap_xml

VALID_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year
PLAIN = "text/plain; charset=utf-8"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that is meant to be found (sitemaps.org)."""
    return _answered(request, sitemap_xml(published_cards()), "application/xml; charset=utf-8")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest editions with their notes to readers (Atom)."""
    language = translation.get_language()
    return _answered(
        request, feed_xml(latest_editions(language, MOST), language), "application/atom+xml; charset=utf-8"
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. Embeds are not refused: they say themselves that the story is to be found instead."""
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    refused = [f"Disallow: {prefix}/{door}/" for prefix in prefixes for door in ("admin", "preview")]
    lines = ["User-agent: *", *refused, "", f"Sitemap: {settings.STORYMAP_SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN, headers={"Cache-Control": brief(None)})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; where the operator names nobody to tell there is no such file."""
    if not settings.STORYMAP_SECURITY_CONTACT:
        raise Http404
    until = datetime.combine(timezone.now().date() + VALID_FOR, datetime.min.time(), UTC)
    lines = [
        f"Contact: {settings.STORYMAP_SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.STORYMAP_SITE_URL}{reverse('security-txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN, headers={"Cache-Control": brief(None)})


def _answered(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    etag, lasting = hashlib.sha256(body).hexdigest()[:16], brief(next_change())
    return not_modified(request, etag, lasting) or answer(request, Packed.of(body, content_type), etag, lasting)
