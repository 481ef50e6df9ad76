"""The drawing that a page fetches besides itself: the map's script, its places, and the atlas around them."""

from __future__ import annotations

import msgspec

from storymap.maps import render_cache
from storymap.maps.geojson import places_geojson
from storymap.maps.map_script import script_of
from storymap.maps.scene import scene_of
from storymap.pages.addresses import Addressing, map_urls
from storymap.story.document import StoryDocument

SCRIPT, GEOJSON, ATLAS = "text/javascript; charset=utf-8", "application/geo+json", "application/json"


def map_script(document: StoryDocument, at: Addressing) -> bytes:
    scene = scene_of(document)
    return script_of(scene, map_urls(at, scene)).encode()


def places(document: StoryDocument) -> bytes:
    return msgspec.json.encode(places_geojson(document))


def atlas_extract(document: StoryDocument, number: int) -> bytes | None:
    """The detailed atlas of the n-th neighbourhood; None when the story has fewer."""
    nears = scene_of(document).nears
    if number >= len(nears):
        return None
    return render_cache.extract(nears[number].detail, nears[number].bounds, document.language)
