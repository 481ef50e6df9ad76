"""How the tests ask for data."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

SITE = "http://testserver"
STORY = "/api/stories/a-story/"
OF_A_STORY = ("", "places.geojson", "events.geojson", "editions/")
ADDRESSES = ("/api/", "/api/openapi.json", "/api/stories/", *(STORY + rest for rest in OF_A_STORY))
PROBLEM = "application/problem+json"


def data(path: str, status: int = 200) -> dict[str, Any]:
    """The answer, which is JSON whatever it is. `path` may be absolute."""
    response = Client().get(path.removeprefix(SITE))
    assert response.status_code == status, (path, response.content)
    return json.loads(response.content)
