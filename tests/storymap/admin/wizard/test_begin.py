"""The first two lines of a story are autosaved like everything else that is typed."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from storymap.models import Autosave, Story
from tests.factories import make_user

BEGIN = "/admin/storymap/story/begin/"
TYPED = {"title": "Three steps", "standfirst": "Each has its reason."}
pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def autosaved(author: Client, page: str) -> str:
    """Sent as the page's own script sends it; the draft's key."""
    told = json.loads(author.get(page).context["editing"])
    note = {name: told[name] for name in ("of", "object", "part", "language", "key")}
    note |= {"turn": 1, "typed": {name: [value] for name, value in TYPED.items()}}
    answer = author.post(reverse("autosave"), json.dumps(note), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return str(told["key"])


@pytest.mark.parametrize("page", [BEGIN, "/admin/"])
def test_what_was_typed_is_offered_where_stories_begin(author: Client, page: str) -> None:
    key = autosaved(author, page)
    assert f'<a href="{BEGIN}">story “new: Three steps”</a>' in author.get("/admin/").content.decode()
    begin = author.get(BEGIN)
    assert [str(offer.autosave.key) for offer in begin.context["autosaves"]["offers"]] == [key]
    taken = author.post(BEGIN, {"_autosave": "take", "_autosave_key": key})
    form = taken.context["form"]
    assert {name: form[name].value() for name in TYPED} == TYPED and not Story.objects.exists()


def test_a_draft_is_gone_with_the_beginning_and_not_offered_elsewhere(author: Client) -> None:
    key = autosaved(author, BEGIN)
    assert author.get(reverse("admin:storymap_story_add")).context["autosaves"]["offers"] == []
    assert author.post(BEGIN, {**TYPED, "_autosave_key": key}).status_code == 302
    assert Story.objects.count() == 1 and not Autosave.objects.exists()


def test_a_beginning_with_a_mistake_is_kept(author: Client) -> None:
    page = author.post(BEGIN, {"title": "Three steps", "standfirst": ""})
    assert page.context["form"].errors.keys() == {"standfirst"}
    assert Autosave.objects.get().typed == {"title": ["Three steps"]}
