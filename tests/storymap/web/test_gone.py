"""A story that readers have known and cannot read now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from storymap.services.publishing.publish import end_at, publish, withdraw
from tests.factories import make_published_story, make_story

pytestmark = pytest.mark.django_db
PAGES = ("", "beginning/", "editions/", "also-in-the-record/", "people/", "downloads/", "downloads/kml", "share/")


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize(("prefix", "says"), [("", "No longer published"), ("/es", "Ya no está disponible")])
def test_what_was_withdrawn_answers_410_with_a_page_that_does_not_name_it(
    client: Client, rest: str, prefix: str, says: str
) -> None:
    titles = {"en": "A hidden title", "es": "Un título oculto"}
    story = make_published_story(languages=("en", "es"), title=titles)
    withdraw(story=story, by=None)
    response = client.get(f"{prefix}/stories/a-story/{rest}")
    body = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    assert says in body and f'href="{prefix}/"' in body
    assert not [word for word in ("hidden", "oculto", "a-story") if word in body]


def test_what_has_ended_is_gone_and_what_comes_again_is_back(client: Client) -> None:
    story = make_published_story()
    end_at(story=story, by=None, until=timezone.now())
    assert client.get("/stories/a-story/").status_code == 410
    publish(story=story, by=None)
    assert client.get("/stories/a-story/").status_code == 200


def test_what_was_never_to_be_seen_answers_404(client: Client) -> None:
    story = make_story()
    assert client.get("/stories/a-story/").status_code == 404
    publish(story=story, by=None, at=timezone.now() + timedelta(days=1))
    assert client.get("/stories/a-story/").status_code == 404
    make_published_story("other")
    assert client.get("/es/stories/other/").status_code == 404, "it is there, in another language"
