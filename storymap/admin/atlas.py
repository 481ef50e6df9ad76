"""The atlas, for every map of the workshop."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static

FILES = (("110m", 3), ("50m", 22))  # file, and the zoom up to which it is right


def atlas_levels() -> list[dict[str, Any]]:
    """Addresses of the files, each with its zoom."""
    return [{"url": static(f"storymap/atlas/{name}.json"), "maxZoom": zoom} for name, zoom in FILES]
