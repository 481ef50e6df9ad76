"""Draws a Scene with folium. The only module that knows folium, branca and Jinja.

branca compiles what it renders as a template a second time: an author's text in it would run on the server.
Therefore folium is given numbers, slugs, addresses and the operator's options, never an author's text; and
nothing of ours is compiled twice: Literal is text that stays text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Environment, Template

from places.geo import Camera, LatLng
from storymap.maps.basemaps import Basemap
from storymap.maps.scene import ChapterScene, Pin, Scene

DECIMALS = 6  # of degrees: a decimetre


@dataclass(frozen=True)
class MapUrls:
    """The addresses the map fetches from."""

    places: str
    levels: tuple[tuple[float, str], ...]  # (largest zoom, address), coarse to fine
    nears: tuple[str, ...]  # as Scene.nears
    basemap: Basemap


class CompactEnvironment(Environment):
    """folium's, with JSON as we want it: in our order, without spaces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policies["json.dumps_kwargs"] = {"sort_keys": False, "separators": (",", ":")}


class StoryTemplate(Template):
    environment_class = CompactEnvironment


class Literal(Element):
    """Text that is text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **kwargs: Any) -> str:
        return self._text


class Bin(Element):
    """The header, body or script of a figure: its children's text, line by line."""

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Element:
        if type(child) is Element and child._template_str is not None:
            child = Literal(child._template_str)  # from a stock element: not compiled again
        return super().add_child(child, name=name, index=index)

    def render(self, **kwargs: Any) -> str:
        return "\n".join(child.render(**kwargs).strip() for child in self._children.values())


class StoryFigure(Figure):
    def __init__(self) -> None:
        super().__init__()
        self.header, self.html, self.script = Bin(), Bin(), Bin()
        for part in (self.header, self.html, self.script):
            part._parent = self


class StoryElement(MacroElement):
    """A statement of the script."""

    def render(self, **kwargs: Any) -> str:
        figure = cast(StoryFigure, self.get_root())
        written = Literal(self._template.module.script(self, kwargs))
        figure.script.add_child(written, name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class StoryMap(StoryElement, folium.Map):
    _template = StoryTemplate(
        "{% macro script(this, kwargs) %}const {{ this.get_name() }} = "
        "L.map(element, {{ this.options|tojavascript }});{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(tiles=None)
        self._id = "story"  # folium's own would be random
        self.default_js, self.default_css = (
            [],
            [],
        )  # nothing from other hosts; on the instance, folium's are shared
        self.options = options
        self.figure = StoryFigure()
        self.figure.add_child(self)


class KitCall(StoryElement):
    """Asks the page's own script for one part of the map."""

    _template = StoryTemplate(
        "{% macro script(this, kwargs) %}kit.{{ this.part }}({{ this._parent.get_name() }}, "
        "{{ this.given|tojson }});{% endmacro %}"
    )

    def __init__(self, part: str, given: dict[str, Any]) -> None:
        super().__init__()
        self._name, self._id = "Kit", part
        self.part, self.given = part, given


def script_of(scene: Scene, urls: MapUrls) -> str:
    """The script that draws the map: the same text for the same scene and addresses."""
    drawn = StoryMap(_options(scene))
    KitCall("atlas", _atlas(scene, urls)).add_to(drawn)
    if urls.basemap.kind != "atlas":
        KitCall(urls.basemap.kind, _over(scene, urls.basemap)).add_to(drawn)
    KitCall("places", {"url": urls.places}).add_to(drawn)
    KitCall("scene", {"chapters": [_chapter(chapter) for chapter in scene.chapters]}).add_to(drawn)
    drawn.render()
    lines = drawn.figure.script.render()
    return f'"use strict";\nglobalThis.drawStoryMap = (element, kit) => {{\n{lines}\nreturn {drawn.get_name()};\n}};\n'


def _options(scene: Scene) -> dict[str, Any]:
    """Leaflet's options; folium turns their names into camel case. No view: the page knows which chapter is read."""
    return {
        "min_zoom": 1,
        "max_zoom": scene.max_zoom,
        "zoom_snap": 0.25,
        "zoom_control": False,  # the page has its own, in the reader's language
        "scroll_wheel_zoom": False,  # the wheel reads on
    }


def _atlas(scene: Scene, urls: MapUrls) -> dict[str, Any]:
    return {
        "levels": [{"maxZoom": max_zoom, "url": url} for max_zoom, url in urls.levels],
        "nears": [
            {
                "bounds": [near.bounds.west, near.bounds.south, near.bounds.east, near.bounds.north],
                "minZoom": near.min_zoom,
                "url": url,
            }
            for near, url in zip(scene.nears, urls.nears, strict=True)
        ],
        "borders": urls.basemap.borders,
        "labels": urls.basemap.labels,
    }


def _over(scene: Scene, basemap: Basemap) -> dict[str, Any]:
    """A PMTiles file says itself how close its levels reach."""
    told = {"url": basemap.url, "attribution": basemap.attribution}
    return told if basemap.kind == "pmtiles" else {**told, "maxZoom": basemap.max_zoom or scene.max_zoom}


def _chapter(chapter: ChapterScene) -> dict[str, Any]:
    return {
        "slug": chapter.slug,
        "camera": _camera(chapter.camera),
        "pins": [_pin(pin) for pin in chapter.pins],
        "moments": {event: _camera(camera) for event, camera in chapter.moment_cameras.items()},
    }


def _pin(pin: Pin) -> dict[str, Any]:
    told = {"place": pin.place, "number": pin.number, "events": pin.events}
    return {**told, "aside": True} if pin.aside else told


def _camera(camera: Camera) -> dict[str, Sequence[Any] | float | None]:
    if camera.bounds is not None:
        b = camera.bounds
        return {"bounds": [_pair(LatLng(b.south, b.west)), _pair(LatLng(b.north, b.east))]}
    return {"center": _pair(cast(LatLng, camera.center)), "zoom": camera.zoom}


def _pair(at: LatLng) -> list[float]:
    return [round(at.lat, DECIMALS), round(at.lng, DECIMALS)]
