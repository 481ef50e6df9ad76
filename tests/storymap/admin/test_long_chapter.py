"""A chapter of more moments than its form has room for: shown page by page, and nothing of the others is lost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from places.models import Event, Place
from storymap.admin.chapter.moments import ROWS
from storymap.models import Chapter, Moment
from storymap.services.stories.record import set_texts, store_new
from tests.admin_forms import opened
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db
NUMBER = 2 * ROWS + 30


@pytest.fixture
def chapter() -> Chapter:
    """It tells e1 … e230."""
    chapter = make_story().chapters.get()
    chapter.moments.all().delete()
    square = Place.objects.get(slug="square")
    events = [Event(slug=f"e{n}", date="1997", place=square) for n in range(1, NUMBER + 1)]
    for event in events:
        set_texts(event, title={"en": event.slug})
    store_new(events)
    Moment.objects.bulk_create(Moment(chapter=chapter, event=e, position=n) for n, e in enumerate(events, 1))
    return chapter


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def address(chapter: Chapter, page: int) -> str:
    return f"/admin/storymap/chapter/{chapter.pk}/change/?moments={page}"


def order(chapter: Chapter) -> list[str]:
    """Slugs as they are told; their positions are 1, 2, 3 …"""
    rows = list(chapter.moments.order_by("position").values_list("position", "event__slug"))
    assert [position for position, _slug in rows] == list(range(1, len(rows) + 1))
    return [slug for _position, slug in rows]


def told(*numbers: Any) -> list[str]:
    return [f"e{n}" for n in numbers]


def save(client: Client, chapter: Chapter, page: int, **changes: Any) -> HttpResponse:
    data = opened(client, address(chapter, page))
    return client.post(address(chapter, page), {**data, **changes})


def test_one_page_of_moments_is_shown_with_their_numbers(author: Client, chapter: Chapter) -> None:
    data = opened(author, address(chapter, 2))
    assert (data["moments-TOTAL_FORMS"], data["moments-0-position"]) == (str(ROWS), str(ROWS + 1))
    page = author.get(address(chapter, 2)).content.decode()
    assert "101 to 200 of 230" in page and "?moments=3" in page
    facts = json.loads(re.search(r'data-map="([^"]*)"', page)[1].replace("&quot;", '"'))  # type: ignore[index]
    assert (facts["first"], facts["total"], len(facts["facts"])) == (101, 230, 100)


def test_a_page_is_read_in_few_queries(author: Client, chapter: Chapter, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(40):
        author.get(address(chapter, 1))


@pytest.mark.parametrize("page", [1, 2, 3])
def test_saving_a_page_as_it_is_changes_nothing(author: Client, chapter: Chapter, page: int) -> None:
    assert save(author, chapter, page).status_code == 302
    assert order(chapter) == told(*range(1, NUMBER + 1))


def test_rows_change_seats_within_their_page(author: Client, chapter: Chapter) -> None:
    save(author, chapter, 2, **{"moments-0-position": 102, "moments-1-position": 101})
    assert order(chapter) == told(*range(1, 101), 102, 101, *range(103, NUMBER + 1))


@pytest.mark.parametrize(("number", "place"), [(1, 0), (3, 2), (230, 229), (500, 229)])
def test_a_row_goes_where_its_number_says(author: Client, chapter: Chapter, number: int, place: int) -> None:
    assert save(author, chapter, 2, **{"moments-4-position": number}).status_code == 302
    rest = told(*(n for n in range(1, NUMBER + 1) if n != 105))
    assert order(chapter) == [*rest[:place], "e105", *rest[place:]]


def test_a_deleted_row_closes_ranks_over_all_pages(author: Client, chapter: Chapter) -> None:
    save(author, chapter, 2, **{"moments-9-DELETE": "on"})
    assert order(chapter) == told(*(n for n in range(1, NUMBER + 1) if n != 110))


def test_a_new_row_without_a_number_comes_last_of_all(author: Client, chapter: Chapter) -> None:
    meeting = Event.objects.get(slug="meeting").pk
    new = {f"moments-{ROWS}-event": meeting, f"moments-{ROWS}-chapter": chapter.pk, f"moments-{ROWS}-position": ""}
    save(author, chapter, 1, **new, **{"moments-TOTAL_FORMS": ROWS + 1})
    assert order(chapter) == [*told(*range(1, NUMBER + 1)), "meeting"]


def test_an_event_that_another_page_tells_is_refused_in_words(author: Client, chapter: Chapter) -> None:
    new = {f"moments-{ROWS}-event": Event.objects.get(slug="e200").pk, f"moments-{ROWS}-chapter": chapter.pk}
    answer = save(author, chapter, 1, **new, **{"moments-TOTAL_FORMS": ROWS + 1})
    assert "“e200” is in this chapter already, as number 200." in answer.content.decode()
    assert order(chapter) == told(*range(1, NUMBER + 1))


def test_what_somebody_else_did_on_another_page_meanwhile_stays(author: Client, chapter: Chapter) -> None:
    mine = opened(author, address(chapter, 3))
    other = Client()
    other.force_login(make_user("bea", "author"))
    save(other, chapter, 1, **{"moments-0-DELETE": "on"})
    answer = author.post(address(chapter, 3), {**mine, "title": "Another title"})
    assert answer.status_code == 302
    assert order(chapter) == told(*range(2, NUMBER + 1))
    assert str(Chapter.objects.get(pk=chapter.pk)) == "Another title"


def test_who_saves_and_goes_on_stays_on_the_page(author: Client, chapter: Chapter) -> None:
    answer = save(author, chapter, 2, _continue="1")
    assert answer["Location"].endswith("moments=2")


def test_a_link_to_a_moment_of_another_page_leads_somewhere(author: Client, chapter: Chapter) -> None:
    asked = {"text": "[a](#e200) [b](#nothing)", "story": chapter.story_id, "chapter": chapter.pk}
    found = author.post("/admin/storymap/chapter/narration/", asked).json()
    assert found["problems"] == ["#nothing leads nowhere"]
