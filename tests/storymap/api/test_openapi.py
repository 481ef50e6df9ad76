"""The description: it holds for what is answered, leaves nothing out, and its examples are those of the first story."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NotRequired, get_origin, get_type_hints, is_typeddict

import jsonschema_rs
import pytest
from django.test import Client

from places.models import ClaimStatus
from places.models.event import Sensitivity
from places.models.place import Precision
from storymap.api.urls import plain_urlpatterns
from storymap.models import Story
from storymap.pages.openapi import answers, openapi, record
from tests.storymap.api.asking import data

LIMA = "/api/stories/lima-1996-97/"
ANSWERS = {
    "/api/": "Start",
    "/api/stories/": "StoryList",
    LIMA: "StoryDocument",
    f"{LIMA}?lang=ja": "StoryDocument",
    f"{LIMA}places.geojson": "PlaceCollection",
    f"{LIMA}events.geojson": "EventCollection",
    f"{LIMA}events.geojson?lang=es&status=alleged": "EventCollection",
    f"{LIMA}editions/": "EditionList",
}


def closed(value: Any) -> Any:
    """The schemas with nothing allowed that they do not name: clients pass over what is new, the tests do not."""
    if isinstance(value, list):
        return [closed(part) for part in value]
    if not isinstance(value, dict):
        return value
    shut = {"additionalProperties": False} if isinstance(value.get("properties"), dict) and "type" in value else {}
    return {key: closed(part) for key, part in value.items()} | shut


def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    schemas = closed(openapi()["components"]["schemas"])
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def test_answers_are_as_described_and_nothing_besides(lima: Story) -> None:
    for path, name in ANSWERS.items():
        errors = [f"{list(e.instance_path)}: {e.message[:200]}" for e in validator(name).iter_errors(data(path))]
        assert errors == [], path
    for path, status in ((f"{LIMA}?edition=9", 404), (f"{LIMA}?x", 400)):
        assert list(validator("Problem").iter_errors(data(path, status))) == []


def test_examples_are_valid_and_what_the_first_story_says(lima: Story) -> None:
    """None of them can grow old."""
    answer = data(LIMA)
    told = {event["slug"]: event for event in answer["events"]}
    examples = {name: s["example"] for name, s in openapi()["components"]["schemas"].items() if "example" in s}
    assert set(examples) == {"Story", "Event", "Place", "Citation", "Source"}
    here = json.loads(json.dumps(examples).replace("https://maps.example.org", "http://testserver"))
    for name, example in here.items():
        assert list(validator(name).iter_errors(example)) == [], name
    event = told[here["Event"]["slug"]]
    assert here["Event"] == event and here["Story"] == answer["story"]
    assert here["Place"] == event["place"] and here["Citation"] in event["citations"]
    assert here["Source"] == here["Citation"]["source"]


def test_every_address_is_described_and_every_description_has_an_address() -> None:
    routes = {f"/{p.pattern}".replace("<slug:story>", "{story}") for p in plain_urlpatterns if p.name != "api-nothing"}
    assert routes == set(openapi()["paths"])


@pytest.mark.django_db
def test_the_parameters_described_are_those_that_are_taken() -> None:
    """A refusal lists what is known at an address: so says the view itself."""
    description = openapi()
    used = set()
    for path, operations in description["paths"].items():
        described = [each["$ref"].rpartition("/")[2] for each in operations["get"].get("parameters", ())]
        refusal = data(f"{path.format(story='a-story')}?no-such-parameter", 400)["detail"]
        known = re.search(r"Known here: (.+)\.$", refusal)
        assert described == [*re.findall(r"{(\w+)}", path), *(known[1].split(", ") if known else ())], path
        used |= set(described)
    assert used == set(description["components"]["parameters"])


def test_the_document_is_the_site_s_own(settings: Any) -> None:
    settings.STORYMAP_SITE_URL = "https://news.example"
    settings.LANGUAGES = [("fr", "French")]
    assert openapi()["servers"] == [{"url": "https://news.example"}]
    assert openapi()["components"]["parameters"]["lang"]["schema"]["enum"] == ["fr"]
    assert json.loads(Client().get("/api/openapi.json").content) == openapi()


def test_the_description_says_what_the_types_say() -> None:
    """Members in the order of the types, and no schema that is not one of theirs."""
    schemas = openapi()["components"]["schemas"]
    types = {name: kind for module in (record, answers) for name, kind in vars(module).items() if name in schemas}
    for name, kind in types.items():
        if is_typeddict(kind):
            hints = get_type_hints(kind, include_extras=True)
            needed = [member for member, hint in hints.items() if get_origin(hint) is not NotRequired]
            assert (list(schemas[name]["properties"]), schemas[name]["required"]) == (list(hints), needed), name
    assert set(schemas) == {*types, *answers.written_schemas()}


def test_words_of_the_record_are_those_it_has() -> None:
    event, place = (deepcopy(openapi()["components"]["schemas"][name]["properties"]) for name in ("Event", "Place"))
    assert event["status"]["enum"] == ClaimStatus.values
    assert event["sensitivity"]["enum"] == Sensitivity.values
    assert place["precision"]["enum"] == Precision.values


def described(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every member of every schema."""
    for key, part in value.get("properties", {}).items():
        yield f"{path}.{key}", part
        yield from described(part, f"{path}.{key}")


@pytest.mark.parametrize("part", ["schemas", "parameters"])
def test_everything_is_explained(part: str) -> None:
    components = openapi()["components"]
    for name, described_part in components[part].items():
        assert described_part["description"].strip(), name
    for name, schema in components["schemas"].items():
        if name != "Geometry":
            for path, member in described(schema, name):
                assert member.get("description") or "const" in member or "coordinates" in path, path
