"""All published pages as files that any web server can serve.

The pages are asked from the site itself, in this process, so that a file is to the byte what a reader would get. What
is linked is followed. What needs a program is left out: sign-in, previews, oEmbed, and the data with their filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import reverse
from django.utils import translation

from storymap.pages import embed_codes
from storymap.selectors.editions import document_of, published_cards
from storymap.stage import tiles_of

LEFT_OUT = ("/admin/", "/preview/", "/api/", "/oembed")
_IN_SCRIPT = re.compile(r'"(/[^"\\\s]+)"')
_LATE = re.compile(r'\bimport\("(\./[^"]+)"\)')
_PARTS = ("href", "src", "poster", "data-protomaps", "data-base")
NOWHERE = "/there-is-no-such-page/"


class Links(HTMLParser):
    """The addresses in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value for name, value in attrs if value}
        self.found += [told[name] for name in _PARTS if name in told]
        self.found += [choice.split()[0] for choice in told.get("srcset", "").split(",") if choice.strip()]
        if tag == "meta" and told.get("property") == "og:image":
            self.found.append(told["content"])


def site_files() -> Iterator[tuple[str, bytes]]:
    """Path within the site and content, each once. Raises RuntimeError for a page that the site cannot answer."""
    site = urlsplit(settings.STORYMAP_SITE_URL)
    client = Client(SERVER_NAME=site.hostname or "localhost", SERVER_PORT=str(site.port or 80))
    waiting, seen = list(_first_paths()), set(_first_paths())
    while waiting:
        path = waiting.pop()
        found = _static(path) if path.startswith(settings.STATIC_URL) else _answer(client, path)
        if found is None:
            continue
        kind, body = found
        yield _file(path), body
        new = {link for link in _links(path, kind, body) if link not in seen}
        seen |= new
        waiting += sorted(new)
    yield "404.html", client.get(NOWHERE).content


def _first_paths() -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield from (reverse(name) for name in ("index", "feed", "about-embedding"))
    yield from (reverse(name) for name in ("sitemap", "robots"))
    yield from (reverse("host-script", args=[version]) for version in range(1, embed_codes.NEWEST_HOST_SCRIPT + 1))
    for card in published_cards():
        with translation.override(card.language):
            yield reverse("embed", args=[card.slug])
            for chapter in document_of(card.digest).chapters:
                yield reverse("embed-chapter", args=[card.slug, chapter.slug])
                if chapter.stage:
                    tiles = tiles_of(chapter.stage.size)
                    yield from (reverse("media", args=[tile.name(chapter.stage.file.name)]) for tile in tiles)


def _answer(client: Client, path: str) -> tuple[str, bytes] | None:
    """None for what is not there: an author's text may link anywhere."""
    response: Any = client.get(unquote(path), secure=settings.STORYMAP_SITE_URL.startswith("https:"))
    if response.status_code >= 500:
        raise RuntimeError(f"{path} is answered with {response.status_code}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return (response.get("Content-Type", ""), body) if response.status_code == 200 else None


def _static(path: str) -> tuple[str, bytes] | None:
    """From the collected files; where none are collected, from where they lie."""
    name = unquote(path.removeprefix(settings.STATIC_URL))
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return "", file.read()
    there = finders.find(name)
    return ("", Path(str(there)).read_bytes()) if there else None


def _links(path: str, kind: str, body: bytes) -> Iterator[str]:
    if kind.startswith("text/html"):
        parser = Links()
        parser.feed(body.decode("utf-8", "replace"))
        links = parser.found
    elif kind.startswith("text/javascript"):  # the drawing names what it fetches
        found = _IN_SCRIPT.findall(body.decode("utf-8", "replace"))
        links = [link for link in found if not link.endswith("-")]  # what addresses of tiles begin with
    elif path.startswith(settings.STATIC_URL) and path.endswith(".js"):
        links = _LATE.findall(body.decode("utf-8", "replace"))
    else:
        return
    for link in links:
        parts = urlsplit(urljoin(f"{settings.STORYMAP_SITE_URL}{path}", link))
        own = f"{parts.scheme}://{parts.netloc}" == settings.STORYMAP_SITE_URL
        if own and parts.path and not parts.path.startswith(LEFT_OUT) and "/admin/" not in parts.path:
            yield parts.path


def _file(path: str) -> str:
    """Where a web server looks for it. Names are slugs and digests, so none leads out of the folder."""
    name = unquote(path).lstrip("/")
    if ".." in name.split("/") or "\\" in name:
        raise RuntimeError(f"{path} is no name for a file")
    return f"{name}index.html" if name.endswith("/") or not name else name
