"""How other systems read our pages and answers: their rules, taken from their sources and written anew."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from lxml import html

WORDPRESS_LIMIT = 150 * 1024  # bytes: more of a page is not read
ALLOWED = {
    "a": {"href"},
    "blockquote": set(),
    "iframe": {
        *("src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"),
    },
}


def wordpress_discovers(page: str) -> dict[str, str]:
    """Type and address of the discovery links, as WP_oEmbed::discover finds them."""
    read = page.encode()[:WORDPRESS_LIMIT].decode("utf-8", "ignore")
    head = read[: read.lower().find("</head>")]
    found = {}
    for attributes in re.findall(r"<link([^<>]+?)/?>", head, re.IGNORECASE):
        told = {name.lower(): unescape(value) for name, value in re.findall(r'([\w:-]+)\s*=\s*"([^"]*)"', attributes)}
        if told.get("type") in ("application/json+oembed", "text/xml+oembed", "application/xml+oembed"):
            found.setdefault(told["type"], told.get("href", ""))
    return found


def wordpress_keeps(markup: str) -> str:
    """What is left of `html` for a provider that WordPress does not know: wp_filter_oembed_result."""
    allowed = re.sub(r"<(/?)(\w+)((?:\s[^<>]*)?)>", _stripped, markup)
    found = re.search(r"(?:<blockquote>.*?</blockquote>)?.*?(<iframe.*?></iframe>)", allowed, re.DOTALL)
    assert found, f"WordPress finds no frame in {markup}"
    return found[1]


def _stripped(match: re.Match[str]) -> str:
    closing, name, attributes = match[1], match[2].lower(), match[3]
    if name not in ALLOWED:
        return ""
    kept = [f' {n}="{v}"' for n, v in re.findall(r'([\w-]+)="([^"]*)"', attributes) if n.lower() in ALLOWED[name]]
    return f"<{closing}{name}{''.join(kept)}>"


def ghost_takes(page: str) -> str:
    """The address that Ghost asks: one kind of link only."""
    links = html.fromstring(page).xpath("//link[@type='application/json+oembed']/@href")
    return str(links[0])


def ghost_accepts(told: dict[str, Any]) -> bool:
    return bool(told.get("version") and told.get("type") == "rich" and told.get("html") and told.get("width"))


def drupal_takes(page: str) -> list[str]:
    """JSON before XML; for XML another type than the one that the standard names."""
    tree = html.fromstring(page)
    kinds = ("application/json+oembed", "application/xml+oembed")
    return [str(tree.xpath(f"//link[@type='{kind}']/@href")[0]) for kind in kinds]


def drupal_accepts(told: dict[str, Any]) -> bool:
    return told["version"] == "1.0" and all(told.get(name) for name in ("html", "width", "height", "provider_name"))
