"""The page that explains the data to people. Its reference is read from the OpenAPI document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap.http_cache.responses import brief
from storymap.pages.addresses import LanguageLink, language_links
from storymap.pages.openapi import openapi
from storymap.selectors.editions import next_change, published_stories


@dataclass(frozen=True)
class ParameterView:
    name: str
    description: str
    example: str


@dataclass(frozen=True)
class OperationView:
    path: str
    summary: str
    description: str
    parameters: tuple[ParameterView, ...]
    examples: tuple[tuple[str, str], ...]  # what it is for, absolute address


@dataclass(frozen=True)
class FieldView:
    name: str
    kind: str
    description: str


@dataclass(frozen=True)
class SchemaView:
    name: str
    description: str
    fields: tuple[FieldView, ...]
    example: str  # JSON; empty without one


@dataclass(frozen=True)
class GuidePage:
    site: str
    story: str  # the slug that examples use
    operations: tuple[OperationView, ...]
    schemas: tuple[SchemaView, ...]
    languages: tuple[LanguageLink, ...]


@require_safe
def data_guide(request: HttpRequest) -> HttpResponse:
    """How to use the data. Template storymap/data.html with `page`, a GuidePage."""
    language = translation.get_language()
    response = render(request, "storymap/data.html", {"page": guide_page(openapi(), language)})
    response["Cache-Control"] = brief(next_change())
    return response


def guide_page(document: dict[str, Any], language: str) -> GuidePage:
    """Examples are about the newest story, so that they can be pasted and answer something."""
    cards = published_stories(language)
    slug = cards[0].slug if cards else document["components"]["parameters"]["story"]["example"]
    return GuidePage(
        site=settings.STORYMAP_SITE_URL,
        story=slug,
        operations=tuple(_operation(path, item["get"], document, slug) for path, item in document["paths"].items()),
        schemas=tuple(_schema(name, s) for name, s in document["components"]["schemas"].items() if "properties" in s),
        languages=language_links([code for code, _name in settings.LANGUAGES], language, "data-guide"),
    )


def _operation(path: str, operation: dict[str, Any], document: dict[str, Any], slug: str) -> OperationView:
    named = document["components"]["parameters"]
    parameters = [named[given["$ref"].rpartition("/")[2]] for given in operation.get("parameters", ())]
    address = settings.STORYMAP_SITE_URL + path.replace("{story}", slug)
    return OperationView(
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        parameters=tuple(_parameter(p) for p in parameters),
        examples=tuple((words, address + query) for query, words in operation["x-examples"].items()),
    )


def _parameter(parameter: dict[str, Any]) -> ParameterView:
    """The example as it stands in an address."""
    value = _words(parameter["example"])
    example = f"{parameter['name']}={value}" if parameter["in"] == "query" else value
    return ParameterView(parameter["name"], parameter["description"], example)


def _schema(name: str, schema: dict[str, Any]) -> SchemaView:
    fields = (FieldView(key, _kind(part), part.get("description", "")) for key, part in schema["properties"].items())
    example = json.dumps(schema["example"], ensure_ascii=False, indent=2) if "example" in schema else ""
    return SchemaView(name, schema["description"], tuple(fields), example)


def _kind(schema: dict[str, Any]) -> str:
    """The type in a word: “text or null”, “list of Event”."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(part) for part in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return ", ".join(_words(value) for value in schema.get("enum", [schema.get("const")]))
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words = [f"list of {_kind(schema['items'])}" if kind == "array" and "items" in schema else kind for kind in kinds]
    return " or ".join(words).replace("string", "text")


def _words(value: Any) -> str:
    """Of a list its parts, separated by commas."""
    return ",".join(_words(part) for part in value) if isinstance(value, list) else str(value)
