"""The addresses on a story’s pages, as the door that shows them writes them, in every language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from storymap import assets
from storymap.maps.atlas import FAR_ZOOM, GLOBE_ZOOM
from storymap.maps.basemaps import basemap, editor_tiles
from storymap.maps.map_script import MapUrls, PictureUrl
from storymap.maps.scene import Scene
from storymap.stage import tiles_prefix
from storymap.story.document import StoryDocument


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str  # in its own language
    url: str
    current: bool


def language_links(codes: Iterable[str], current: str, name: str, *arguments: str) -> tuple[LanguageLink, ...]:
    """The address `name` of urls.py in each language."""
    links = []
    for code in codes:
        with translation.override(code):
            links.append(LanguageLink(code, _own_name(code), reverse(name, args=arguments), code == current))
    return tuple(links)


def _own_name(code: str) -> str:
    return translation.get_language_info(code)["name_local"].capitalize()


FINE_UP_TO = 22.0
LEVELS = {"globe": GLOBE_ZOOM, "110m": FAR_ZOOM, "50m": FINE_UP_TO}  # the zoom up to which each is drawn


@dataclass(frozen=True)
class Addressing:
    """Where one story is, in one language, behind one door. The names of addresses are the same at every door."""

    language: str
    story: tuple[str, ...]  # the part of an address that says which story it is
    key: tuple[str, ...] = ()  # the part that says which edition a drawing belongs to
    door: str = ""  # its namespace
    has_history: bool = True

    def name(self, name: str) -> str:
        return f"{self.door}:{name}" if self.door else name

    def url(self, name: str, *arguments: object) -> str:
        """A page."""
        with translation.override(self.language):
            return reverse(self.name(name), args=[*self.story, *arguments])

    def event_url(self, slug: str, name: str, *arguments: object) -> str:
        """An event on a page."""
        return f"{self.url(name, *arguments)}#{slug}"

    def file_url(self, name: str, *arguments: object) -> str:
        """What a page fetches besides itself."""
        return self.url(name, *arguments, *self.key)


def public(document: StoryDocument, digest: str) -> Addressing:
    """Derived addresses change with the edition and with the release, so that their answers can be cached for ever."""
    return Addressing(document.language, story=(document.slug,), key=(digest[:16] + assets.release(),))


def map_urls(at: Addressing, scene: Scene) -> MapUrls:
    return MapUrls(
        places=at.file_url("places"),
        levels=tuple((zoom, static(f"storymap/atlas/{level}.json")) for level, zoom in LEVELS.items()),
        nears=tuple(at.file_url("atlas-extract", number) for number in range(len(scene.nears))),
        basemap=basemap(),
        extracts=tuple(f"{settings.MEDIA_URL}{extract.file}" for extract in scene.extracts),
        pictures={file.name: PictureUrl(settings.MEDIA_URL + tiles_prefix(file.name)) for file in scene.pictures},
    )


@dataclass(frozen=True)
class Addresses:
    site: str  # origin
    base: str
    editions: str
    record: str  # of what no chapter narrates
    people: str  # of who is who
    share: str  # empty for a draft
    downloads: str  # likewise
    map_script: str
    places: str


def addresses(at: Addressing) -> Addresses:
    return Addresses(
        site=settings.STORYMAP_SITE_URL,
        base=at.url("story"),
        editions=at.url("editions" if at.has_history else "story"),
        record=at.url("record"),
        people=at.url("people"),
        share=at.url("share") if at.has_history else "",
        downloads=at.url("downloads") if at.has_history else "",
        map_script=at.file_url("map-script"),
        places=at.file_url("places"),
    )


class NoSuchChapter(Exception):
    """The edition has no chapter of that name; `moved_to` when it had one."""

    def __init__(self, moved_to: str = "") -> None:
        self.moved_to = moved_to


def check_chapter(document: StoryDocument, slug: str) -> None:
    """Raises NoSuchChapter."""
    if not document.chapter(slug):
        raise NoSuchChapter(present_slug(document, slug))


def present_slug(document: StoryDocument, slug: str) -> str:
    """The slug of the chapter that is, or was, called so; empty when there is none."""
    if document.chapter(slug):
        return slug
    return next((chapter.slug for chapter in document.chapters if slug in chapter.old_slugs), "")


def workshop_ground(extracts: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """What lies under the maps of the admin: the atlas, each file with the zoom up to which it is right; the streets
    of a story, as the script of a map names them; and the tiles that the operator has for editors."""
    levels = [
        {"url": static(f"storymap/atlas/{name}.json"), "maxZoom": zoom} for name, zoom in (("110m", 3), ("50m", 22))
    ]
    tiles = editor_tiles()
    over = {"url": tiles.url, "attribution": tiles.attribution, "maxZoom": tiles.max_zoom}
    words = {"simplified": _("Simplified, after {credit}")}  # what the atlas says itself
    return {"levels": levels, "extracts": [*extracts], "tiles": over if tiles.kind == "tiles" else None, "words": words}
