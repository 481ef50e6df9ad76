"""The addresses of the data and what may be asked there, as OpenAPI says it."""

from __future__ import annotations

from typing import Any

from places.statuses import ClaimStatus

Json = dict[str, Any]
INFO: Json = {
    "title": "Storymap data",
    "version": "1",
    "summary": "Published stories as JSON and GeoJSON, to read.",
    "description": (
        "Read only, without a key, from any site (CORS). Only published editions are answered; a story that is "
        "withdrawn is gone here as well.\n\n"
        "Versions: answers carry the member format and the header API-Version. Within version 1 members may be "
        "added, and none goes or changes its meaning; pass over those you do not know. What would break programs "
        "gets an address of its own.\n\n"
        "Answers carry an ETag; ask again with If-None-Match and get 304 while nothing has changed. A browser "
        "needs no preflight for a plain GET; preflights are answered all the same. Addresses end in a stroke "
        "unless they end in .geojson or .json.\n\n"
        "Errors are application/problem+json (RFC 9457). Parameters that are not known, are given twice or cannot "
        "be understood are refused with 400 rather than passed over."
    ),
    "license": {"name": "Each story names its own licence", "url": "https://spdx.org/licenses/"},
}
JSON, GEOJSON, PROBLEM = "application/json", "application/geo+json", "application/problem+json"


def _reference(part: str, name: str) -> Json:
    return {"$ref": f"#/components/{part}/{name}"}


def _parameter(name: str, description: str, schema: Json, example: Any, place: str = "query") -> Json:
    lists = {"style": "form", "explode": False} if schema["type"] == "array" else {}
    what = {"description": description, "schema": schema, "example": example}
    return {"name": name, "in": place, "required": place == "path", **what, **lists}


def _number(least: int, most: int, **more: int) -> Json:
    return {"type": "integer", "minimum": least, "maximum": most, **more}


def parameters(languages: list[str]) -> Json:
    """By name. `languages` are the codes of the site's languages."""
    degrees = [{"type": "number", "minimum": -most, "maximum": most} for most in (180, 90, 180, 90)]
    box = {"type": "array", "minItems": 4, "maxItems": 4, "prefixItems": degrees}
    box["items"] = {"type": "number", "minimum": -90, "maximum": 180}
    date = {"type": "string", "format": "edtf", "minLength": 4, "maxLength": 60}
    status = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": ClaimStatus.values}}
    slug = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,80}$"}
    every = (
        _parameter("story", "The slug of a story, as the list gives it.", slug, "lima-1996-97", "path"),
        _parameter(
            "lang",
            "The language of the texts. Without it a story is answered in its default language.",
            {"type": "string", "enum": languages},
            "es",
        ),
        _parameter(
            "edition",
            "The number of an edition that can still be read, to have the same answer again and again.",
            _number(1, 999999999),
            1,
        ),
        _parameter(
            "bbox",
            "Only what lies in this box, or meets it: west,south,east,north in degrees. West greater than east "
            "crosses the antimeridian. A journey or a line is looked at step by step, an area by its extent; "
            "events without a place are left out. Places that an event also concerns do not count.",
            box,
            [-77.1, -12.2, -76.9, -12.0],
        ),
        _parameter(
            "from",
            "Only what may have happened on this day or later, as far as its date says; ISO 8601 or EDTF. What "
            "has no date is left out.",
            date,
            "1996-12-17",
        ),
        _parameter(
            "until",
            "Only what may have happened on this day or earlier. A month or a year is taken to its end.",
            date,
            "1997-04",
        ),
        _parameter(
            "status", "Only claims of this status, or these, separated by commas.", status, ["alleged", "disputed"]
        ),
        _parameter(
            "page",
            "The number of a page of the list, from 1. Better follow links.next.",
            _number(1, 999999, default=1),
            1,
        ),
        _parameter("limit", "How many stories a page has.", _number(1, 100, default=20), 20),
    )
    return {parameter["name"]: parameter for parameter in every}


def _header(description: str, **schema: str) -> Json:
    return {"description": description, "required": True, "schema": {**schema, "type": "string"}}


HEADERS: Json = {
    "ETag": _header("Changes when the answer does."),
    "API-Version": _header("The version of the addresses and their answers.", const="1"),
    "Link": _header("service-desc and service-doc, and for lists first, prev, next and last (RFC 8288)."),
}


def _problem(description: str) -> Json:
    return {"description": description, "content": {PROBLEM: {"schema": _reference("schemas", "Problem")}}}


_LOCATION = {"required": True, "description": "The new address.", "schema": {"type": "string"}}
RESPONSES: Json = {
    "Moved": {
        "description": "The story has a new address; the rest of the request stays the same.",
        "headers": {"Location": _LOCATION},
    },
    "NotModified": {"description": "You have it already."},
    "BadParameter": _problem(
        "A parameter is not known, was given twice or was not understood; names it and says what to write."
    ),
    "NotFound": _problem(
        "Nothing is published there: it never was, is not yet, is no more, or not in that language or edition."
    ),
    "OnlyReading": _problem("The data can only be read."),
}
_ALWAYS = {"304": "NotModified", "400": "BadParameter", "405": "OnlyReading"}
_OF_A_STORY = {"301": "Moved", "404": "NotFound"}


def _get(
    name: str,
    summary: str,
    description: str,
    answer: str,
    examples: dict[str, str],
    *,
    schema: str = "",
    kind: str = JSON,
    asks: str = "",
    links: Json | None = None,
) -> Json:
    """An operation. `examples` say in words what a query asks for; `asks` names its parameters."""
    body = _reference("schemas", schema) if schema else {"type": "object"}
    good: Json = {
        "description": answer,
        "headers": {header: _reference("headers", header) for header in HEADERS},
        "content": {kind: {"schema": body}},
        **({"links": links} if links else {}),
    }
    others = _ALWAYS | (_OF_A_STORY if "story" in asks.split() else {})
    responses = {"200": good, **{code: _reference("responses", others[code]) for code in sorted(others)}}
    given = {"parameters": [_reference("parameters", each) for each in asks.split()]} if asks else {}
    what = {"operationId": name, "summary": summary, "description": description}
    return {"get": {**what, **given, "responses": responses, "x-examples": examples}}


def _links(suffix: str, operations: tuple[str, ...], **values: str) -> Json:
    """From an answer to the answers about what it names; `values` say where it does."""
    names = {"getStory": "document", "getPlaces": "places", "getEvents": "events", "getEditions": "editions"}
    given = {name: f"$response.body#/{pointer}" for name, pointer in values.items()}
    return {f"{names[each]}Of{suffix}": {"operationId": each, "parameters": given} for each in operations}


_DATA = ("getStory", "getPlaces", "getEvents")
PATHS: Json = {
    "/api/": _get(
        "start",
        "Where to begin",
        "Links to the list of stories and to this description.",
        "Links.",
        {"": "Where to begin"},
        schema="Start",
    ),
    "/api/stories/": _get(
        "listStories",
        "The stories",
        "All published stories, newest edition first, twenty on a page. A story is found by from and until "
        "when one of its days is, and by bbox when one of its places is. Stories that are not told in the "
        "language asked for are listed in their default language.",
        "A page of the list.",
        {
            "": "All stories",
            "?bbox=-77.1,-12.2,-76.9,-12.0": "Stories that happen in Lima",
            "?from=1996&until=1997": "Stories of these two years",
        },
        schema="StoryList",
        asks="lang bbox from until page limit",
        links=_links("AStory", (*_DATA, "getEditions"), story="stories/0/slug"),
    ),
    "/api/stories/{story}/": _get(
        "getStory",
        "A whole story",
        "Chapters with their narration, events, places and sources. For archives: one file per edition and "
        "language holds everything but the pictures.",
        "The story.",
        {
            "": "The newest edition",
            "?lang=es": "In Spanish, if it is told in Spanish",
            "?edition=1": "The first edition, for ever the same",
        },
        schema="StoryDocument",
        asks="story lang edition",
    ),
    "/api/stories/{story}/places.geojson": _get(
        "getPlaces",
        "Places as GeoJSON",
        "Every place of the story as a point with the radius within which it lies, and every point, line and "
        "area that is drawn on a chapter's map. Opens in QGIS, geojson.io and any web map.",
        "Places, and what is drawn.",
        {"": "All places, and all that is drawn", "?bbox=-77.06,-12.10,-77.04,-12.08": "Those in a box"},
        schema="PlaceCollection",
        kind=GEOJSON,
        asks="story lang edition bbox",
    ),
    "/api/stories/{story}/events.geojson": _get(
        "getEvents",
        "Events as GeoJSON",
        "Every event with its date, its claim status, who it is attributed to, and its sources in full.",
        "Events.",
        {
            "": "All events",
            "?from=1997-04-22&until=1997-04-22": "The events of one day",
            "?status=alleged,disputed,denied": "What is not established",
            "?bbox=-77.1,-12.2,-76.9,-12.0&until=1997": "Events in Lima up to the end of 1997",
        },
        schema="EventCollection",
        kind=GEOJSON,
        asks="story lang edition bbox from until status",
    ),
    "/api/stories/{story}/editions/": _get(
        "getEditions",
        "Editions and corrections",
        "When the story was published and corrected, and what changed each time.",
        "The history.",
        {"": "All editions"},
        schema="EditionList",
        asks="story lang",
        links=_links("AnEdition", _DATA, story="story/slug", edition="editions/0/number"),
    ),
    "/api/openapi.json": _get(
        "getDescription",
        "This description",
        "This document, for programs.",
        "OpenAPI 3.1.",
        {"": "For programs"},
    ),
}
