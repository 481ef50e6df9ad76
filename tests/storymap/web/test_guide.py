"""The page that explains the data."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from storymap.pages.openapi import openapi
from tests.factories import make_published_story

pytestmark = pytest.mark.django_db


def page(path: str = "/about/data/") -> str:
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public, max-age=0")
    return unescape(response.content.decode())


def test_it_names_every_address_parameter_and_field() -> None:
    document, text = openapi(), page()
    for path in document["paths"]:
        assert f"GET {path}" in text
    for parameter in document["components"]["parameters"].values():
        assert parameter["description"] in text
    for schema in document["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            assert f"<code>{name}</code>" in text and field.get("description", "") in text


def test_its_examples_can_be_pasted() -> None:
    """They are about the newest story there is, and each is answered."""
    make_published_story("what-happened")
    urls = re.findall(r'curl [^"\n]*"http://testserver([^"]+)"', page())
    assert len(urls) > 15 and any("what-happened" in url for url in urls)
    for url in urls:
        missing = "lang=es" in url  # the story is told in English only
        assert Client().get(url).status_code == (404 if missing else 200), url


def test_it_needs_no_story_and_no_script() -> None:
    text = page()
    assert "/api/stories/lima-1996-97/" in text
    assert "<script" not in text and " style=" not in text


@pytest.mark.parametrize(("language", "title"), [("es", "Los datos de las historias"), ("ja", "ストーリーのデータ")])
def test_it_speaks_the_reader_s_language(language: str, title: str) -> None:
    """What explains is translated; the reference says that it is in English, in its markup too."""
    text = page(f"/{language}/about/data/")
    assert f"<h1>{title}</h1>" in text
    assert '<article class="operation" lang="en">' in text


@pytest.mark.parametrize("anchor", ["bad-parameter", "not-found", "only-reading", "failed"])
def test_problems_are_explained_where_they_point(anchor: str) -> None:
    assert f'id="{anchor}"' in page()
