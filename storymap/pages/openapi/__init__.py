"""The description of the data (OpenAPI 3.1). Its schemas are made from the types of the answers, by msgspec.

`record` and `answers` hold the types, `operations` the addresses and parameters, examples.json what a story and an
event look like.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from django.conf import settings

from storymap.pages.openapi import answers, operations, record

REFERENCE = "#/components/schemas/{name}"
TYPES = (
    *(answers.Start, answers.StoryList, answers.StoryDocument, answers.EditionList, answers.Problem),
    *(answers.PlaceCollection, answers.PlaceProperties, answers.DrawnProperties, answers.EventCollection),
)


def openapi() -> dict[str, Any]:
    """The document, with the site's address and its languages."""
    languages = [code for code, _name in settings.LANGUAGES]
    return {
        "openapi": "3.1.0",
        "info": operations.INFO,
        "servers": [{"url": settings.STORYMAP_SITE_URL}],
        "paths": deepcopy(operations.PATHS),
        "components": {
            "schemas": deepcopy(_schemas()),
            "parameters": operations.parameters(languages),
            "headers": operations.HEADERS,
            "responses": operations.RESPONSES,
        },
    }


@cache
def _schemas() -> dict[str, Any]:
    """By name, in the order in which the types are written."""
    _references, components = msgspec.json.schema_components(TYPES, ref_template=REFERENCE)
    types = {name: kind for module in (record, answers) for name, kind in vars(module).items() if name in components}
    schemas = {name: _in_order(components[name], kind) for name, kind in types.items()}
    for name, example in _examples().items():
        schemas[name]["example"] = example
    return schemas | answers.written_schemas()


def _in_order(schema: dict[str, Any], kind: type) -> dict[str, Any]:
    """msgspec sorts the members of a TypedDict; a reader wants them as they are written and answered."""
    members, required = schema["properties"], set(schema["required"])
    order = list(get_type_hints(kind))
    return {
        "type": "object",
        "description": " ".join(schema["description"].split()),
        "required": [name for name in order if name in required],
        "properties": {name: _constant(members[name]) for name in order},
    }


def _constant(member: dict[str, Any]) -> dict[str, Any]:
    """A choice of one value is that value."""
    if "type" in member or len(member.get("enum", ())) != 1:
        return member
    return {"const": member.pop("enum")[0], "type": "string", **member}


def _examples() -> dict[str, Any]:
    """A place, a citation and a source are those of the event."""
    story, event = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8")).values()
    citation = event["citations"][0]
    parts = {"Place": event["place"], "Citation": citation, "Source": citation["source"]}
    return {"Story": story, "Event": event, **parts}
