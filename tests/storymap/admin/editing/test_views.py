"""The addresses that open forms talk to: who may, and what is refused in which words."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from storymap.models import Autosave, Chapter, Presence, Story
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def ana(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def sent(client: Client, body: Any, name: str = "autosave") -> HttpResponse:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(reverse(name), text, content_type="application/json")


def a_note(story: Story, **fields: Any) -> dict[str, Any]:
    about = {
        "of": "storymap.story",
        "object": str(story.pk),
        "language": "en",
        "key": str(uuid4()),
        "seen": 1,
        "turn": 1,
    }
    return {**about, "typed": {"title": ["Autosave"]}, **fields}


def test_a_draft_is_kept_for_who_sent_it_and_the_answer_says_when(ana: Client, story: Story) -> None:
    answer = sent(ana, a_note(story))
    draft = Autosave.objects.get()
    assert (draft.user.username, draft.typed, draft.seen) == ("ana", {"title": ["Autosave"]}, 1)
    assert answer.json() == {"saved_at": draft.saved_at.isoformat()}


def test_a_draft_changes_neither_the_version_nor_the_history_of_a_story(ana: Client, story: Story) -> None:
    before = (story.version, story.revisions.count())
    sent(ana, a_note(story, object=f" {story.pk}"))
    story.refresh_from_db()
    assert (story.version, story.revisions.count()) == before
    assert Autosave.objects.get().object_id == str(story.pk)


def test_a_page_whose_token_is_too_old_gets_another(ana: Client) -> None:
    assert len(ana.get(reverse("autosave")).json()["token"]) == 64


def test_nobody_keeps_a_draft_of_what_he_may_not_change(client: Client, story: Story) -> None:
    reader = make_user("reader", "no group")
    reader.user_permissions.add(Permission.objects.get(codename="view_story"))
    client.force_login(reader)
    for note in (a_note(story), a_note(story, object="")):
        answer = sent(client, note)
        assert (answer.status_code, answer.json()) == (403, {"problem": "you may not change this"})
    assert not Autosave.objects.exists()


def test_who_sees_nothing_of_a_row_does_not_learn_who_is_there(client: Client, story: Story) -> None:
    client.force_login(make_user("guest", "no group"))
    answer = sent(client, {"of": "storymap.story", "object": str(story.pk)}, "presence")
    assert (answer.status_code, Presence.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"object": "999999"}, 404, "deleted"),
        ({"object": "1; DROP TABLE"}, 404, "deleted"),
        ({"of": "auth.user"}, 400, "no form of “auth.user”"),
        ({"of": "nonsense"}, 400, "no form"),
        ({"of": "storymap.edition"}, 400, "no form"),
        ({"typed": {"title": "not a list"}}, 400, "$.typed"),
        ({"typed": [["title"]]}, 400, "$.typed"),
        ({"typed": {"title": [1]}}, 400, "$.typed"),
        ({"key": "7"}, 400, "$.key"),
        ({"turn": -1}, 400, "$.turn"),
        ({"turn": 2**40}, 400, "$.turn"),
        ({"seen": 2**40}, 400, "$.seen"),
        ({"object": "1" * 50}, 400, "$.object"),
        ({"user": 1}, 400, "user"),
        ({"typed": {"title": ["a\0b"]}}, 400, "NUL"),
        ({"typed": {"t" * 201: ["a"]}}, 400, "more than a form can hold"),
        ({"typed": {str(n): [] for n in range(5001)}}, 400, "more than a form can hold"),
        ({"typed": {"title": ["x" * 300_000]}}, 413, "300 kB"),
    ],
)
def test_what_is_no_draft_is_refused_in_words(
    ana: Client, story: Story, change: dict[str, Any], status: int, says: str
) -> None:
    answer = sent(ana, a_note(story, **change))
    assert answer.status_code == status
    assert says in answer.json()["problem"]
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("body", [b"", b"null", b"[" * 100_000, b'{"of": "\xff"}', b'{"of": "\\ud800"}', b"post=yes"])
@pytest.mark.parametrize("name", ["autosave", "presence"])
def test_what_is_no_json_is_refused_in_words(ana: Client, body: bytes, name: str) -> None:
    answer = sent(ana, body, name)
    assert answer.status_code == 400 and "no autosave" in answer.json()["problem"]


def test_a_body_too_large_to_be_read_is_refused_before_it_is(ana: Client) -> None:
    assert sent(ana, b" " * 5_000_000).status_code == 413


def test_secrets_of_the_form_are_not_kept(ana: Client, story: Story) -> None:
    sent(ana, a_note(story, typed={"title": ["A"], "csrfmiddlewaretoken": ["s"], "_autosave_key": ["k"]}))
    assert Autosave.objects.get().typed == {"title": ["A"]}


def test_somebody_elses_draft_is_not_thrown_away(ana: Client, story: Story) -> None:
    note = a_note(story)
    sent(ana, note)
    bea = Client()
    bea.force_login(make_user("bea", "publisher"))
    bea.post(reverse("discard_autosave"), {"_autosave_key": note["key"]})
    assert Autosave.objects.count() == 1
    answer = ana.post(reverse("discard_autosave"), {"_autosave_key": note["key"], "next": "/admin/storymap/story/"})
    assert (answer["Location"], Autosave.objects.count()) == ("/admin/storymap/story/", 0)


def test_throwing_away_leads_to_no_other_site(ana: Client) -> None:
    answer = ana.post(reverse("discard_autosave"), {"_autosave_key": "nonsense", "next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("admin:index")


def test_who_else_is_here_is_said_in_a_sentence(ana: Client, story: Story) -> None:
    chapter = Chapter.objects.get()
    sent(ana, {"of": "storymap.chapter", "object": str(chapter.pk)}, "presence")
    bea = Client()
    bea.force_login(make_user("bea", "author", first_name="Bea", last_name="Ruiz"))
    here = {"of": "storymap.story", "object": str(story.pk)}
    assert sent(bea, here, "presence").json() == {"others": ["ana is also here: chapter “The beginning”"]}
    sent(ana, {"of": "storymap.chapter", "object": str(chapter.pk), "leaving": True}, "presence")
    assert sent(bea, here, "presence").json() == {"others": []}
    there = sent(ana, here, "presence").json()["others"]
    assert there == ["Bea Ruiz is also here: story “A story”"]
