"""The list of stories, and what answers cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from storymap.api import stories, views
from storymap.api.features import features_of
from storymap.models import Story
from storymap.selectors.editions import document_of
from tests.factories import event_entry, make_published_story
from tests.storymap.api.asking import OF_A_STORY, SITE, STORY, data

pytestmark = pytest.mark.django_db


def test_the_list_is_read_page_by_page(story: Story) -> None:
    for number in range(4):
        make_published_story(f"other-{number}")
    path, read = "/api/stories/?limit=2&lang=en", []
    while path:
        page = data(path)
        assert (page["matched"], page["total"], page["pages"]) == (5, 5, 3)
        read += [listed["slug"] for listed in page["stories"]]
        path = page["links"]["next"]
    assert read == ["other-3", "other-2", "other-1", "other-0", "a-story"]  # newest first
    assert page["links"]["prev"] == f"{SITE}/api/stories/?lang=en&limit=2&page=2"
    header = Client().get("/api/stories/?limit=2")["Link"]
    assert f'<{SITE}/api/stories/?limit=2&page=2>; rel="next"' in header and 'rel="prev"' not in header
    assert data("/api/stories/?page=9")["stories"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bbox=178,-19,179,-18", ["a-story"]),
        ("bbox=-78,-13,-76,-11", ["old", "a-story"]),
        ("bbox=0,0,1,1", []),
        ("until=1950", ["old"]),
        ("from=1996-12-17&until=2000", ["a-story"]),
        ("from=1900&until=2010&bbox=-180,-90,180,90", ["old", "a-story"]),
    ],
)
def test_stories_are_found_by_where_and_when(story: Story, query: str, found: list[str]) -> None:
    make_published_story("old", events=(event_entry(date="1945-08"),))
    answer = data(f"/api/stories/?{query}")
    assert [listed["slug"] for listed in answer["stories"]] == found
    assert (answer["matched"], answer["total"]) == (len(found), 2)


@pytest.fixture
def nothing_kept() -> None:
    stories._gists.clear()
    for cached in (document_of, features_of, views._packed_body):
        cached.cache_clear()


@pytest.mark.parametrize("rest", OF_A_STORY)
def test_an_answer_costs_a_select_for_the_edition_and_one_for_the_document(
    story: Story, rest: str, nothing_kept: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3 if rest == "editions/" else 2):  # and one for the history
        first = Client().get(STORY + rest)
    with django_assert_num_queries(1):
        Client().get(STORY + rest)
    with django_assert_num_queries(1):
        Client().get(STORY + rest, headers={"if-none-match": first["ETag"]})


def test_a_list_costs_what_it_costs_however_long(
    story: Story, nothing_kept: None, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        make_published_story(f"other-{number}")
    with django_assert_num_queries(3):  # cards, what the page shows of their documents, when the list changes by itself
        data("/api/stories/?bbox=-78,-13,-76,-11")
    with django_assert_num_queries(2):
        data("/api/stories/?page=1")
