"""The content security policy of every page, admin included."""

from __future__ import annotations

from storymap.maps.basemaps import basemap


def policy(*, frames: str = "'none'", framed_by: str = "'none'") -> str:
    """Only hosts an operator configured for tiles are added. `frames`: what the page may hold in a frame;
    `framed_by`: what may hold the page."""
    tiles = " ".join(basemap().hosts)
    own = f"'self' {tiles}".strip()
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {own} data:",
            f"connect-src {own}",
            "font-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
            *([] if frames == "'none'" else [f"frame-src {frames}"]),  # default-src says the same
            f"frame-ancestors {framed_by}",
        ]
    )
