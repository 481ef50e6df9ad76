"""A story as one HTML file that works from a disk: the reading page with everything it would fetch inside it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from storymap import assets
from storymap.maps import render_cache
from storymap.maps.atlas import FAR_ZOOM
from storymap.maps.basemaps import basemap_from
from storymap.maps.geojson import places_geojson
from storymap.maps.map_script import MapUrls, PictureUrl, script_of
from storymap.maps.picture import whole_picture
from storymap.maps.scene import Scene, scene_of
from storymap.pages.addresses import FINE_UP_TO, Addressing
from storymap.pages.head import json_in_script
from storymap.pages.people import people_views
from storymap.pages.story import ChapterView, Early, StoryPage, listed_views, story_page
from storymap.selectors.editions import PublishedStory
from storymap.story.document import StoryDocument

SOURCE_MAP = "//# sourceMappingURL=leaflet.js.map"  # a browser's tools would ask for it
ATLAS = settings.STORYMAP_DATA_DIR / "atlas"


@dataclass(frozen=True)
class InFile(Addressing):
    """Addresses within the file: its parts by their ids, what is fetched elsewhere by a name."""

    document: StoryDocument | None = None

    def url(self, name: str, *arguments: object) -> str:
        beside = {"record": "#also-in-the-record", "people": "#who-is-who"}
        return f"#chapter-{arguments[0]}" if name == "chapter" else beside.get(name, "#")

    def event_url(self, slug: str, name: str, *arguments: object) -> str:
        return f"#{slug}"

    def file_url(self, name: str, *arguments: object) -> str:
        if name == "chapter-picture" and self.document:
            return _data("image/webp", render_cache.chapter_picture(self.document, str(arguments[0])))
        if name == "story-picture" and self.document:
            return _data("image/webp", render_cache.story_picture(self.document))
        return "-".join(map(str, (name, *arguments)))


def single_file(published: PublishedStory, story_url: str) -> bytes:
    """HTML that asks for nothing, offline or not; a policy in it refuses whatever is not its own. No recordings."""
    document = _without_recordings(published.document)
    scene = scene_of(document)
    inside = InFile(document.language, story=(), has_history=False, document=document)
    page = _page(replace(published, document=document), inside, story_url)
    leaflet = assets.VENDOR["vendor/leaflet/leaflet.js"].read_text("utf-8")
    scripts = [leaflet.replace(SOURCE_MAP, ""), script_of(scene, _urls(scene))]
    module = assets.joined_modules(assets.JOINED_MODULES["storymap/joined/reading.js"], whole=True)
    style = assets.joined_styles(assets.JOINED_STYLES["storymap/joined/reading.css"])
    given = {
        "page": page,
        "listed": listed_views(document),
        "people": people_views(document, inside),
        "style": style,
        "scripts": scripts,
        "module": module,
        "resources": _resources(document, scene),
        "policy": _policy(style, *scripts, module),
        "story_url": story_url,
    }
    return render_to_string("storymap/single_file.html", given).encode()


def _without_recordings(document: StoryDocument) -> StoryDocument:
    return replace(document, chapters=tuple(replace(chapter, audio=None) for chapter in document.chapters))


def _page(published: PublishedStory, inside: InFile, story_url: str) -> StoryPage:
    page = story_page(published, "", inside)
    urls = replace(page.urls, base="#", editions=urljoin(story_url, "editions/"))
    chapters = tuple(_with_picture(view) for view in page.chapters)
    return replace(page, urls=urls, chapters=chapters, canonical=story_url, languages=(), early=Early(), head=None)


def _with_picture(view: ChapterView) -> ChapterView:
    if view.chapter.illustration is None:
        return view
    file = view.chapter.illustration.files[-1]
    return replace(view, inline_picture=_data("image/webp", _stored_bytes(file.name)))


def _stored_bytes(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def _urls(scene: Scene) -> MapUrls:
    """The map asks for its files by these names. Tiles of others are not in the file, and are not asked for."""
    return MapUrls(
        places="places",
        levels=((FAR_ZOOM, "110m"), (FINE_UP_TO, "50m")),
        nears=tuple(f"near-{number}" for number in range(len(scene.nears))),
        extracts=tuple(f"streets-{number}" for number in range(len(scene.extracts))),
        basemap=basemap_from(borders=settings.STORYMAP_ATLAS_BORDERS, labels=settings.STORYMAP_ATLAS_LABELS),
        pictures={file.name: PictureUrl(image=_name(n)) for n, file in enumerate(scene.pictures)},
    )


def _name(picture: int) -> str:
    return f"picture-{picture}"


def _resources(document: StoryDocument, scene: Scene) -> dict[str, str]:
    """Name -> JSON, safe between the tags of a script."""
    values: dict[str, Any] = {
        "places": places_geojson(document),
        **{_name(n): _data("image/webp", whole_picture(file)) for n, file in enumerate(scene.pictures)},
        **{level: _json(ATLAS / f"{level}.json") for level in ("110m", "50m")},
        **{
            f"near-{n}": json.loads(render_cache.extract(near.detail, near.bounds, document.language))
            for n, near in enumerate(scene.nears)
        },
        **{f"streets-{n}": json.loads(_stored_bytes(streets.file)) for n, streets in enumerate(scene.extracts)},
    }
    return {name: json_in_script(value) for name, value in values.items()}


def _json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _data(content_type: str, body: bytes) -> str:
    return f"data:{content_type};base64,{base64.b64encode(body).decode()}"


def _policy(style: str, *scripts: str) -> str:
    """By digests: nothing that is written into the file afterwards runs (CSP 3, 2.3.1)."""
    allowed = " ".join(f"'{_digest(script)}'" for script in scripts)
    kinds = ("default-src 'none'", f"script-src {allowed}", f"style-src '{_digest(style)}'", "img-src data:")
    return "; ".join((*kinds, "base-uri 'none'", "form-action 'none'", "object-src 'none'"))


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
