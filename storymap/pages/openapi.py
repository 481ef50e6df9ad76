"""The description of the data (OpenAPI 3.1), with what differs from site to site filled in."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

from django.conf import settings

FILE = settings.BASE_DIR / "storymap" / "api" / "openapi.json"


def openapi() -> dict[str, Any]:
    """The document, with the site's address and its languages."""
    document = deepcopy(_written())
    document["servers"] = [{"url": settings.STORYMAP_SITE_URL}]
    document["components"]["parameters"]["lang"]["schema"]["enum"] = [code for code, _name in settings.LANGUAGES]
    return document


@cache
def _written() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))
