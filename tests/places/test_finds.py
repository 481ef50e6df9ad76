"""What is searched for is found whatever its case, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import pytest
from django.test import Client

from places.models import Source
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db
FOUND = [
    *(("Últimas horas", "últimas"), ("el ñandú", "ÑANDÚ"), ("ЛИМА", "лима"), ("東京", "東京"), ("Plaza", "LAZ")),
    *(("100 % sure", "0 % S"), ("a_b", "A_B"), ("a.b (c)*", "A.B (C)*"), ("back\\slash", "K\\S")),
]


@pytest.mark.parametrize(("title", "asked"), FOUND)
def test_case_is_not_heeded(title: str, asked: str) -> None:
    Source.objects.create(slug="one", title=title)
    assert Source.objects.filter(title__finds=asked).exists()


@pytest.mark.parametrize(("title", "asked"), [("axb", "a_b"), ("axb", "a.b"), ("abc", "%c"), ("aab", "a*b")])
def test_signs_are_signs(title: str, asked: str) -> None:
    Source.objects.create(slug="one", title=title)
    assert not Source.objects.filter(title__finds=asked).exists()


@pytest.mark.parametrize("model", ["storymap/story", "places/event", "places/place"])
def test_lists_find_a_title_that_begins_with_a_capital_of_another_alphabet(client: Client, model: str) -> None:
    client.force_login(make_user("ana", "editor"))
    story = make_story()
    event = story.chapters.get().moments.get().event
    for row, name in ((story, "title"), (event, "title"), (event.place, "name")):
        row.translations.update(**{name: "Últimas horas"})
    assert client.get(f"/admin/{model}/?q=últimas horas").context["cl"].result_count == 1
    assert client.get(f"/admin/{model}/?q=últimos").context["cl"].result_count == 0
