"""The script that draws a Scene as a map: what the map is given, of numbers, slugs and addresses. folium writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from places.geo import Bounds, Camera, LatLng
from storymap.maps.atlas import NearExtract
from storymap.maps.basemaps import Basemap
from storymap.maps.scene import ChapterScene, Pin, Scene, Streets
from storymap.story.document import PictureFile

DECIMALS = 6  # of degrees: a decimetre


@dataclass(frozen=True)
class MapUrls:
    """The addresses the map fetches from."""

    places: str
    levels: tuple[tuple[float, str], ...]  # (largest zoom, address), coarse to fine
    nears: tuple[str, ...]  # as Scene.nears
    basemap: Basemap
    extracts: tuple[str, ...] = ()  # as Scene.extracts
    pictures: Mapping[str, PictureUrl] = field(default_factory=dict)  # by the name of the original


@dataclass(frozen=True)
class PictureUrl:
    """Where a picture that takes the place of the earth is fetched: in tiles, or at once."""

    tiles: str = ""  # what their addresses begin with
    image: str = ""  # the name of a resource in the page


def script_of(scene: Scene, urls: MapUrls) -> str:
    """The same text for the same scene and addresses."""
    from storymap.maps.folium_map import script_with  # noqa: PLC0415  a second to import, and most requests draw no map

    return script_with(_options(scene), _script_parts(scene, urls))


def _script_parts(scene: Scene, urls: MapUrls) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "atlas", _atlas(scene, urls)
    if urls.basemap.kind != "atlas":
        yield urls.basemap.kind, _basemap_options(scene, urls.basemap)
    yield "places", {"url": urls.places}
    cover = {"cover": _camera(scene.cover)} if scene.cover else {}
    yield "scene", {"chapters": [_chapter(chapter, urls) for chapter in scene.chapters], **cover}


def _options(scene: Scene) -> dict[str, Any]:
    """Leaflet's, whose names folium turns into camel case. No view: the page knows which chapter is read."""
    return {
        "min_zoom": 1,
        "max_zoom": scene.max_zoom,
        "zoom_snap": 0.25,
        "zoom_control": False,  # the page has its own, in the reader's language
        "scroll_wheel_zoom": False,  # the wheel reads on
    }


def _atlas(scene: Scene, urls: MapUrls) -> dict[str, Any]:
    extracts = list(_parts_of_the_ground(scene.extracts, urls.extracts))
    return {
        "levels": [{"maxZoom": max_zoom, "url": url} for max_zoom, url in urls.levels],
        "nears": list(_parts_of_the_ground(scene.nears, urls.nears)),
        **({"extracts": extracts} if extracts else {}),
        "borders": urls.basemap.borders,
        "labels": urls.basemap.labels,
    }


def _parts_of_the_ground(parts: Sequence[NearExtract | Streets], urls: Sequence[str]) -> Iterator[dict[str, Any]]:
    for part, url in zip(parts, urls, strict=True):
        yield ground_part(part.bounds, part.min_zoom, url)


def ground_part(bounds: Bounds, min_zoom: float, url: str) -> dict[str, Any]:
    """A file of the ground, as the script of a map names it: where it is drawn, and from which zoom on."""
    return {"bounds": list(bounds.edges), "minZoom": min_zoom, "url": url}


def _basemap_options(scene: Scene, basemap: Basemap) -> dict[str, Any]:
    """A PMTiles file says itself how close its levels reach."""
    given = {"url": basemap.url, "attribution": basemap.attribution}
    return given if basemap.kind == "pmtiles" else {**given, "maxZoom": basemap.max_zoom or scene.max_zoom}


def _chapter(chapter: ChapterScene, urls: MapUrls) -> dict[str, Any]:
    picture = {"picture": _picture(chapter.picture, urls.pictures[chapter.picture.name])} if chapter.picture else {}
    return {
        "slug": chapter.slug,
        "camera": _camera(chapter.camera),
        "pins": [_pin(pin) for pin in chapter.pins],
        "moments": {event: _camera(camera) for event, camera in chapter.moment_cameras.items()},
        **picture,
    }


def _picture(file: PictureFile, url: PictureUrl) -> dict[str, Any]:
    where = {"image": url.image} if url.image else {"tiles": url.tiles}
    return {"width": file.width, "height": file.height, **where}


def _pin(pin: Pin) -> dict[str, Any]:
    given = {"place": pin.place, "number": pin.number, "events": pin.events}
    return {**given, "aside": True} if pin.aside else given


def _camera(camera: Camera) -> dict[str, Sequence[Any] | float | None]:
    if camera.bounds is not None:
        b = camera.bounds
        return {"bounds": [_pair(LatLng(b.south, b.west)), _pair(LatLng(b.north, b.east))]}
    return {"center": _pair(cast(LatLng, camera.center)), "zoom": camera.zoom}


def _pair(at: LatLng) -> list[float]:
    return [round(at.lat, DECIMALS), round(at.lng, DECIMALS)]
