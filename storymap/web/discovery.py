"""What search engines, feed readers and whoever sees a weakness look for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from storymap.http_cache.responses import answer_body, brief
from storymap.selectors.editions import latest_editions, next_change, published_cards
from storymap.web.feed import MOST, feed_xml
from storymap.web.sitemap import sitemap_xml

VALID_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year
PLAIN = "text/plain; charset=utf-8"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that search engines may list (sitemaps.org)."""
    return answer_body(request, sitemap_xml(published_cards()), "application/xml; charset=utf-8", next_change())


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest editions with their notes to readers (Atom)."""
    language = translation.get_language()
    body = feed_xml(latest_editions(language, MOST), language)
    return answer_body(request, body, "application/atom+xml; charset=utf-8", next_change())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. Embeds are not refused: they say themselves that the story is to be listed instead."""
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
