"""From the story's page to any earlier text of it, and back to it, in four clicks."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from places.models import Place
from storymap.models import Chapter, Story
from storymap.services.history.versions import changing, changing_part
from tests.factories import make_published_story, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    story = make_published_story()
    with changing(story, by=make_user("bea")):
        Chapter.objects.get().translations.update(narration="It begins <again>.")
    return story


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_user("ana", "editor"))
    return client


def test_four_clicks_bring_the_story_back(client: Client, story: Story) -> None:
    before = story.revisions.last().source
    listed = client.get(f"/admin/storymap/story/{story.pk}/history/").content.decode()
    assert "bea" in listed and "Edition 1" in listed and "Chapter “The beginning”: changed" in listed
    compared = client.get(f"/admin/storymap/story/{story.pk}/history/compare/?from=r1&to=r3").content.decode()
    assert "<ins> &lt;again&gt;</ins>" in compared
    link = re.search(r'href="([^"]+/restore/r1/)"', compared)
    assert link
    asked = client.get(link[1]).content.decode()
    assert "<del> &lt;again&gt;</del>" in asked
    seen = re.search(r'name="_seen" value="(\d+)"', asked)
    assert seen and client.post(link[1], {"_seen": seen[1]}).status_code == 302
    assert story.revisions.first().source == before
    assert story.revisions.first().by == "ana"


def test_an_edition_can_be_compared_and_restored(client: Client, story: Story) -> None:
    page = f"/admin/storymap/story/{story.pk}/history"
    assert "again" in client.get(f"{page}/compare/?from=e1&to=r3").content.decode()
    assert client.post(f"{page}/restore/e1/").status_code == 302
    assert story.revisions.first().source == story.editions.get().source


def test_other_stories_that_would_change_are_named_beforehand(client: Client, story: Story) -> None:
    make_story("other", title={"en": "The other story"})
    with changing_part(Place.objects.get(), by=None):
        Place.objects.update(address="Elsewhere")
    asked = client.get(f"/admin/storymap/story/{story.pk}/history/restore/r1/").content.decode()
    assert "The square" in asked and "The other story" in asked


def test_what_somebody_saves_meanwhile_is_looked_at_first(client: Client, story: Story) -> None:
    with changing(story, by=make_user("cai")):
        Story.objects.update(licence="CC0-1.0")
    answer = client.post(f"/admin/storymap/story/{story.pk}/history/restore/r1/", {"_seen": "3"})
    assert (answer.status_code, Story.objects.get().licence) == (200, "CC0-1.0")


def test_an_author_restores_unless_chapters_would_go(story: Story) -> None:
    author = Client()
    author.force_login(make_user("author", "author"))
    page = f"/admin/storymap/story/{story.pk}/history/restore/r1/"
    with changing(story, by=None):
        Chapter.objects.create(story=story, slug="more", position=2)
    assert "Ask an editor" in author.get(page).content.decode()
    assert author.post(page).status_code == 403
    Chapter.objects.filter(slug="more").delete()
    assert author.post(page).status_code == 302


def test_a_chapter_leads_to_the_history_of_its_story(client: Client, story: Story) -> None:
    answer = client.get(f"/admin/storymap/chapter/{Chapter.objects.get().pk}/history/")
    assert answer["Location"] == f"/admin/storymap/story/{story.pk}/history/"


@pytest.mark.parametrize("query", ["", "?from=r1", "?from=r1&to=r99", "?from=x&to=é", "?from=e&to=r", "?from=r1&to=r²"])
def test_marks_that_are_none_lead_back_to_the_list(client: Client, story: Story, query: str) -> None:
    assert client.get(f"/admin/storymap/story/{story.pk}/history/compare/{query}").status_code == 302
    assert client.get(f"/admin/storymap/story/{story.pk}/history/?page=x").status_code == 200
    assert client.get(f"/admin/storymap/story/{story.pk}/history/restore/r99/").status_code == 404
