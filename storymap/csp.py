"""The content security policy of every page, admin included."""

from __future__ import annotations

from storymap.maps.basemaps import basemap


def policy(*, frames: str = "'none'", framed_by: str = "'none'", site: str = "", pictures: tuple[str, ...] = ()) -> str:
    """Only hosts an operator configured for tiles are added. `frames`: what the page may hold in a frame;
    `framed_by`: what may hold the page; `site`: the origin of a page that may stand in a sandbox, where its own origin
    is opaque and `'self'` matches nothing in WebKit; `pictures`: origins that a page of the admin may show tiles of."""
    own = f"'self' {site}".strip()
    drawn = " ".join([own, *basemap().hosts])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {own}",
            f"style-src {own}",
            f"img-src {' '.join([drawn, *pictures])} data:",
            f"connect-src {drawn}",
            f"font-src {own}",
            f"media-src {own}",
            f"manifest-src {own}",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
            *([] if frames == "'none'" else [f"frame-src {frames}"]),  # default-src says the same
            f"frame-ancestors {framed_by}",
        ]
    )
