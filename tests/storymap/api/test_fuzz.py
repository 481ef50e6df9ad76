"""The description of the data held against what is answered: valid, invalid and odd requests, made up by Schemathesis.

STORYMAP_FUZZ is the number of cases for each address: few in the suite, 200 or more by hand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.db import transaction
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker
from schemathesis import GenerationMode, HookContext
from schemathesis.config import SchemathesisConfig
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.schemas import BaseSchema

from storymap.pages.openapi import openapi
from storymap.wsgi import application
from tests.snapshots import Snapshot

CASES = int(os.environ.get("STORYMAP_FUZZ", "12"))
SETTINGS = {
    "seed": 1996,
    "generation": {"max-examples": CASES, "deterministic": True},
    # what the description allows must have an answer, not only no error
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx"]}},
}

days = st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)
spans = st.tuples(days, days).map(lambda ends: "/".join(sorted(ends)))
dates = days | days.map(lambda day: day[:7]) | days.map(lambda day: f"{day[:4]}~") | spans
schemathesis.openapi.format("edtf", dates)


def map_case(context: HookContext, case: schemathesis.Case) -> schemathesis.Case:
    """What the description cannot say: which stories and editions there are, and that ends come after beginnings."""
    if case.meta and case.meta.generation.mode is GenerationMode.POSITIVE:
        case.path_parameters |= {"story": "lima-1996-97"} if "story" in case.path_parameters else {}
        query = case.query
        query |= {"edition": 1} if "edition" in query else {}
        if "bbox" in query:
            west, south, east, north = query["bbox"].split(",")  # as it stands in the address by now
            query["bbox"] = ",".join((west, *sorted((south, north), key=float), east)[n] for n in (0, 1, 3, 2))
        if "from" in query and "until" in query:
            query["from"], query["until"] = sorted((query["from"], query["until"]), key=lambda text: text[:10])
    return case


@pytest.fixture(scope="module")
def description(lima_for_all: None) -> BaseSchema:
    """Read when its tests begin: the requests are made up with it, and that takes longer than all other collecting."""
    schema = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", application, config=SchemathesisConfig.from_dict(SETTINGS)
    )
    schema.hook(map_case)
    return schema


@pytest.fixture(scope="module")
def lima_for_all(lima_snapshot: Snapshot, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The Lima story, once for all requests: they change nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        lima_snapshot.restore()
        yield
        transaction.set_rollback(True)


def check(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})  # Werkzeug unpacks nothing


@pytest.mark.parametrize("path", openapi()["paths"])
@pytest.mark.django_db
def test_every_request_is_answered_as_described(path: str, description: BaseSchema) -> None:
    tests = list(get_all_tests(schema=description.include(path=path), test_func=check, settings=None, given_kwargs={}))
    assert tests
    for test in tests:
        _operation, requests = test.ok()
        requests()


@pytest.mark.django_db
def test_links_lead_from_answer_to_answer(description: BaseSchema) -> None:
    """Follows the links that the description names, with what answers said."""

    class Walk(description.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, Any]:
            return {"headers": {"Accept-Encoding": "identity"}}

    Walk.run(settings=hypothesis.settings(max_examples=max(2, CASES // 4), stateful_step_count=4, derandomize=True))
