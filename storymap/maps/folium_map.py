"""Writes the script of a map with folium. The only module that knows folium, branca and Jinja.

branca compiles what it renders as a template a second time: an author's text in it would run on the server.
Therefore folium is given numbers, slugs, addresses and the operator's options, never an author's text; and
nothing of ours is compiled twice: Literal is text that stays text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Environment, Template


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


def script_with(options: dict[str, Any], parts: Iterable[tuple[str, dict[str, Any]]]) -> str:
    """The script of a map with Leaflet's `options`, which asks the page's own script for each of the parts."""
    drawn = StoryMap(options)
    for part, given in parts:
        KitCall(part, given).add_to(drawn)
    drawn.render()
    lines = drawn.figure.script.render()
    return f'"use strict";\nglobalThis.drawStoryMap = (element, kit) => {{\n{lines}\nreturn {drawn.get_name()};\n}};\n'
