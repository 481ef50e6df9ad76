"""Claim statuses are one list: pages, styles and scripts name none of them, so that a new one costs no search."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from places.models import Event
from places.statuses import ClaimStatus

ROOT = Path(settings.BASE_DIR)
NAMING = {"places/statuses.py", "storymap/pages/openapi/operations.py"}  # the list, and an example of a query
NAMED = re.compile("|".join(rf"[\"'~]{status}[\"']" for status in ClaimStatus))


def test_no_other_file_names_a_status() -> None:
    files = [
        file
        for folder in ("places", "storymap", "templates", "static")
        for kind in ("py", "html", "js", "css")
        for file in (ROOT / folder).rglob(f"*.{kind}")
        if not {"migrations", "stories", "joined"} & set(file.parts)
    ]
    assert len(files) > 300
    naming = {str(file.relative_to(ROOT)) for file in files if NAMED.search(file.read_text("utf-8"))}
    assert naming <= NAMING


@pytest.mark.parametrize("status", ClaimStatus)
def test_each_has_a_word_an_explanation_and_a_mark(status: ClaimStatus) -> None:
    assert str(status.label) and str(status.explanation).endswith(".")
    mark = f'<symbol id="shape-{status.value}" viewBox="0 0 16 16">{status.mark}</symbol>'
    assert mark in render_to_string("storymap/_shapes.html")


def test_an_event_may_have_any_of_them() -> None:
    field = Event._meta.get_field("status")
    assert list(field.flatchoices) == ClaimStatus.choices
    assert max(map(len, ClaimStatus.values)) <= field.max_length
