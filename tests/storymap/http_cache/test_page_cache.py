"""Pages are answered from memory, and never longer than they are right."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from storymap.http_cache import page_cache
from storymap.http_cache.page_cache import RememberedPages
from storymap.services.publishing.publish import publish, withdraw
from tests.factories import make_published_story

PAGE = "/stories/a-story/"
pytestmark = pytest.mark.django_db


def test_the_second_answer_is_the_first_again(client: Client, django_assert_num_queries: Any) -> None:
    make_published_story()
    first = client.get(PAGE, headers={"accept-encoding": "br"})
    with django_assert_num_queries(1):  # which edition is current, nothing else
        second = client.get(PAGE, headers={"accept-encoding": "br"})
    assert (second.content, dict(second.items())) == (first.content, dict(first.items()))


def test_each_encoding_is_remembered_by_itself(client: Client) -> None:
    make_published_story()
    for _ in range(2):
        sent = {e: client.get(PAGE, headers={"accept-encoding": e}).get("Content-Encoding") for e in ("br", "gzip", "")}
        assert sent == {"br": "br", "gzip": "gzip", "": None}


def test_a_remembered_page_is_not_sent_to_who_has_it(client: Client) -> None:
    make_published_story()
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"] and again["Cache-Control"] == first["Cache-Control"]
    assert client.get(PAGE, headers={"if-none-match": '"another"'}).status_code == 200


def test_a_withdrawn_page_is_forgotten_at_once(client: Client) -> None:
    story = make_published_story()
    assert client.get(PAGE).status_code == client.get(PAGE).status_code == 200
    withdraw(story=story, by=None)
    assert client.get(PAGE).status_code == 410


def test_a_new_edition_replaces_what_is_remembered(client: Client) -> None:
    story = make_published_story()
    before = client.get(PAGE)["ETag"]
    publish(story=story, by=None, note="Corrected.")
    assert client.get(PAGE)["ETag"] != before


def test_an_answer_for_one_host_is_not_given_to_another(client: Client) -> None:
    make_published_story()
    client.get(PAGE)
    assert client.get(PAGE, headers={"host": "evil.example"}).status_code == 400


def test_only_pages_of_an_edition_are_remembered(client: Client) -> None:
    make_published_story()
    pages = RememberedPages(lambda request: client.get(request.path_info))
    for path in ("/", "/stories/none/", "/healthz", PAGE):
        pages(RequestFactory().get(path))
    assert {key[2] for key in pages.pages} == {PAGE}


def test_an_address_with_a_query_is_neither_remembered_nor_answered_from_memory() -> None:
    """An embed's options change what it shows."""
    story = make_published_story()
    asked: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        asked.append(request.GET.get("theme", ""))
        response = HttpResponse(asked[-1], headers={"ETag": '"1"', "Vary": "x", "Cache-Control": "public"})
        response.shows = (story.slug, "en", page_cache.current(story.slug, "en"))  # type: ignore[attr-defined]
        return response

    remember = RememberedPages(page)
    for query in ({}, {}, {"theme": "dark"}, {"theme": "light"}, {}):
        remember(RequestFactory().get("/embed/a-story/", query))
    assert asked == ["", "dark", "light"]
