"""This site as an oEmbed provider, in the forms in which other systems are told of one."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.urls import reverse


def endpoint() -> str:
    return settings.STORYMAP_SITE_URL + reverse("oembed")


def wagtail_provider() -> dict[str, Any]:
    """For the finder wagtail.embeds.finders.oembed: an endpoint and the addresses that it answers for."""
    site = re.escape(settings.STORYMAP_SITE_URL)
    return {"endpoint": endpoint(), "urls": [rf"^{site}/(?:\w+/)?(?:stories|embed)/.+$"]}


def drupal_provider() -> dict[str, Any]:
    """An entry of a provider list, as oembed.com/providers.json has them and Drupal's core media reads them."""
    site = settings.STORYMAP_SITE_URL
    answers = {
        "schemes": [f"{site}/stories/*", f"{site}/*/stories/*", f"{site}/embed/*"],
        "url": endpoint(),
        "formats": ["json", "xml"],
        "discovery": True,
    }
    return {"provider_name": settings.STORYMAP_SITE_NAME, "provider_url": site, "endpoints": [answers]}
