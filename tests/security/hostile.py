"""Texts that somebody might write to do harm, and a story that has one in every field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import cycle, islice
from typing import Any

from storymap.story.storyfile import Author, CitationEntry, Involvement, PersonEntry, StoryFile, Toponym
from tests import factories
from tests.security import stages

PWN = "window.pwned=1"
TEXTS = {
    "template": "{{7*7}}{{ 7*7 }}",
    "template internals": "{{ cycler.__init__.__globals__ }} {{ settings.SECRET_KEY }}",
    "statement": "{% for x in y %} {% off",
    "comment": "{# off",
    "literal": f"${{{PWN}}} `${{{PWN}}}`",
    "script": f"</script><script>{PWN}</script>",
    "picture": f"<img src=x onerror={PWN}>",
    "svg": f"<svg onload={PWN}><a href=javascript:{PWN}>x</a></svg>",
    "style end": f"</style></title></textarea><script>{PWN}</script>",
    "attribute": f"\" onmouseover=\"{PWN}\" autofocus onfocus='{PWN}' x='",
    "comment end": f"--><script>{PWN}</script><!--",
    "cdata": f"]]><script>{PWN}</script>",
    "separators": "a\u2028b\u2029c\u0085d",
    "directions": "\u202eevil\u202c \u2066x\u2069 \u200f\u200e שלום مرحبا",
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝒳",
    "quotes": "'\"\\ &amp; &lt;b&gt; %s %(x)s {0} {name} \\u003cscript\\u003e",
    "markdown link": f"[x](javascript:{PWN}) [y](data:text/html,<script>{PWN}</script>) <javascript:{PWN}>",
    "markdown picture": f"![x](https://evil.example/x.png) [x]: javascript:{PWN}",
    "word": "x" * 180,
}
NOT_SAID = ("49", "ImmutableSandboxedEnvironment", "a-key-for-tests-")
KEPT = {
    *("format", "slug", "default_language", "languages", "type", "kind", "country", "precision", "status", "date"),
    *("sensitivity", "issued", "accessed", "time_zone", "period", "day_zero", "day_last", "time", "language"),
    *("place", "also_there", "person", "source", "event", "illustration", "file", "old_slugs", "licence"),
    *("url", "archived_url", "overlay"),
}


def filled(value: Any, text: str | Iterator[str]) -> Any:
    """The same part of a story file with `text`, or the next of several, in every field that takes words."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: filled(getattr(value, f.name), text) for f in fields(value) if f.name not in KEPT}
        )
    if isinstance(value, dict):
        return {language: filled(words, text) for language, words in value.items()}
    if isinstance(value, tuple):
        return tuple(filled(entry, text) for entry in value)
    if not isinstance(value, str) or not value:
        return value
    return text if isinstance(text, str) else next(text)


def overlay(text: str) -> dict[str, Any]:
    ring = [[-77.04, -12.06], [-77.02, -12.06], [-77.02, -12.04], [-77.04, -12.06]]
    words = {
        "name": text,
        "note": text,
        "source": text,
        "credit": text,
        text: text,
        "__proto__": {"pwned": 1},
        "constructor": text,
    }
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": words, "geometry": shape}]}


def mixture(start: int) -> Iterator[str]:
    """All the texts, again and again, from the one at `start`."""
    return islice(cycle(TEXTS.values()), start, None)


def hostile_story(slug: str, text: str | Iterator[str]) -> StoryFile:
    """A story that may be published, with `text`, or the next of several, in each of its fields."""
    said = {"en": "x"}
    event = factories.event_entry(
        people=(Involvement(person="ana", role=said),),
        attributed_to=said,
        note=said,
        status="alleged",
        also_there=("far",),
        citations=(CitationEntry(source="gazette", locator="x", note=said),),
    )
    source = factories.source_entry(
        container="x", author=(Author(literal="x"),), url="https://example.org/?a=1&b=%22%3E"
    )
    place = factories.place_entry(toponyms=(Toponym(name="x"),), address="x", coordinate_source="x")
    file = stages.illustrated(
        slug,
        languages=("en",),
        title=said,
        byline=said,
        credits=said,
        counting_note=said,
        people=(PersonEntry(slug="ana", name=said),),
        events=(event,),
        places=(place, factories.place_entry("far", lat=-12.07, lng=-77.05)),
        sources=(source,),
        chapters=(
            factories.chapter_entry(
                illustration="view", overlay=overlay(text if isinstance(text, str) else next(text))
            ),
        ),
    )
    pictures = (replace(file.illustrations[0], caption=said),)
    return filled(replace(file, illustrations=pictures), text)
