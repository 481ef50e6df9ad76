"""Sources that are perhaps one and the same: of one address, or of one author, title and year."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from places.models import Source
from places.models.gazetteer import fold

_PASSING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref_src")  # how a reader came, not what is read
_PORTS = {"http": 80, "https": 443}


def same_sources(source: Source) -> list[Source]:
    """The other sources that are pointed out before this one is saved."""
    address, written = normal_address(source.url), _written(source)
    others = Source.objects.exclude(pk=source.pk).only("pk", "url", "author", "title", "issued", "container")
    return [
        other
        for other in others.iterator()
        if (address and normal_address(other.url) == address) or (written and _written(other) == written)
    ]


def normal_address(url: str) -> str:
    """The address without what does not change the page: scheme, www., case of the host, tracking, fragment."""
    try:
        parts = urlsplit(url.strip())
        port = "" if parts.port in (None, _PORTS.get(parts.scheme.lower())) else f":{parts.port}"
        query = [pair for pair in parse_qsl(parts.query, max_num_fields=100) if not _PASSING.fullmatch(pair[0])]
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(sorted(query))}" if host else ""


def _written(source: Source) -> tuple[str, str, str] | None:
    title = " ".join(re.findall(r"\w+", fold(source.title)))
    return (fold(" ".join(sorted(source.author_names))), title, source.year) if title else None
